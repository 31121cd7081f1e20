package io.tieout.server.job;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.PassEstimate;
import io.tieout.engine.run.Progress;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.plan.PlanFile;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.RequestContext;
import io.tieout.server.problem.Problem;
import io.tieout.server.reconciliation.PairEstimator;
import io.tieout.server.reconciliation.SourceFacts;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Estimates by reading the records, where they are few enough to be read while somebody waits; one
/// at a time, for the memory that it takes is nobody's budget.
final class StoredEstimator implements PairEstimator {
    /// About a second of reading.
    static final long MOST_RECORDS = 500_000;

    private static final long PATIENCE_SECONDS = 10;

    private final RecordReader reader;
    private final int threads;
    private final Semaphore turn = new Semaphore(1, true);

    StoredEstimator(Database database, int threads) {
        this.reader = new RecordReader(database, threads);
        this.threads = threads;
    }

    /// Nobody watches a check; whoever asked waits for it.
    private static final class Unwatched implements JobWatch {
        @Override
        public Watched watch(Connection connection) {
            return () -> {};
        }
    }

    @Override
    public Estimate estimate(PlanFile plan, SourceFacts left, SourceFacts right, int maxRejects) {
        long records = left.recordCount() + right.recordCount();
        if (records > MOST_RECORDS) {
            return new Estimate.TooLarge(records, MOST_RECORDS);
        }
        waitForTurn();
        try {
            return known(plan, left, right, maxRejects);
        } catch (FailureException e) {
            return new Estimate.Failing(e.failure());
        } finally {
            turn.release();
        }
    }

    private void waitForTurn() {
        try {
            if (turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw Problem.unavailable("other plans are being checked; try again in a moment")
                .exception();
    }

    private Estimate known(PlanFile plan, SourceFacts left, SourceFacts right, int maxRejects) {
        RequestId requestId = new RequestId(RequestContext.current().requestId());
        JobWatch nobody = new Unwatched();
        ReconciledSide leftSide =
                reader.read(
                        new RecordReader.Request(
                                plan.plan(), Side.LEFT, maxRejects, nobody, requestId),
                        left,
                        List.of());
        ReconciledSide rightSide =
                reader.read(
                        new RecordReader.Request(
                                plan.plan(), Side.RIGHT, maxRejects, nobody, requestId),
                        right,
                        List.of());
        RunLimits limits = RunLimits.threads(threads);
        List<PassEstimate> passes =
                new Reconciler(System::nanoTime)
                        .estimate(
                                plan.plan(),
                                leftSide.table(),
                                rightSide.table(),
                                limits,
                                Progress.NONE);
        return tooMany(passes, limits);
    }

    private static Estimate tooMany(List<PassEstimate> passes, RunLimits limits) {
        for (int pass = 0; pass < passes.size(); pass++) {
            if (passes.get(pass).pairs() > limits.maxPairs()) {
                return new Estimate.Failing(
                        TooManyPairs.of(pass, passes.get(pass), limits.maxPairs()));
            }
        }
        return new Estimate.Known(passes);
    }
}
