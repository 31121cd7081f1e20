package io.tieout.server.reconciliation;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.run.PassEstimate;
import io.tieout.formats.plan.PlanFile;
import java.util.List;

/// Says how many pairs the passes of a plan would compare, by reading the records.
public interface PairEstimator {
    /// Estimates.
    ///
    /// @param left ready, with the columns that the plan names
    /// @param right the same
    /// @param maxRejects most rows of a side that may be rejected
    Estimate estimate(PlanFile plan, SourceFacts left, SourceFacts right, int maxRejects);

    /// What came of it.
    sealed interface Estimate {
        /// An estimate for each pass.
        record Known(List<PassEstimate> passes) implements Estimate {
            public Known {
                passes = List.copyOf(passes);
            }
        }

        /// The job would fail.
        record Failing(Failure failure) implements Estimate {}

        /// There is too much to read for a check; the job itself estimates before it compares.
        ///
        /// @param records of both sides
        /// @param most records that are read for a check
        record TooLarge(long records, long most) implements Estimate {}
    }
}
