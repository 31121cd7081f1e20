package io.tieout.engine.outcome;

import io.tieout.engine.plan.FieldComparison;
import java.math.BigDecimal;

/// One comparison of a pass on a left and a right value. Of groups it tells the pair that agrees
/// worst, and for `sum` the sums.
///
/// @param comparison what the plan asks for
/// @param left the left value as it was compared, cleaned, amounts with their currency; empty when
/// absent
/// @param right the right value likewise
/// @param finding what was found beyond being met or not
/// @param score 0 to 1; negative when the comparison is not met
public record Check(
        FieldComparison comparison, String left, String right, Finding finding, double score) {
    /// Whether the values agree as the plan asks.
    public boolean isMet() {
        return score >= 0;
    }

    /// What a comparison found.
    public sealed interface Finding {
        /// Nothing to measure: the values are equal or not, one holds the other or does not.
        record Plain() implements Finding {}

        /// A value is missing, and an absent value agrees with nothing.
        record Absent() implements Finding {}

        /// The amounts are in different currencies, which never agree.
        record OtherCurrency() implements Finding {}

        /// How alike two texts are, 0 to 1.
        record Alike(double similarity) implements Finding {}

        /// How far two values lie apart.
        ///
        /// @param gap not negative
        /// @param limit the largest gap that agrees
        record Apart(BigDecimal gap, BigDecimal limit, Unit unit) implements Finding {}

        /// What a search for a group that adds up had to choose from.
        ///
        /// @param choices how many records could belong to the group; the check's value on their
        /// side is the sum of them all
        /// @param most of how many records at most a group is searched for
        /// @param gap between that sum and the value that they should add up to, not negative
        record Choices(int choices, int most, BigDecimal gap) implements Finding {}

        /// The sums were not formed, since the records do not agree otherwise.
        record Unreached() implements Finding {}

        /// A sum is beyond what an amount can hold.
        record TooLarge() implements Finding {}
    }

    /// What a gap is counted in.
    public enum Unit {
        /// The field's own: a currency's major unit, or that of a number.
        OWN,
        DAYS,
        SECONDS
    }
}
