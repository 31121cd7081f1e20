package io.tieout.engine.run;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Side;
import java.util.Arrays;

/// Which match each record is in, and so which records a pass saw.
final class Taken {
    private final Matches matches;
    private final int[] left;
    private final int[] right;

    Taken(Matches matches, int leftRows, int rightRows) {
        this.matches = matches;
        left = new int[leftRows];
        right = new int[rightRows];
        Arrays.fill(left, Breaks.NONE);
        Arrays.fill(right, Breaks.NONE);
        for (int m = 0; m < matches.size(); m++) {
            for (int i = 0; i < matches.leftCount(m); i++) {
                left[matches.left(m, i)] = m;
            }
            for (int i = 0; i < matches.rightCount(m); i++) {
                right[matches.right(m, i)] = m;
            }
        }
    }

    /// The record's match, or [Breaks#NONE].
    int match(Side side, int row) {
        return side == Side.LEFT ? left[row] : right[row];
    }

    /// Whether no pass before this one had matched the record.
    boolean isOpenAt(int pass, Side side, int row) {
        int match = match(side, row);
        return match == Breaks.NONE || matches.pass(match) >= pass;
    }
}
