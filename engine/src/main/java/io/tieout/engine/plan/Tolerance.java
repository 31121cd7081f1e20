package io.tieout.engine.plan;

import java.math.BigDecimal;
import java.time.Duration;

/// How far two values may lie apart and still agree. Bounds are inclusive.
public sealed interface Tolerance {
    /// A fixed gap between two amounts of one currency, or two numbers.
    ///
    /// @param limit largest gap in major currency units, not negative
    record Absolute(BigDecimal limit) implements Tolerance {
        public Absolute {
            requireNotNegative(limit.signum() >= 0, limit);
        }
    }

    /// A gap in proportion to the larger of the two magnitudes, so that swapping the sides changes
    /// nothing.
    ///
    /// @param percent largest gap in percent, from 0 to 100, with at most six decimals
    record Relative(BigDecimal percent) implements Tolerance {
        public Relative {
            requireNotNegative(percent.signum() >= 0, percent);
            if (percent.compareTo(BigDecimal.valueOf(100)) > 0
                    || percent.stripTrailingZeros().scale() > 6) {
                throw new IllegalArgumentException(
                        "a percentage lies between 0 and 100 with at most six decimals, not at "
                                + percent.toPlainString());
            }
        }
    }

    /// A gap in time between two dates (whole days) or two date-times.
    ///
    /// @param limit largest gap, not negative
    record Elapsed(Duration limit) implements Tolerance {
        public Elapsed {
            requireNotNegative(!limit.isNegative(), limit);
        }
    }

    /// Why this tolerance does not suit a type; empty if it does.
    default String objectionTo(FieldType type) {
        return switch (type) {
            case FieldType.Amount _, FieldType.Quantity _ ->
                    this instanceof Elapsed
                            ? "amounts and numbers are not within a time; write 0.05 or 0.5%"
                            : "";
            case FieldType.Date _ -> {
                if (!(this instanceof Elapsed elapsed)) {
                    yield "a date is within days; write `2 days`";
                }
                boolean whole = elapsed.limit().equals(Duration.ofDays(elapsed.limit().toDays()));
                yield whole ? "" : "a date is within whole days; use type date-time for hours";
            }
            case FieldType.DateTime _ ->
                    this instanceof Elapsed
                            ? ""
                            : "a date-time is within a time; write `2 days` or `90 minutes`";
            case FieldType.Text _ -> "`within` compares amounts, numbers and dates, not text";
        };
    }

    private static void requireNotNegative(boolean valid, Object actual) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "a tolerance is not negative, but " + actual + " is");
        }
    }
}
