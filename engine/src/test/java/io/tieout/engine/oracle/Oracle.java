package io.tieout.engine.oracle;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a plan means, said as plainly as can be, in exact arithmetic: whether two units (records,
/// or groups of them) are a candidate and with which score.
final class Oracle {
    private Oracle() {}

    /// The scores of all pairs, null where a pair is no candidate.
    static @Nullable Fraction[][] scores(Pass pass, List<List<Row>> lefts, List<List<Row>> rights) {
        Fraction[][] scores = new Fraction[lefts.size()][rights.size()];
        for (int l = 0; l < scores.length; l++) {
            for (int r = 0; r < scores[l].length; r++) {
                scores[l][r] = score(pass, lefts.get(l), rights.get(r));
            }
        }
        return scores;
    }

    /// The weighted mean of the comparisons; each agrees as well as the worst pair of records does.
    static @Nullable Fraction score(Pass pass, List<Row> left, List<Row> right) {
        Fraction sum = Fraction.ZERO;
        long weights = 0;
        for (FieldComparison comparison : pass.match()) {
            Fraction score =
                    comparison.comparison() instanceof Comparison.Sum sums
                            ? ofSums(sums.limit(), left, right)
                            : worst(comparison, left, right);
            if (score == null) {
                return null;
            }
            long weight = (long) comparison.weight();
            sum = sum.plus(score.times(Fraction.of(weight, 1)));
            weights += weight;
        }
        return sum.times(Fraction.of(1, weights));
    }

    private static @Nullable Fraction worst(
            FieldComparison comparison, List<Row> lefts, List<Row> rights) {
        Fraction worst = Fraction.ONE;
        for (Row left : lefts) {
            for (Row right : rights) {
                Fraction score = ofPair(comparison, left, right);
                if (score == null) {
                    return null;
                }
                worst = score.compareTo(worst) < 0 ? score : worst;
            }
        }
        return worst;
    }

    private static @Nullable Fraction ofSums(
            Comparison.Within limit, List<Row> lefts, List<Row> rights) {
        Set<String> currencies = new HashSet<>();
        BigDecimal left = sum(lefts, currencies);
        BigDecimal right = sum(rights, currencies);
        return left == null || right == null || currencies.size() > 1
                ? null
                : ofNumbers(limit, left, right);
    }

    private static @Nullable BigDecimal sum(List<Row> rows, Set<String> currencies) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Row row : rows) {
            if (row.amount() == null) {
                return null;
            }
            sum = sum.add(row.amount());
            currencies.add(row.currency());
        }
        return sum;
    }

    private static @Nullable Fraction ofPair(FieldComparison comparison, Row left, Row right) {
        return switch (comparison.field()) {
            case "reference" ->
                    left.reference().isEmpty() || right.reference().isEmpty()
                            ? null
                            : ofTexts(comparison.comparison(), left.reference(), right.reference());
            case "amount" ->
                    left.amount() == null
                                    || right.amount() == null
                                    || !left.currency().equals(right.currency())
                            ? null
                            : ofNumbers(comparison.comparison(), left.amount(), right.amount());
            case "date" ->
                    left.date() == null || right.date() == null
                            ? null
                            : ofNumbers(
                                    comparison.comparison(),
                                    BigDecimal.valueOf(left.date().toEpochDay()),
                                    BigDecimal.valueOf(right.date().toEpochDay()));
            default -> throw new IllegalArgumentException(comparison.field());
        };
    }

    private static @Nullable Fraction ofTexts(Comparison comparison, String left, String right) {
        String shorter = left.length() <= right.length() ? left : right;
        String longer = left.length() <= right.length() ? right : left;
        Fraction share = Fraction.of(shorter.length(), longer.length());
        return switch (comparison) {
            case Comparison.Exact _ -> left.equals(right) ? Fraction.ONE : null;
            case Comparison.Contains _ -> longer.contains(shorter) ? share : null;
            case Comparison.StartsWith _ -> longer.startsWith(shorter) ? share : null;
            case Comparison.EndsWith _ -> longer.endsWith(shorter) ? share : null;
            case Comparison.Similar similar -> {
                Fraction score = TextbookSimilarity.of(similar.similarity(), left, right);
                yield score.value() >= similar.atLeast() ? score : null;
            }
            case Comparison.Within _, Comparison.Sum _ ->
                    throw new IllegalArgumentException(comparison.toString());
        };
    }

    private static @Nullable Fraction ofNumbers(
            Comparison comparison, BigDecimal left, BigDecimal right) {
        if (comparison instanceof Comparison.Exact) {
            return left.compareTo(right) == 0 ? Fraction.ONE : null;
        }
        Comparison.Within within = (Comparison.Within) comparison;
        BigDecimal gap = right.subtract(left).abs();
        if (gap.signum() == 0) {
            return Fraction.ONE;
        }
        Tolerance tolerance = right.compareTo(left) < 0 ? within.below() : within.above();
        BigDecimal limit =
                switch (tolerance) {
                    case Tolerance.Absolute absolute -> absolute.limit();
                    case Tolerance.Relative relative ->
                            left.abs()
                                    .max(right.abs())
                                    .multiply(relative.percent())
                                    .movePointLeft(2);
                    case Tolerance.Elapsed elapsed ->
                            BigDecimal.valueOf(elapsed.limit().get(ChronoUnit.SECONDS) / 86_400);
                };
        if (gap.compareTo(limit) > 0) {
            return null;
        }
        // 1 - gap / (2 limit), in whole numbers.
        int scale = Math.max(0, Math.max(gap.scale(), limit.scale()));
        long gaps = gap.movePointRight(scale).longValueExact();
        long limits = limit.movePointRight(scale).longValueExact();
        return Fraction.of(2 * limits - gaps, 2 * limits);
    }

    /// What a pass matches on one side: records one by one, or those that share the values of
    /// `together`. Records that disagree in a value that the pass wants equal, or in a currency,
    /// cannot be in one match; a record that lacks such a value is in none. A group of which an
    /// amount is not known has no sum.
    static List<List<Row>> units(Pass pass, Side side, List<Row> open) {
        if (pass.together(side).isEmpty()) {
            return open.stream().map(List::of).toList();
        }
        List<List<Row>> units = new ArrayList<>();
        for (List<Row> group : byName(open, row -> unitName(pass, side, row))) {
            if (!comparesAmounts(pass)) {
                units.add(group);
            } else if (group.stream().allMatch(row -> row.amount() != null)) {
                units.addAll(byName(group, row -> List.of(row.currency())));
            }
        }
        return units;
    }

    private static List<List<Row>> byName(List<Row> rows, Function<Row, List<Object>> naming) {
        Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            List<Object> name = naming.apply(row);
            if (!name.contains("")) {
                groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(row);
            }
        }
        return List.copyOf(groups.values());
    }

    private static boolean comparesAmounts(Pass pass) {
        return pass.match().stream().anyMatch(c -> c.field().equals("amount"));
    }

    private static List<Object> unitName(Pass pass, Side side, Row row) {
        List<Object> name = new ArrayList<>();
        for (String column : pass.together(side)) {
            name.add(value(column, row));
        }
        for (FieldComparison comparison : pass.match()) {
            if (comparison.comparison() instanceof Comparison.Exact) {
                name.add(value(comparison.field(), row));
            }
        }
        return name;
    }

    private static Object value(String column, Row row) {
        return switch (column) {
            case "reference" -> row.reference();
            case "amount" ->
                    row.amount() == null ? "" : row.amount().stripTrailingZeros().toPlainString();
            case "date" -> Objects.toString(row.date(), "");
            case "batch" -> row.batch();
            default -> throw new IllegalArgumentException(column);
        };
    }
}
