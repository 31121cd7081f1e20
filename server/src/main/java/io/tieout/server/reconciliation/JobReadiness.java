package io.tieout.server.reconciliation;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.server.problem.InputError;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Whether the plan of a reconciliation suits two data sources.
public final class JobReadiness {
    private JobReadiness() {}

    /// The columns that the plan names and the data sources do not have.
    ///
    /// @param left ready
    /// @param right ready
    public static List<InputError> missing(
            Handle handle, StoredReconciliation of, SourceFacts left, SourceFacts right) {
        Plan plan =
                Reconciliations.file(
                                Reconciliations.plan(handle, of.id(), of.planVersion())
                                        .orElseThrow())
                        .plan();
        List<InputError> errors = new ArrayList<>();
        errors.addAll(PlanColumns.missing(plan, Side.LEFT, left));
        errors.addAll(PlanColumns.missing(plan, Side.RIGHT, right));
        return errors;
    }
}
