package io.tieout.server.job;

import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.PlanFile;

/// What a job matched: the plan and the records of both sides.
///
/// @param plan the plan
/// @param left the left records
/// @param right the right records
public record ReconciledInputs(PlanFile plan, ReconciledSide left, ReconciledSide right) {
    /// The records of a side.
    public ReconciledSide side(Side side) {
        return side == Side.LEFT ? left : right;
    }
}
