package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import java.util.List;

/// Matches and breaks in words, as outcome files have them. For one thread.
public final class OutcomeWords {
    private final Differences differences;

    /// @param fields of the plan
    /// @param left the left records, of which rows are named
    /// @param right the right records
    public OutcomeWords(List<Field> fields, Table left, Table right) {
        differences = new Differences(fields, left, right);
    }

    /// By how much some left records and some right ones differ: `amount -0.50; date +2 days`.
    ///
    /// @param bits the fields to tell, bit `f` for the plan's field `f`
    public String differences(long bits, int[] leftRows, int[] rightRows) {
        return String.join("; ", differences.of(bits, leftRows, rightRows));
    }

    /// Why a record is a break, in a sentence.
    ///
    /// @param fields in which the nearest record differs, as bits
    /// @param row of the record
    /// @param nearest the row of its nearest record, or [Breaks#NONE]
    public String reason(Side side, Breaks.Kind kind, long fields, int row, int nearest) {
        String other = side.opposite().word();
        return switch (kind) {
            case MISSING -> "nothing on the " + other + " comes near";
            case DIFFERS ->
                    fields == 0
                            ? "the nearest on the " + other + " is equal, but a group has it"
                            : "the nearest on the "
                                    + other
                                    + " agrees in all but "
                                    + String.join(", ", gaps(side, fields, row, nearest));
            case DUPLICATE -> "a record alike in every field was matched instead";
            case AMBIGUOUS -> "tied with another record for a match and was not the one suggested";
        };
    }

    private List<String> gaps(Side side, long fields, int row, int nearest) {
        int[] own = {row};
        int[] near = {nearest};
        return side == Side.LEFT
                ? differences.of(fields, own, near)
                : differences.of(fields, near, own);
    }
}
