package io.tieout.engine.run;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.table.Table;
import java.util.List;
import java.util.function.LongSupplier;

/// The entry of the engine.
public final class Reconciler {
    private final LongSupplier nanoClock;

    /// @param nanoClock what phases are timed by, as `System::nanoTime`; the outcome does not
    /// depend on it
    public Reconciler(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /// Matches two tables by a plan.
    ///
    /// @param left a column for each field of the plan
    /// @param right the same
    /// @return every record in exactly one match or break, control totals proven
    /// @throws io.tieout.engine.failure.FailureException when a limit is passed or the run is
    /// cancelled
    public Outcome run(Plan plan, Table left, Table right, RunLimits limits, Progress progress) {
        return new Run(plan, left, right, limits, progress, nanoClock).outcome();
    }

    /// How many pairs each pass would compare, without comparing any.
    ///
    /// @param limits pairs above the limit are counted and no error
    /// @return one for each pass of the plan, in its order
    /// @throws io.tieout.engine.failure.FailureException when the run is cancelled
    public List<PassEstimate> estimate(
            Plan plan, Table left, Table right, RunLimits limits, Progress progress) {
        return new Run(plan, left, right, limits, progress, nanoClock).estimates();
    }
}
