package io.tieout.formats.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One way of writing a calendar day. Patterns of digits alone are read from the bytes; those with
/// names of months or days go through `java.time`, in English.
public sealed interface DatePattern {
    /// The pattern word for days counted from 1899-12-30, as spreadsheets do.
    String EXCEL = "excel";

    /// No such day, or moment.
    long NONE = Calendar.NONE;

    /// Days since 1970-01-01 that `bytes[from..to)` writes, or [#NONE] when it is not written this
    /// way.
    long parse(byte[] bytes, int from, int to);

    /// The reader of a pattern.
    ///
    /// @param pattern as in a plan, already known to be valid
    static DatePattern of(String pattern) {
        if (pattern.equals(EXCEL)) {
            return new Serial();
        }
        Digits digits = Digits.compile(pattern);
        return digits != null ? digits : new Named(formatter(pattern));
    }

    /// Strict, so that the 31st of February is refused; `y` is taken as the proleptic year, which
    /// needs no era.
    static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(proleptic(pattern), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static String proleptic(String pattern) {
        StringBuilder result = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            result.append(c == 'y' && !quoted ? 'u' : c);
        }
        return result.toString();
    }

    /// Years, months and days as digits, with anything but letters between them.
    record Digits(byte[] steps) implements DatePattern {
        private static final byte YEAR_4 = -1;
        private static final byte YEAR_2 = -2;
        private static final byte MONTH_2 = -3;
        private static final byte MONTH = -4;
        private static final byte DAY_2 = -5;
        private static final byte DAY = -6;

        static @Nullable Digits compile(String pattern) {
            byte[] steps = new byte[pattern.length()];
            int count = 0;
            int seen = 0;
            for (int i = 0; i < pattern.length(); ) {
                char c = pattern.charAt(i);
                int run = 1;
                while (i + run < pattern.length() && pattern.charAt(i + run) == c) {
                    run++;
                }
                if (Character.isLetter(c)) {
                    byte step = step(c, run);
                    if (step == 0) {
                        return null;
                    }
                    seen |= c == 'd' ? 1 : c == 'M' ? 2 : 4;
                    steps[count++] = step;
                    i += run;
                } else if (c > ' ' - 1 && c < 127 && "'[]{}#".indexOf(c) < 0) {
                    steps[count++] = (byte) c;
                    i++;
                } else {
                    return null;
                }
            }
            return seen == 7 ? new Digits(Arrays.copyOf(steps, count)) : null;
        }

        private static byte step(char letter, int run) {
            return switch (letter) {
                case 'y', 'u' -> run == 4 ? YEAR_4 : run == 2 ? YEAR_2 : 0;
                case 'M' -> run == 2 ? MONTH_2 : run == 1 ? MONTH : 0;
                case 'd' -> run == 2 ? DAY_2 : run == 1 ? DAY : 0;
                default -> 0;
            };
        }

        @Override
        public long parse(byte[] bytes, int from, int to) {
            int at = from;
            int year = 0;
            int month = 0;
            int day = 0;
            for (byte step : steps) {
                if (step > 0) {
                    if (at >= to || bytes[at++] != step) {
                        return Calendar.NONE;
                    }
                    continue;
                }
                int width = width(step, bytes, at, to);
                if (to - at < width) {
                    return Calendar.NONE;
                }
                int value = Calendar.number(bytes, at, width);
                if (value < 0) {
                    return Calendar.NONE;
                }
                at += width;
                switch (step) {
                    case YEAR_4 -> year = value;
                    case YEAR_2 -> year = 2000 + value;
                    case MONTH_2, MONTH -> month = value;
                    default -> day = value;
                }
            }
            return at == to ? Calendar.epochDay(year, month, day) : Calendar.NONE;
        }

        private static int width(byte step, byte[] bytes, int at, int to) {
            if (step == YEAR_4) {
                return 4;
            }
            if (step != MONTH && step != DAY) {
                return 2;
            }
            return to - at > 1 && bytes[at + 1] >= '0' && bytes[at + 1] <= '9' ? 2 : 1;
        }
    }

    /// Whole days since 1899-12-30; the fraction, a time of day, is left out.
    record Serial() implements DatePattern {
        private static final int EPOCH_DAYS_BEFORE_1970 = 25_569;
        private static final int FIRST_AFTER_FALSE_LEAP_DAY = 61;
        private static final int LAST = 2_958_465;

        @Override
        public long parse(byte[] bytes, int from, int to) {
            int whole = from;
            while (whole < to && bytes[whole] >= '0' && bytes[whole] <= '9') {
                whole++;
            }
            for (int i = whole + 1; i < to; i++) {
                if (bytes[i] < '0' || bytes[i] > '9') {
                    return Calendar.NONE;
                }
            }
            if (whole == from || whole - from > 7 || (whole < to && bytes[whole] != '.')) {
                return Calendar.NONE;
            }
            int serial = Calendar.number(bytes, from, whole - from);
            // Spreadsheets count a 29 February 1900 that never was, so days before it are refused.
            return serial < FIRST_AFTER_FALSE_LEAP_DAY || serial > LAST
                    ? Calendar.NONE
                    : serial - EPOCH_DAYS_BEFORE_1970;
        }
    }

    /// With names of months or days, or otherwise beyond digits.
    record Named(DateTimeFormatter formatter) implements DatePattern {
        @Override
        public long parse(byte[] bytes, int from, int to) {
            try {
                String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                long day = LocalDate.parse(text, formatter).toEpochDay();
                return (int) day == day ? day : Calendar.NONE;
            } catch (DateTimeException e) {
                return Calendar.NONE;
            }
        }
    }
}
