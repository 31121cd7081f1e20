package io.tieout.engine.outcome;

import io.tieout.engine.plan.Side;
import java.util.List;

/// How one pass compares a left and a right record, or the groups that it puts them in.
///
/// @param pass an index into the plan's passes
/// @param lefts the left rows that the pass takes together, ascending; one where it does not group
/// @param rights the right rows likewise
/// @param checks one for each comparison, in the plan's order; none where the pass did not get to
/// compare
/// @param verdict what came of it
/// @param score 0 to 1; negative unless every comparison is met
public record Trial(
        int pass,
        List<Integer> lefts,
        List<Integer> rights,
        List<Check> checks,
        Verdict verdict,
        double score) {
    public Trial {
        lefts = List.copyOf(lefts);
        rights = List.copyOf(rights);
        checks = List.copyOf(checks);
    }

    /// How many comparisons are not met.
    public int failures() {
        return (int) checks.stream().filter(check -> !check.isMet()).count();
    }

    /// What came of a trial.
    public sealed interface Verdict {
        /// The pass put them in one match.
        record Matched() implements Verdict {}

        /// A comparison is not met.
        record Failed() implements Verdict {}

        /// Every comparison is met, but the pass chose otherwise: another choice was as good, or
        /// better in total.
        record Outbid() implements Verdict {}

        /// The pass did not see one of them: an earlier pass had matched it.
        ///
        /// @param side the side of that record
        /// @param match the match that it is in
        record Taken(Side side, int match) implements Verdict {}

        /// The pass matches groups, and one of them lacks a value to be grouped by.
        ///
        /// @param side the side of that record
        record Ungrouped(Side side) implements Verdict {}
    }
}
