package io.tieout.engine.run;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;

/// What everybody who works on one pass shares.
///
/// @param left the units of the left side that the pass may match
/// @param right the same of the right side
/// @param lost where records that tied for a match and were left out are marked
record PassContext(
        Records records,
        int passIndex,
        Key key,
        Units left,
        Units right,
        Lost lost,
        Progress progress) {

    Pass pass() {
        return records.plan().passes().get(passIndex);
    }

    void stopIfCancelled() {
        if (progress.isCancelled()) {
            throw new FailureException(
                    new Failure.Cancelled(
                            Place.UNKNOWN,
                            "the run was cancelled in pass \"" + pass().name() + "\"",
                            "run it again"));
        }
    }

    /// The records that tied for a match and were left out.
    record Lost(boolean[] left, boolean[] right) {
        void mark(Units units, int unit) {
            boolean[] marks = units.side() == Side.LEFT ? left : right;
            for (int i = 0; i < units.size(unit); i++) {
                marks[units.row(unit, i)] = true;
            }
        }
    }
}
