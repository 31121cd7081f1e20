package io.tieout.formats.profile;

import io.tieout.formats.profile.DateGuess.Range;
import io.tieout.formats.source.DatePattern;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;

/// Dates of one shape: digits, letters and marks in the same places. Knows by which patterns all of
/// them can be read so far.
final class DateShape {
    static final String ISO = "yyyy-MM-dd";

    /// Those that are tried, the likely ones first; `d` and `M` read two digits as well.
    static final List<String> PATTERNS =
            List.of(
                    ISO,
                    "dd/MM/yyyy",
                    "MM/dd/yyyy",
                    "dd.MM.yyyy",
                    "MM.dd.yyyy",
                    "dd-MM-yyyy",
                    "MM-dd-yyyy",
                    "dd/MM/yy",
                    "MM/dd/yy",
                    "dd.MM.yy",
                    "MM.dd.yy",
                    "dd-MM-yy",
                    "MM-dd-yy",
                    "d/M/yyyy",
                    "M/d/yyyy",
                    "d.M.yyyy",
                    "M.d.yyyy",
                    "d-M-yyyy",
                    "M-d-yyyy",
                    "yyyy/MM/dd",
                    "yyyy.MM.dd",
                    "yyyyMMdd",
                    "d MMM yyyy",
                    "d-MMM-yyyy",
                    "d MMMM yyyy",
                    "MMM d, yyyy",
                    "MMMM d, yyyy",
                    "d-MMM-yy");

    /// What may follow a date, as a pattern.
    static final List<String> TIMES = List.of("", " HH:mm", " HH:mm:ss");

    private static final DatePattern[] PARSERS =
            PATTERNS.stream().map(DatePattern::of).toArray(DatePattern[]::new);
    private static final int FIRST_WITH_TWIN = 1;
    private static final int LAST_WITH_TWIN = 18;
    private static final int COMPACT = PATTERNS.indexOf("yyyyMMdd");
    private static final long COMPACT_FROM = LocalDate.of(1980, 1, 1).toEpochDay();
    private static final long COMPACT_TO = LocalDate.of(2099, 12, 31).toEpochDay();
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long hash;
    private final String time;
    private final int[] patterns;
    private final Range[] ranges;
    private int count;
    private boolean differs;
    private Range range = new Range();

    /// @param hash of the shape of `bytes[from..to)`, the first date that has it
    DateShape(long hash, byte[] bytes, int from, int to) {
        this.hash = hash;
        time = time(bytes, from, to);
        patterns = new int[PATTERNS.size()];
        int end = to - time.length();
        for (int pattern = 0; pattern < PARSERS.length; pattern++) {
            if (day(pattern, bytes, from, end) != DatePattern.NONE) {
                patterns[count++] = pattern;
            }
        }
        ranges = new Range[count];
        for (int i = 0; i < count; i++) {
            ranges[i] = new Range();
        }
    }

    /// A hash of where digits, letters and marks are; how many letters stand together does not
    /// count.
    static long hash(byte[] bytes, int from, int to) {
        long hash = 0;
        boolean letters = false;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            int folded = b | 0x20;
            boolean letter = folded >= 'a' && folded <= 'z';
            if (!letter || !letters) {
                int sign = b >= '0' && b <= '9' ? '9' : letter ? 'a' : b;
                hash = (hash ^ (sign & 0xFF)) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            letters = letter;
        }
        return hash;
    }

    private static String time(byte[] bytes, int from, int to) {
        for (String time : TIMES) {
            int at = to - time.length();
            boolean fits = !time.isEmpty() && at > from && bytes[at] == ' ';
            for (int i = 0; fits && i < time.length(); i++) {
                boolean mark = time.charAt(i) == ':' || time.charAt(i) == ' ';
                byte b = bytes[at + i];
                fits = mark ? b == time.charAt(i) : b >= '0' && b <= '9';
            }
            if (fits) {
                return time;
            }
        }
        return "";
    }

    private static long day(int pattern, byte[] bytes, int from, int to) {
        long day = PARSERS[pattern].parse(bytes, from, to);
        // Eight digits are a number, unless all of them make sense as dates.
        return pattern == COMPACT && (day < COMPACT_FROM || day > COMPACT_TO)
                ? DatePattern.NONE
                : day;
    }

    long hash() {
        return hash;
    }

    /// The pattern of what follows the date; empty when nothing does.
    String time() {
        return time;
    }

    /// Takes another date of the shape.
    ///
    /// @return whether there still is a pattern by which all can be read
    boolean take(byte[] bytes, int from, int to) {
        int end = to - time.length();
        long micros = time.isEmpty() ? 0 : micros(bytes, end);
        if (micros < 0) {
            return false;
        }
        long first = DatePattern.NONE;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long day = day(patterns[i], bytes, from, end);
            if (day != DatePattern.NONE) {
                differs |= kept > 0 && day != first;
                first = kept == 0 ? day : first;
                ranges[i].take(time.isEmpty() ? day : day * 86_400 * MICROS_PER_SECOND + micros);
                patterns[kept] = patterns[i];
                ranges[kept++] = ranges[i];
            }
        }
        count = kept;
        return kept > 0;
    }

    /// The time of day in microseconds; -1 when there is none such.
    private long micros(byte[] bytes, int at) {
        int hour = number(bytes, at + 1);
        int minute = number(bytes, at + 4);
        int second = time.length() > 6 ? number(bytes, at + 7) : 0;
        return hour > 23 || minute > 59 || second > 59
                ? -1
                : (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] - '0') * 10 + bytes[at + 1] - '0';
    }

    /// Whether a pattern reads all dates of the shape.
    boolean reads(int pattern) {
        for (int i = 0; i < count; i++) {
            if (patterns[i] == pattern) {
                return true;
            }
        }
        return false;
    }

    /// Whether the patterns that are left read one of the dates differently.
    boolean differs() {
        return differs;
    }

    /// Says by which pattern the dates are read.
    void choose(int pattern) {
        for (int i = 0; i < count; i++) {
            if (patterns[i] == pattern) {
                range = ranges[i];
            }
        }
    }

    /// The ends of all dates of the shape, in days, or in microseconds where a time follows.
    Range range() {
        return range;
    }

    /// The pattern that has day and month the other way round.
    static OptionalInt swapped(int pattern) {
        if (pattern < FIRST_WITH_TWIN || pattern > LAST_WITH_TWIN) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(((pattern - 1) ^ 1) + 1);
    }
}
