package io.tieout.engine.compare;

import io.tieout.engine.plan.Comparison.Within;
import io.tieout.engine.plan.Tolerance;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How far a right value may lie from a left one, in the smallest unit of their columns.
public final class Bounds {
    /// Relative tolerances are parts in this many: percent with six decimals.
    private static final long WHOLE = 100_000_000L;

    /// Allows no gap.
    public static final Bounds NOTHING = new Bounds(0, 0, 0, 0);

    private final long below;
    private final long above;
    private final long belowParts;
    private final long aboveParts;

    private Bounds(long below, long belowParts, long above, long aboveParts) {
        this.below = below;
        this.belowParts = belowParts;
        this.above = above;
        this.aboveParts = aboveParts;
    }

    /// Resolves a plan's tolerance for the columns it is used on.
    ///
    /// @param column either side's; both have one scale
    public static Bounds of(Within within, Column column) {
        return new Bounds(
                fixed(within.below(), column),
                parts(within.below()),
                fixed(within.above(), column),
                parts(within.above()));
    }

    private static long fixed(Tolerance tolerance, Column column) {
        return switch (tolerance) {
            case Tolerance.Relative _ -> -1;
            case Tolerance.Absolute absolute -> {
                int scale = column instanceof AmountColumn amounts ? amounts.scale() : 0;
                // Gaps are whole numbers of the unit, so a finer limit is met exactly when its
                // floor is.
                BigDecimal units =
                        absolute.limit().movePointRight(scale).setScale(0, RoundingMode.FLOOR);
                yield units.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
            }
            case Tolerance.Elapsed elapsed ->
                    column instanceof DateColumn
                            ? elapsed.limit().toDays()
                            : ChronoUnit.MICROS.between(
                                    Instant.EPOCH, Instant.EPOCH.plus(elapsed.limit()));
        };
    }

    private static long parts(Tolerance tolerance) {
        return tolerance instanceof Tolerance.Relative relative
                ? relative.percent().movePointRight(6).longValueExact()
                : 0;
    }

    /// Whether the limits are the same for every value, so that [#below()] and [#above()] are them.
    public boolean isFixed() {
        return below >= 0 && above >= 0;
    }

    /// How far a right value may lie below any left one; meaningful when fixed.
    public long below() {
        return below;
    }

    /// How far a right value may lie above any left one; meaningful when fixed.
    public long above() {
        return above;
    }

    /// The largest gap that agrees between two values, in their unit.
    public long limit(long left, long right) {
        boolean down = right < left;
        long fixed = down ? below : above;
        if (fixed >= 0) {
            return fixed;
        }
        long magnitude = Math.max(Math.abs(left), Math.abs(right));
        long parts = down ? belowParts : aboveParts;
        // floor(magnitude * parts / WHOLE) in two steps, each of which fits a long since parts <=
        // WHOLE.
        return magnitude / WHOLE * parts + magnitude % WHOLE * parts / WHOLE;
    }

    /// Whether two present values agree. For a given left value the right values that agree are one
    /// interval around it, so sorted values can be scanned by windows.
    public boolean meet(long left, long right) {
        long gap = right < left ? left - right : right - left;
        // Values of opposite sign may be farther apart than a long reaches: the gap turns negative.
        return gap >= 0 && gap <= limit(left, right);
    }

    /// 1 at equality, falling linearly to 0.5 at the limit; negative when the values do not agree.
    public double score(long left, long right) {
        if (left == right) {
            return 1;
        }
        if (!meet(left, right)) {
            return -1;
        }
        long gap = Math.abs(left - right);
        return 1 - 0.5 * ((double) gap / limit(left, right));
    }
}
