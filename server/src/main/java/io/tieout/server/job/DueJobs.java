package io.tieout.server.job;

import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Database;
import io.tieout.server.database.DatabaseUnavailable;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.RequestContext;
import io.tieout.server.job.JobStart.Started;
import io.tieout.server.job.JobStart.Trigger;
import io.tieout.server.job.JobStart.Wanted;
import io.tieout.server.reconciliation.Reconciliations;
import io.tieout.server.reconciliation.SourceFacts;
import io.tieout.server.reconciliation.SourceLookup;
import io.tieout.server.reconciliation.StoredReconciliation;
import io.tieout.server.reconciliation.Timetable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Starts the jobs of reconciliations that are due, on the newest data sources of the names that
/// they were set up with. Times that passed while no server ran count once.
final class DueJobs {
    private static final System.Logger LOG = System.getLogger(DueJobs.class.getName());
    private static final int MOST_A_ROUND = 1_000;

    private final Database database;
    private final SourceLookup sources;
    private final JobStart start;
    private final InstantSource clock;

    DueJobs(Database database, SourceLookup sources, JobStart start, InstantSource clock) {
        this.database = database;
        this.sources = sources;
        this.start = start;
        this.clock = clock;
    }

    /// Starts what is due now, each in a transaction of its own.
    void run() {
        for (int i = 0; i < MOST_A_ROUND; i++) {
            RequestId requestId = new RequestId("schedule-" + UUID.randomUUID());
            RequestContext context = new RequestContext(requestId.text(), "schedule");
            if (!context.call(() -> runOne(requestId))) {
                return;
            }
        }
    }

    private boolean runOne(RequestId requestId) {
        try {
            return database.inWorker(requestId, handle -> handle(handle, this::startOrSay));
        } catch (DatabaseUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever is wrong with one must keep no others from their time.
            LOG.log(System.Logger.Level.ERROR, "a schedule met a defect", e);
            return database.inWorker(requestId, handle -> handle(handle, DueJobs::broken));
        }
    }

    private static Optional<String> broken(Handle handle, StoredReconciliation r) {
        return Optional.of("something is broken on our side; it is in the log");
    }

    /// What is done for a reconciliation that is due.
    @FunctionalInterface
    private interface Turn {
        /// Takes it; gives why there is no job, or nothing.
        Optional<String> take(Handle handle, StoredReconciliation r);
    }

    private boolean handle(Handle handle, Turn turn) {
        Instant now = clock.instant();
        Optional<StoredReconciliation> due =
                Reconciliations.due(handle, now, 1).stream().findFirst();
        if (due.isEmpty()) {
            return false;
        }
        StoredReconciliation r = due.get();
        Reconciliations.ran(handle, r.id(), next(r, now));
        turn.take(handle, r)
                .ifPresent(
                        reason ->
                                AuditTrail.append(
                                        handle,
                                        AuditEvent.in(
                                                        r.projectId(),
                                                        "job.skip",
                                                        "reconciliation",
                                                        r.id())
                                                .with("due_at", r.nextRunAt().orElse(now))
                                                .with("reason", reason)));
        return true;
    }

    private static Optional<Instant> next(StoredReconciliation r, Instant now) {
        try {
            return r.schedule().isEmpty()
                    ? Optional.empty()
                    : Timetable.of(r.schedule().get(), r.timeZone()).next(now);
        } catch (Timetable.Unusable e) {
            // It was usable when it was kept; a time zone may have been given up since.
            LOG.log(System.Logger.Level.WARNING, "the schedule of " + r.id() + " ends", e);
            return Optional.empty();
        }
    }

    /// Starts a job, or says why there is none.
    private Optional<String> startOrSay(Handle handle, StoredReconciliation r) {
        UUID left = newest(handle, r, r.leftDataSourceId());
        UUID right = newest(handle, r, r.rightDataSourceId());
        if (isDone(handle, r, left, right)) {
            return Optional.of("neither side has changed since the last job");
        }
        Started started =
                start.start(
                        handle,
                        new Wanted(r, left, right, Trigger.SCHEDULE, r.nextRunAt(), r.createdBy()));
        return switch (started) {
            case Started.Queued _ -> Optional.empty();
            case Started.Refused refused ->
                    Optional.of(
                            refused.errors().getFirst().pointer()
                                    + " "
                                    + refused.errors().getFirst().problem());
        };
    }

    private UUID newest(Handle handle, StoredReconciliation r, UUID configured) {
        return sources.kept(handle, configured)
                .flatMap(source -> sources.newest(handle, r.projectId(), source.name()))
                .map(SourceFacts::id)
                .orElse(configured);
    }

    /// Whether the last job did the same, or will.
    private static boolean isDone(Handle handle, StoredReconciliation r, UUID left, UUID right) {
        return Jobs.last(handle, r.id())
                .filter(
                        last ->
                                switch (last.status()) {
                                    case QUEUED, RUNNING, SUCCEEDED -> true;
                                    case FAILED, CANCELLED -> false;
                                })
                .filter(last -> last.planVersion() == r.planVersion())
                .filter(last -> last.leftDataSourceId().equals(left))
                .filter(last -> last.rightDataSourceId().equals(right))
                .isPresent();
    }
}
