package io.tieout.formats.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;

/// Reads moments: ISO 8601 from the bytes, other patterns through `java.time`. One without an
/// offset is taken as UTC, a day alone as its start.
public final class MomentParser {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;

    private final List<DateTimeFormatter> formatters;

    MomentParser(List<String> patterns) {
        formatters = patterns.stream().map(DatePattern::formatter).toList();
    }

    /// Microseconds since 1970-01-01T00:00:00Z, or [Calendar#NONE].
    long parse(byte[] bytes, int from, int to) {
        if (formatters.isEmpty()) {
            return iso(bytes, from, to);
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        for (DateTimeFormatter formatter : formatters) {
            long micros = parse(formatter, text);
            if (micros != Calendar.NONE) {
                return micros;
            }
        }
        return Calendar.NONE;
    }

    private static long parse(DateTimeFormatter formatter, String text) {
        try {
            TemporalAccessor parsed =
                    formatter.parseBest(
                            text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            Instant instant =
                    switch (parsed) {
                        case OffsetDateTime moment -> moment.toInstant();
                        case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
                        case LocalDate day -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
                        default -> throw new DateTimeException("no moment");
                    };
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                    instant.getNano() / 1000);
        } catch (DateTimeException | ArithmeticException e) {
            return Calendar.NONE;
        }
    }

    /// `yyyy-MM-dd`, then optionally `T` or a blank and `HH:mm[:ss[.fraction]]`, then optionally
    /// `Z`, `+hh:mm`, `+hhmm` or `+hh`.
    ///
    /// @return microseconds since 1970-01-01T00:00:00Z, or [DatePattern#NONE]
    public static long iso(byte[] bytes, int from, int to) {
        if (to - from < 10) {
            return Calendar.NONE;
        }
        long day = Calendar.isoDay(bytes, from);
        if (day == Calendar.NONE || to - from == 10) {
            return day == Calendar.NONE ? day : day * SECONDS_PER_DAY * MICROS_PER_SECOND;
        }
        int at = from + 10;
        if (to - at < 6 || (bytes[at] != 'T' && bytes[at] != ' ') || bytes[at + 3] != ':') {
            return Calendar.NONE;
        }
        int hour = Calendar.number(bytes, at + 1, 2);
        int minute = Calendar.number(bytes, at + 4, 2);
        at += 6;
        int second = 0;
        long micros = 0;
        if (at < to && bytes[at] == ':') {
            if (to - at < 3) {
                return Calendar.NONE;
            }
            second = Calendar.number(bytes, at + 1, 2);
            at += 3;
            if (at < to && (bytes[at] == '.' || bytes[at] == ',')) {
                long unit = MICROS_PER_SECOND;
                int first = ++at;
                for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
                    unit /= 10;
                    micros += unit * (bytes[at] - '0');
                }
                if (at == first) {
                    return Calendar.NONE;
                }
            }
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return Calendar.NONE;
        }
        int offset = offsetSeconds(bytes, at, to);
        if (offset == Integer.MIN_VALUE) {
            return Calendar.NONE;
        }
        long seconds = day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second - offset;
        return seconds * MICROS_PER_SECOND + micros;
    }

    private static int offsetSeconds(byte[] bytes, int at, int to) {
        if (at == to || (to - at == 1 && bytes[at] == 'Z')) {
            return 0;
        }
        int length = to - at;
        if ((bytes[at] != '+' && bytes[at] != '-') || (length != 3 && length != 5 && length != 6)) {
            return Integer.MIN_VALUE;
        }
        int hours = Calendar.number(bytes, at + 1, 2);
        int minutes = length == 3 ? 0 : Calendar.number(bytes, to - 2, 2);
        boolean colon = length != 6 || bytes[at + 3] == ':';
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || !colon) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return bytes[at] == '-' ? -seconds : seconds;
    }
}
