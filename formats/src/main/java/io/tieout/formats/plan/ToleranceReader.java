package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Comparison.Within;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads limits: `0.05`, `0.5%`, `2 days`, and pairs of them that differ by direction.
final class ToleranceReader {
    /// Longest time between two records that could belong together, and then some.
    static final Duration MAX_TIME = Duration.ofDays(100_000);

    /// Units as plans write them, in the singular and the plural.
    static final Words<Duration> UNITS = new Words<>("unit of time", units());

    private static final int MAX_LENGTH = 60;
    private static final int MAX_PERCENT_DECIMALS = 6;
    private static final String EXAMPLES = "write 0.05, 0.5%, 2 days or 3 hours";
    private static final Pattern LIMIT = Pattern.compile("(-?[0-9.]+) *(%|[a-zA-Z]*)");
    private static final Tolerance NO_GAP = new Tolerance.Absolute(BigDecimal.ZERO);
    private static final Tolerance NO_TIME = new Tolerance.Elapsed(Duration.ZERO);

    private ToleranceReader() {}

    private static Map<String, Duration> units() {
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("second", Duration.ofSeconds(1));
        units.put("minute", Duration.ofMinutes(1));
        units.put("hour", Duration.ofHours(1));
        units.put("day", Duration.ofDays(1));
        units.put("week", Duration.ofDays(7));
        for (String unit : List.copyOf(units.keySet())) {
            units.put(unit + "s", units.getOrDefault(unit, Duration.ZERO));
        }
        return units;
    }

    /// One limit for both directions, or one for each.
    ///
    /// @throws FailureException at the first mistake
    static Within read(Node node) {
        return node instanceof Node.Mapping mapping
                ? pair(Keys.WITHIN.check(mapping))
                : new Within(one(node));
    }

    private static Within pair(Node.Mapping mapping) {
        List<String> said = List.copyOf(mapping.entries().keySet());
        if (said.isEmpty()) {
            throw Invalid.at(
                    mapping.place(),
                    "this says no limit",
                    "write `{before: 1 day, after: 3 days}` or `{below: 0.10, above: 0.20}`");
        }
        boolean time = isOfTime(said.getFirst());
        for (String key : said) {
            if (isOfTime(key) != time) {
                throw Invalid.at(
                        mapping.keyPlace(key),
                        "`" + said.getFirst() + "` and `" + key + "` do not go together",
                        "write `before` and `after`, or `below` and `above`");
            }
        }
        Tolerance below =
                mapping.get(time ? "before" : "below").map(ToleranceReader::one).orElse(null);
        Tolerance above =
                mapping.get(time ? "after" : "above").map(ToleranceReader::one).orElse(null);
        Tolerance none =
                below instanceof Tolerance.Elapsed || above instanceof Tolerance.Elapsed
                        ? NO_TIME
                        : NO_GAP;
        return new Within(below == null ? none : below, above == null ? none : above);
    }

    private static boolean isOfTime(String key) {
        return key.equals("before") || key.equals("after");
    }

    private static Tolerance one(Node node) {
        String text = node.text("a limit").strip();
        Matcher matcher = LIMIT.matcher(text);
        BigDecimal value =
                text.length() <= MAX_LENGTH && matcher.matches()
                        ? Decimals.parse(matcher.group(1))
                        : null;
        if (value == null) {
            throw Invalid.at(
                    node.place(),
                    Invalid.shown(text)
                            + " is no limit of at most "
                            + Decimals.MAX_DIGITS
                            + " digits before and after the point",
                    EXAMPLES);
        }
        if (value.signum() < 0) {
            throw Invalid.at(
                    node.place(),
                    "a limit is not negative, and " + Invalid.shown(text) + " is",
                    EXAMPLES);
        }
        String unit = matcher.group(2);
        return switch (unit) {
            case "" -> new Tolerance.Absolute(value);
            case "%" -> percent(node, value);
            default -> elapsed(node, value, unit);
        };
    }

    private static Tolerance percent(Node node, BigDecimal percent) {
        if (percent.compareTo(BigDecimal.valueOf(100)) > 0
                || percent.scale() > MAX_PERCENT_DECIMALS) {
            throw Invalid.at(
                    node.place(),
                    "a percentage lies between 0 and 100 with at most "
                            + MAX_PERCENT_DECIMALS
                            + " decimals, not at "
                            + percent.toPlainString(),
                    "write it like 0.5%");
        }
        // No gap at all is the same in percent.
        return percent.signum() == 0 ? NO_GAP : new Tolerance.Relative(percent);
    }

    private static Tolerance elapsed(Node node, BigDecimal count, String unit) {
        Duration length = UNITS.read(new Node.Scalar(node.place(), unit, true));
        if (count.scale() > 0) {
            throw Invalid.at(
                    node.place(),
                    "a time is a whole number of " + unit + ", not " + count.toPlainString(),
                    "use a smaller unit, such as 90 minutes for one hour and a half");
        }
        long most = MAX_TIME.dividedBy(length);
        if (count.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw Invalid.at(
                    node.place(),
                    "a time is at most " + MAX_TIME.toDays() + " days, and this is longer",
                    "write a shorter time");
        }
        return new Tolerance.Elapsed(length.multipliedBy(count.longValueExact()));
    }
}
