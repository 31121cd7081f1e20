package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Check.Finding;
import io.tieout.engine.outcome.Check.Unit;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Comparisons and what they found, in words.
public final class PlanWords {
    private static final int SCORE_DECIMALS = 4;

    private PlanWords() {}

    /// A score with as many of four decimals as it has, rounded down as outcome files have it.
    public static BigDecimal score(double score) {
        BigDecimal rounded =
                BigDecimal.valueOf(score)
                        .setScale(SCORE_DECIMALS, RoundingMode.DOWN)
                        .stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /// What a comparison asks for: `within 0.5%`.
    public static String of(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Exact _ -> "exact";
            case Comparison.Within within -> "within " + limits(within);
            case Comparison.Similar similar ->
                    similar.similarity().word()
                            + " at least "
                            + BigDecimal.valueOf(similar.atLeast()).toPlainString();
            case Comparison.Contains _ -> "contains";
            case Comparison.StartsWith _ -> "starts-with";
            case Comparison.EndsWith _ -> "ends-with";
            case Comparison.Sum sum ->
                    isNothing(sum.limit().below()) && isNothing(sum.limit().above())
                            ? "sum"
                            : "sum within " + limits(sum.limit());
        };
    }

    private static boolean isNothing(Tolerance tolerance) {
        return tolerance instanceof Tolerance.Absolute absolute && absolute.limit().signum() == 0;
    }

    private static String limits(Comparison.Within within) {
        if (within.below().equals(within.above())) {
            return limit(within.below());
        }
        boolean time = within.below() instanceof Tolerance.Elapsed;
        return limit(within.below())
                + (time ? " before to " : " below to ")
                + limit(within.above())
                + (time ? " after" : " above");
    }

    private static String limit(Tolerance tolerance) {
        return switch (tolerance) {
            case Tolerance.Absolute absolute -> absolute.limit().toPlainString();
            case Tolerance.Relative relative -> relative.percent().toPlainString() + "%";
            case Tolerance.Elapsed elapsed -> time(elapsed.limit());
        };
    }

    /// What a check found: `100.00 and 101.20, 1.20 apart, at most 0.51`.
    public static String of(Check check) {
        String both = value(check.left()) + " and " + value(check.right());
        return switch (check.finding()) {
            case Finding.Plain _ -> check.left().equals(check.right()) ? value(check.left()) : both;
            case Finding.Absent _ -> both + "; an absent value agrees with nothing";
            case Finding.OtherCurrency _ -> both + "; different currencies never agree";
            case Finding.Alike alike ->
                    check.left().equals(check.right())
                            ? value(check.left())
                            : both + ", alike by " + score(alike.similarity()).toPlainString();
            case Finding.Apart apart ->
                    apart.gap().signum() == 0
                            ? value(check.left())
                            : both
                                    + ", "
                                    + gap(apart.gap(), apart.unit())
                                    + " apart, at most "
                                    + gap(apart.limit(), apart.unit());
            case Finding.Choices choices -> choices(both, choices);
            case Finding.Unreached _ -> both + "; not added up, as they differ otherwise";
            case Finding.TooLarge _ -> both + "; beyond what an amount can hold";
        };
    }

    private static String choices(String both, Finding.Choices found) {
        String apart = both + ", " + gap(found.gap(), Unit.OWN) + " apart; ";
        if (found.choices() == 1) {
            return apart + "no other record could be added";
        }
        return apart
                + "these are all "
                + found.choices()
                + " records that could be added up"
                + (found.choices() > found.most()
                        ? ", and more than the " + found.most() + " that are searched"
                        : ", and no choice of them was matched");
    }

    private static String value(String text) {
        return text.isEmpty() ? "(absent)" : text;
    }

    private static String gap(BigDecimal gap, Unit unit) {
        return switch (unit) {
            case OWN -> gap.toPlainString();
            case DAYS -> counted(gap.longValueExact(), "day");
            case SECONDS -> time(Duration.ofNanos(gap.movePointRight(9).longValueExact()));
        };
    }

    /// `2 days`, `1 hour 30 minutes`.
    private static String time(Duration time) {
        List<String> parts = new ArrayList<>();
        add(parts, time.toDaysPart(), "day");
        add(parts, time.toHoursPart(), "hour");
        add(parts, time.toMinutesPart(), "minute");
        if (time.toNanosPart() > 0) {
            BigDecimal seconds =
                    BigDecimal.valueOf(time.toSecondsPart())
                            .add(BigDecimal.valueOf(time.toNanosPart(), 9));
            parts.add(seconds.stripTrailingZeros().toPlainString() + " seconds");
        } else {
            add(parts, time.toSecondsPart(), "second");
        }
        return parts.isEmpty() ? "0 days" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(counted(count, unit));
        }
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
