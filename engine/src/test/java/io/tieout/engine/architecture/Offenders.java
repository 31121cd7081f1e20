package io.tieout.engine.architecture;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.assertj.core.api.Assertions;

/// Code that the engine may not have, a method for each way of having it.
final class Offenders {
    private Offenders() {}

    static final class Foreign {
        private Foreign() {}

        static void useLibrary() {
            Assertions.assertThat(1).isOne();
        }
    }

    @SuppressWarnings({"JavaUtilDate", "TimeZoneUsage", "JavaTimeDefaultTimeZone"})
    static final class Clocks {
        private Clocks() {}

        static long nanos() {
            return System.nanoTime();
        }

        static long millis() {
            return System.currentTimeMillis();
        }

        static LongSupplier reference() {
            return System::nanoTime;
        }

        static Instant instant() {
            return Instant.now();
        }

        static LocalDate today() {
            return LocalDate.now();
        }

        static Clock clock() {
            return Clock.systemUTC();
        }

        static Date oldDate() {
            return new Date();
        }
    }

    static final class Chances {
        private Chances() {}

        static int random() {
            return new Random().nextInt();
        }

        static int threadRandom() {
            return ThreadLocalRandom.current().nextInt();
        }

        static double math() {
            return Math.random();
        }

        static UUID uuid() {
            return UUID.randomUUID();
        }

        static void shuffle(List<String> list) {
            Collections.shuffle(list);
        }

        static int identity(Object object) {
            return System.identityHashCode(object);
        }
    }

    @SuppressWarnings({"StringCaseLocaleUsage", "AnnotateFormatMethod"})
    static final class Locales {
        private Locales() {}

        static Locale locale() {
            return Locale.getDefault();
        }

        static String format(double number) {
            return String.format("%f", number);
        }

        static String formatted(double number) {
            return "%f".formatted(number);
        }

        static String upper(String text) {
            return text.toUpperCase();
        }

        static String lower(String text) {
            return text.toLowerCase();
        }

        static String decimal(double number) {
            return new DecimalFormat("0.0").format(number);
        }

        static ZoneId zone() {
            return ZoneId.systemDefault();
        }

        static String property() {
            return System.getProperty("user.name");
        }

        static String environment() {
            return System.getenv("HOME");
        }
    }

    static final class Inputs {
        private Inputs() {}

        static File file() {
            return new File("x");
        }

        static Path path() {
            return Path.of("x");
        }

        static URI uri() {
            return URI.create("x");
        }

        static void print() {
            System.out.println();
        }
    }

    static final class DrawerHelper {
        private DrawerHelper() {}
    }
}
