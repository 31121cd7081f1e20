package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads patterns of dates and moments, and refuses those that could not read back what they write.
enum PatternReader {
    DATES("date"),
    MOMENTS("date-time");

    /// The word for days counted as spreadsheets count them.
    static final String EXCEL = "excel";

    static final int MAX_PATTERNS = 20;
    static final int MAX_LENGTH = 100;
    private static final String LETTERS_OF_TIMES = "aAhHkKmsSnN";

    /// No two numbers of it are equal, so a pattern that mixes them up is found out.
    private static final ZonedDateTime SAMPLE =
            ZonedDateTime.of(2026, 11, 23, 18, 59, 29, 0, ZoneOffset.UTC);

    private final String what;

    PatternReader(String what) {
        this.what = what;
    }

    /// @throws FailureException at the first mistake
    Sides<List<String>> read(Optional<Node> format) {
        return Sides.read(format, this::patterns, List.of());
    }

    private List<String> patterns(Node node) {
        List<Node> patterns = node.items();
        if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS) {
            throw Invalid.at(
                    node.place(),
                    "a side has from 1 to " + MAX_PATTERNS + " patterns, not " + patterns.size(),
                    "write one such as `dd/MM/yyyy`, or leave `format` out for ISO 8601");
        }
        return patterns.stream().map(this::pattern).toList();
    }

    private String pattern(Node node) {
        String pattern = node.text("a " + what + " pattern");
        if (pattern.equals(EXCEL)) {
            if (this == MOMENTS) {
                throw Invalid.at(
                        node.place(), "`excel` counts days, without a time", "write `type: date`");
            }
            return pattern;
        }
        if (pattern.length() > MAX_LENGTH) {
            throw Invalid.at(
                    node.place(),
                    "a pattern has at most " + MAX_LENGTH + " characters, not " + pattern.length(),
                    "write one such as " + example());
        }
        boolean valid = !pattern.isBlank() && isPattern(pattern);
        if (!valid) {
            throw Invalid.at(
                    node.place(),
                    Invalid.shown(pattern) + " is no pattern of letters for parts of a " + what,
                    "write one such as "
                            + example()
                            + ": yyyy is the year, MM the month, dd the day, and other letters stand"
                            + " in single quotes");
        }
        if (!readsBack(pattern)) {
            throw Invalid.at(
                    node.place(),
                    Invalid.shown(pattern) + " does not give a whole " + what,
                    "write one such as "
                            + example()
                            + ": yyyy is the year (not YYYY), MM the month (not mm), dd the day (not"
                            + " DD), HH the hour (hh only with a)");
        }
        return pattern;
    }

    private String example() {
        return this == DATES ? "`dd/MM/yyyy`" : "`dd/MM/yyyy HH:mm:ss`";
    }

    private static boolean isPattern(String pattern) {
        try {
            formatter(pattern);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private boolean readsBack(String pattern) {
        try {
            DateTimeFormatter formatter = formatter(pattern);
            TemporalAccessor read = formatter.parse(formatter.format(SAMPLE));
            boolean day = LocalDate.from(read).equals(SAMPLE.toLocalDate());
            boolean time =
                    this == DATES
                            || !mentionsTime(pattern)
                            || LocalDateTime.from(read).getHour() == SAMPLE.getHour();
            return day && time;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean mentionsTime(String pattern) {
        return unquoted(pattern).chars().anyMatch(c -> LETTERS_OF_TIMES.indexOf(c) >= 0);
    }

    private static String unquoted(String pattern) {
        return pattern.replaceAll("'[^']*'", "");
    }

    /// As sources are read: strict, in English, with `y` as the proleptic year, which needs no era.
    private static DateTimeFormatter formatter(String pattern) {
        StringBuilder proleptic = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            proleptic.append(c == 'y' && !quoted ? 'u' : c);
        }
        return DateTimeFormatter.ofPattern(proleptic.toString(), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
