package io.tieout.engine.compare;

import io.tieout.engine.plan.Comparison.Within;
import io.tieout.engine.plan.Tolerance;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// How far a right value may lie from a left one, in the smallest unit of their columns.
public final class Bounds {
    /// Relative tolerances are parts in this many: percent with six decimals.
    private static final long WHOLE = 100_000_000L;

    /// The largest unsigned number of 64 bits.
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /// Allows no gap.
    public static final Bounds NOTHING = new Bounds(Limit.NOTHING, Limit.NOTHING);

    /// The largest gap one way. Whether a pair agrees is decided on whole units; how well it does
    /// is told from the limit as it was written, or a score would depend on the decimals that other
    /// rows of the column have.
    ///
    /// @param relative whether `parts` counts, rather than `units` and `written`
    /// @param units the largest gap in whole units, unsigned: two values of opposite sign may lie
    /// farther apart than a signed `long` reaches
    /// @param written the same, not rounded
    /// @param parts of [#WHOLE] that a relative limit is
    private record Limit(boolean relative, long units, double written, long parts) {
        static final Limit NOTHING = new Limit(false, 0, 0, 0);

        /// The largest gap that agrees, in whole units, unsigned.
        long largest(long magnitude) {
            // floor(magnitude * parts / WHOLE) in two steps, each of which fits a long since parts
            // <= WHOLE.
            return relative ? magnitude / WHOLE * parts + magnitude % WHOLE * parts / WHOLE : units;
        }

        /// A gap as a share of the limit, 0 to 1.
        double share(double gap, long magnitude) {
            double share = relative ? gap * WHOLE / ((double) magnitude * parts) : gap / written;
            return Math.min(1, share);
        }
    }

    private final Limit below;
    private final Limit above;

    private Bounds(Limit below, Limit above) {
        this.below = below;
        this.above = above;
    }

    /// Resolves a plan's tolerance for the columns it is used on.
    ///
    /// @param column either side's; both have one scale
    public static Bounds of(Within within, Column column) {
        return new Bounds(limit(within.below(), column), limit(within.above(), column));
    }

    private static Limit limit(Tolerance tolerance, Column column) {
        return switch (tolerance) {
            case Tolerance.Relative relative ->
                    new Limit(true, 0, 0, relative.percent().movePointRight(6).longValueExact());
            case Tolerance.Absolute absolute -> {
                int scale = column instanceof AmountColumn amounts ? amounts.scale() : 0;
                yield fixed(absolute.limit().movePointRight(scale));
            }
            case Tolerance.Elapsed elapsed -> {
                boolean days = column instanceof DateColumn;
                BigDecimal seconds =
                        BigDecimal.valueOf(elapsed.limit().toSeconds())
                                .add(BigDecimal.valueOf(elapsed.limit().toNanosPart(), 9));
                yield fixed(
                        days
                                ? BigDecimal.valueOf(elapsed.limit().toDays())
                                : seconds.movePointRight(6));
            }
        };
    }

    /// Gaps are whole numbers of the unit, so a finer limit is met exactly when its floor is.
    private static Limit fixed(BigDecimal limit) {
        BigInteger units = limit.setScale(0, RoundingMode.FLOOR).toBigInteger();
        return new Limit(false, units.min(LARGEST).longValue(), limit.doubleValue(), 0);
    }

    /// Whether the limits are the same for every value, so that [#below()] and [#above()] are them.
    public boolean isFixed() {
        return !below.relative() && !above.relative();
    }

    /// How far a right value may lie below any left one; meaningful when fixed.
    public long below() {
        return below.units() < 0 ? Long.MAX_VALUE : below.units();
    }

    /// How far a right value may lie above any left one; meaningful when fixed.
    public long above() {
        return above.units() < 0 ? Long.MAX_VALUE : above.units();
    }

    /// The largest gap that agrees between two present values, in whole units, unsigned.
    public long largestGap(long left, long right) {
        return way(left, right).largest(magnitude(left, right));
    }

    /// Whether two present values agree. For a given left value the right values that agree are one
    /// interval around it, so sorted values can be scanned by windows.
    public boolean meet(long left, long right) {
        return Long.compareUnsigned(gap(left, right), largestGap(left, right)) <= 0;
    }

    /// 1 at equality, falling linearly to 0.5 at the limit; negative when the values do not agree.
    public double score(long left, long right) {
        if (left == right) {
            return 1;
        }
        if (!meet(left, right)) {
            return -1;
        }
        long gap = gap(left, right);
        double wide = gap >= 0 ? gap : (gap >>> 1) * 2.0;
        return 1 - 0.5 * way(left, right).share(wide, magnitude(left, right));
    }

    private Limit way(long left, long right) {
        return right < left ? below : above;
    }

    /// The distance, unsigned.
    private static long gap(long left, long right) {
        return right < left ? left - right : right - left;
    }

    private static long magnitude(long left, long right) {
        return Math.max(Math.abs(left), Math.abs(right));
    }
}
