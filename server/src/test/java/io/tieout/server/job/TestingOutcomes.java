package io.tieout.server.job;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Keeps the breaks of jobs in a table of its own, and can be slow about it.
final class TestingOutcomes implements OutcomeStore, OpenBreaks {
    private static final RequestId SELF = new RequestId("testing-outcomes");

    /// Breaks that are stored between two looks at whether the job must end.
    private static final int BATCH = 1000;

    private final Database database;
    private final Duration pause;

    /// @param pause how long storing takes, in one statement of the database
    TestingOutcomes(Database database, Duration pause) {
        this.database = database;
        this.pause = pause;
    }

    /// Makes its table.
    static void prepare(Database database) {
        database.inOwner(
                SELF,
                handle ->
                        handle.execute(
                                """
                                create table testing_breaks
                                  (job_number bigint not null, side text not null, reference bigint not null,
                                   key text not null, is_open boolean not null default true);
                                grant select, insert, update on testing_breaks to tieout_worker
                                """));
    }

    @Override
    public void store(
            StoredJob job,
            ReconciledInputs inputs,
            Outcome outcome,
            JobWatch watch,
            Completion completion) {
        database.inWorker(
                job.requestId(),
                handle -> {
                    try (JobWatch.Watched _ = watch.watch(handle.getConnection())) {
                        watch.phase(JobPhases.STORING, 2);
                        store(handle, job, inputs, outcome, watch);
                        watch.advance(1);
                        watch.phase(JobPhases.INDEXING, 0);
                        handle.createQuery("select pg_sleep(:seconds)")
                                .bind("seconds", pause.toMillis() / 1000.0)
                                .mapTo(String.class)
                                .one();
                        int count =
                                outcome.matches().size()
                                        + outcome.leftBreaks().size()
                                        + outcome.rightBreaks().size();
                        completion.complete(handle, 0, count);
                    }
                    return true;
                });
    }

    private static void store(
            Handle handle,
            StoredJob job,
            ReconciledInputs inputs,
            Outcome outcome,
            JobWatch watch) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "insert into testing_breaks values (:job, :side, :reference, :key)");
        for (Side side : Side.values()) {
            Breaks breaks = outcome.breaks(side);
            ReconciledSide records = inputs.side(side);
            for (int b = 0; b < breaks.size(); b++) {
                batch.bind("job", job.number())
                        .bind("side", side.word())
                        .bind("reference", records.reference(breaks.row(b)))
                        .bind("key", records.table().key(breaks.row(b)))
                        .add();
                if (batch.size() == BATCH) {
                    execute(batch, watch);
                }
            }
        }
        execute(batch, watch);
    }

    private static void execute(PreparedBatch batch, JobWatch watch) {
        watch.requireGoingOn();
        batch.execute();
    }

    @Override
    public long[] of(Handle handle, UUID jobId, Side side) {
        return handle
                .createQuery(
                        """
                        select b.reference from testing_breaks b
                          join reconciliation_jobs j on j.number = b.job_number
                         where j.id = :id and b.side = :side and b.is_open order by 1
                        """)
                .bind("id", jobId)
                .bind("side", side.word())
                .mapTo(Long.class)
                .list()
                .stream()
                .mapToLong(reference -> reference)
                .toArray();
    }
}
