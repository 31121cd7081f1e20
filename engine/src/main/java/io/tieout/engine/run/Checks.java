package io.tieout.engine.run;

import io.tieout.engine.compare.Bounds;
import io.tieout.engine.compare.Residual;
import io.tieout.engine.compare.TextSimilarity;
import io.tieout.engine.compare.Values;
import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Check.Finding;
import io.tieout.engine.outcome.Check.Unit;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One comparison of a pass, with what it found on given records. Where a pass only asks whether
/// values agree, this also says by how much they do not. Owns buffers: for one thread.
final class Checks {
    private static final int MICROS_SCALE = 6;

    private final FieldComparison comparison;
    private final Column left;
    private final Column right;
    private final @Nullable Residual residual;
    private final Bounds bounds;

    Checks(Records records, FieldComparison comparison) {
        this.comparison = comparison;
        int field = records.fieldIndex(comparison.field());
        this.left = records.column(Side.LEFT, field);
        this.right = records.column(Side.RIGHT, field);
        this.bounds =
                switch (comparison.comparison()) {
                    case Comparison.Within within -> Bounds.of(within, left);
                    case Comparison.Sum sum -> Bounds.of(sum.limit(), left);
                    case Comparison.Exact _,
                            Comparison.Similar _,
                            Comparison.Contains _,
                            Comparison.StartsWith _,
                            Comparison.EndsWith _ ->
                            Bounds.NOTHING;
                };
        this.residual =
                comparison.comparison() instanceof Comparison.Exact || isSum()
                        ? null
                        : Residual.of(comparison.comparison(), left, right);
    }

    FieldComparison comparison() {
        return comparison;
    }

    boolean isSum() {
        return comparison.comparison() instanceof Comparison.Sum;
    }

    /// The score of two records, negative when they do not agree; for `sum`, 0 when their values
    /// can be added up together.
    double score(int leftRow, int rightRow) {
        if (left.isAbsent(leftRow)
                || right.isAbsent(rightRow)
                || !isOneCurrency(leftRow, rightRow)) {
            return -1;
        }
        if (isSum()) {
            return 0;
        }
        if (residual == null) {
            return left.same(leftRow, right, rightRow) ? 1 : -1;
        }
        return residual.score(leftRow, rightRow);
    }

    private boolean isOneCurrency(int leftRow, int rightRow) {
        return !(left instanceof AmountColumn mine && right instanceof AmountColumn theirs)
                || mine.sameCurrency(leftRow, theirs, rightRow);
    }

    /// The check of two groups: of their sums, or of the pair that agrees worst.
    Check of(int[] lefts, int[] rights) {
        if (isSum()) {
            return sums(lefts, rights);
        }
        int worstLeft = lefts[0];
        int worstRight = rights[0];
        double worst = Double.MAX_VALUE;
        for (int l : lefts) {
            for (int r : rights) {
                double score = score(l, r);
                if (score < worst) {
                    worst = score;
                    worstLeft = l;
                    worstRight = r;
                }
            }
        }
        return new Check(
                comparison,
                text(left, worstLeft),
                text(right, worstRight),
                finding(worstLeft, worstRight),
                worst);
    }

    private Finding finding(int leftRow, int rightRow) {
        if (left.isAbsent(leftRow) || right.isAbsent(rightRow)) {
            return new Finding.Absent();
        }
        if (!isOneCurrency(leftRow, rightRow)) {
            return new Finding.OtherCurrency();
        }
        return switch (comparison.comparison()) {
            case Comparison.Within _ -> {
                long leftValue = Values.of(left).at(leftRow);
                long rightValue = Values.of(right).at(rightRow);
                yield new Finding.Apart(
                        gap(BigInteger.valueOf(leftValue), BigInteger.valueOf(rightValue)),
                        limit(leftValue, rightValue),
                        unit());
            }
            case Comparison.Similar similar ->
                    new Finding.Alike(
                            TextSimilarity.of(similar.similarity())
                                    .between(
                                            (TextColumn) left,
                                            leftRow,
                                            (TextColumn) right,
                                            rightRow));
            case Comparison.Exact _,
                    Comparison.Contains _,
                    Comparison.StartsWith _,
                    Comparison.EndsWith _,
                    Comparison.Sum _ ->
                    new Finding.Plain();
        };
    }

    private Check sums(int[] lefts, int[] rights) {
        AmountColumn mine = (AmountColumn) left;
        AmountColumn theirs = (AmountColumn) right;
        String leftText = sumText(mine, lefts);
        String rightText = sumText(theirs, rights);
        if (isAnyAbsent(mine, lefts) || isAnyAbsent(theirs, rights)) {
            return new Check(comparison, leftText, rightText, new Finding.Absent(), -1);
        }
        if (!areAllIn(mine, lefts, lefts[0]) || !areAllIn(theirs, rights, lefts[0])) {
            return new Check(comparison, leftText, rightText, new Finding.OtherCurrency(), -1);
        }
        BigInteger leftSum = sum(mine, lefts);
        BigInteger rightSum = sum(theirs, rights);
        if (leftSum.bitLength() > 63 || rightSum.bitLength() > 63) {
            return new Check(comparison, leftText, rightText, new Finding.TooLarge(), -1);
        }
        long leftValue = leftSum.longValueExact();
        long rightValue = rightSum.longValueExact();
        Finding apart =
                new Finding.Apart(gap(leftSum, rightSum), limit(leftValue, rightValue), unit());
        return new Check(
                comparison, leftText, rightText, apart, bounds.score(leftValue, rightValue));
    }

    /// The check of a search for a group: what there was to choose from, and no choice was matched.
    Check choices(int[] lefts, int[] rights, int choices, int most) {
        BigDecimal gap = gap(sum((AmountColumn) left, lefts), sum((AmountColumn) right, rights));
        return new Check(
                comparison,
                sumText((AmountColumn) left, lefts),
                sumText((AmountColumn) right, rights),
                new Finding.Choices(choices, most, gap),
                -1);
    }

    /// The check of sums that were not formed.
    Check unreached(int leftRow, int rightRow) {
        return new Check(
                comparison,
                text(left, leftRow),
                text(right, rightRow),
                new Finding.Unreached(),
                -1);
    }

    private static boolean isAnyAbsent(Column column, int[] rows) {
        for (int row : rows) {
            if (column.isAbsent(row)) {
                return true;
            }
        }
        return false;
    }

    /// Whether amounts are in the currency of a left record.
    private boolean areAllIn(AmountColumn amounts, int[] rows, int leftRow) {
        for (int row : rows) {
            if (!amounts.sameCurrency(row, (AmountColumn) left, leftRow)) {
                return false;
            }
        }
        return true;
    }

    private static BigInteger sum(AmountColumn amounts, int[] rows) {
        BigInteger sum = BigInteger.ZERO;
        for (int row : rows) {
            sum = amounts.isAbsent(row) ? sum : sum.add(BigInteger.valueOf(amounts.unscaled(row)));
        }
        return sum;
    }

    /// The sum, of each currency its own: `30.00 EUR + 12.00 USD`.
    private String sumText(AmountColumn amounts, int[] rows) {
        Map<String, BigInteger> sums = new LinkedHashMap<>();
        for (int row : rows) {
            if (!amounts.isAbsent(row)) {
                BigInteger amount = BigInteger.valueOf(amounts.unscaled(row));
                sums.merge(amounts.currency(row), amount, BigInteger::add);
            }
        }
        return sums.entrySet().stream()
                .map(sum -> withCurrency(decimal(sum.getValue()).toPlainString(), sum.getKey()))
                .collect(Collectors.joining(" + "));
    }

    static String text(Column column, int row) {
        return column instanceof AmountColumn amounts && !amounts.isAbsent(row)
                ? withCurrency(amounts.text(row), amounts.currency(row))
                : column.text(row);
    }

    private static String withCurrency(String amount, String currency) {
        return currency.equals(AmountColumn.NO_CURRENCY) ? amount : amount + " " + currency;
    }

    private BigDecimal limit(long leftValue, long rightValue) {
        long units = bounds.largestGap(leftValue, rightValue);
        return decimal(new BigInteger(Long.toUnsignedString(units)));
    }

    private BigDecimal gap(BigInteger one, BigInteger other) {
        return decimal(one.subtract(other).abs());
    }

    private BigDecimal decimal(BigInteger value) {
        return switch (left) {
            case AmountColumn amounts -> new BigDecimal(value, amounts.scale());
            case DateColumn _ -> new BigDecimal(value);
            case DateTimeColumn _ -> new BigDecimal(value, MICROS_SCALE);
            case TextColumn _ -> throw new IllegalStateException("text has no gaps");
        };
    }

    private Unit unit() {
        return switch (left) {
            case DateColumn _ -> Unit.DAYS;
            case DateTimeColumn _ -> Unit.SECONDS;
            case AmountColumn _, TextColumn _ -> Unit.OWN;
        };
    }
}
