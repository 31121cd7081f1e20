package io.tieout.server.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import io.tieout.engine.failure.FailureException;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.RequestContext;
import io.tieout.server.job.JobHold.Standing;
import io.tieout.server.job.JobHold.Taken;
import io.tieout.server.job.RunningJob.End;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Runs one job when the scheduler says so: waits for its turn and its memory, takes it up, has the
/// work done, and writes how it ended.
final class JobRun {
    private static final System.Logger LOG = System.getLogger(JobRun.class.getName());
    private static final RequestId SELF = new RequestId("job-node");

    /// How soon a job is looked at again that is first and has no room; one that has others before
    /// it is looked at the later the more there are. Whoever starts or ends has the first ones
    /// looked at sooner.
    private static final Duration SOON = Duration.ofMillis(300);

    private static final Duration LATE = Duration.ofSeconds(60);

    private final Database database;
    private final JobSettings settings;
    private final JobWork work;
    private final MemoryBudget budget;
    private final JobMonitor monitor;
    private final JobMetrics metrics;
    private final InstantSource clock;
    private volatile boolean stopping;

    JobRun(
            Database database,
            JobSettings settings,
            JobWork work,
            MemoryBudget budget,
            JobMonitor monitor,
            JobMetrics metrics,
            InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.work = work;
        this.budget = budget;
        this.monitor = monitor;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// From now on no job is taken up.
    void stop() {
        stopping = true;
    }

    /// What becomes of the task of a job.
    private sealed interface Next {
        /// The job is over, or another node's.
        record Done() implements Next {}

        /// It is looked at again, here or elsewhere.
        record Again(Duration in) implements Next {}
    }

    private static final Next DONE = new Next.Done();
    private static final Next AT_ONCE = new Next.Again(Duration.ZERO);

    CompletionHandler<Void> execute(String task) {
        return switch (attempt(UUID.fromString(task))) {
            case Next.Done _ -> (_, operations) -> operations.remove();
            case Next.Again again ->
                    (complete, operations) ->
                            operations.reschedule(
                                    complete, complete.getTimeDone().plus(again.in()));
        };
    }

    /// The node of a job is dead.
    void lost(String task) {
        metrics.lost();
        database.inWorker(
                SELF,
                handle -> {
                    JobHold.lose(handle, UUID.fromString(task));
                    return true;
                });
    }

    private Next attempt(UUID id) {
        if (stopping) {
            return AT_ONCE;
        }
        Optional<Standing> found =
                database.inWorker(
                        SELF,
                        Access.READ,
                        handle -> JobHold.standing(handle, id, budget.mostMegabytes()));
        if (found.isEmpty() || found.get().status().isFinal()) {
            return DONE;
        }
        Standing standing = found.get();
        if (standing.status() == JobStatus.RUNNING) {
            // A task is one node's at a time: whoever ran the job let go of it without a word.
            lost(id.toString());
            return AT_ONCE;
        }
        Optional<JobFailure> hopeless = hopeless(standing);
        if (hopeless.isPresent()) {
            refuse(id, hopeless.get());
            return DONE;
        }
        if (!standing.isFirst() || !budget.take(standing.needMegabytes())) {
            // Not waited for: another node may have room sooner.
            return new Next.Again(patience(standing));
        }
        try {
            return takeUp(id);
        } finally {
            budget.give(standing.needMegabytes());
        }
    }

    private static Duration patience(Standing standing) {
        Duration patience = SOON.multipliedBy(1L + standing.ahead());
        return patience.compareTo(LATE) < 0 ? patience : LATE;
    }

    private Optional<JobFailure> hopeless(Standing standing) {
        if (standing.losses() >= settings.mostLosses()) {
            return Optional.of(JobFailure.lost(standing.losses()));
        }
        if (standing.needMegabytes() > budget.mostMegabytes()) {
            return Optional.of(
                    JobFailure.tooLarge(standing.needMegabytes(), budget.mostMegabytes()));
        }
        return Optional.empty();
    }

    private void refuse(UUID id, JobFailure failure) {
        Optional<StoredJob> refused =
                database.inWorker(
                        SELF,
                        handle -> {
                            Optional<StoredJob> job =
                                    JobHold.refuse(handle, id, failure, clock.instant());
                            job.ifPresent(j -> auditAs(handle, j));
                            return job;
                        });
        if (refused.isPresent()) {
            metrics.finished(JobStatus.FAILED);
            wakeNext(refused.get());
        }
    }

    /// Under the request that started the job.
    private static void auditAs(Handle handle, StoredJob job) {
        new RequestContext(job.requestId().text(), "job")
                .call(
                        () -> {
                            JobWork.audit(handle, job, JobStatus.FAILED);
                            return true;
                        });
    }

    private Next takeUp(UUID id) {
        Optional<Taken> taken =
                database.inWorker(
                        SELF,
                        handle -> {
                            Optional<Taken> up =
                                    JobHold.take(handle, id, settings.nodeId(), clock.instant());
                            up.ifPresent(job -> JobHold.wakeNext(handle, job.job()));
                            return up;
                        });
        if (taken.isEmpty()) {
            return DONE;
        }
        StoredJob job = taken.get().job();
        RequestContext context = new RequestContext(job.requestId().text(), "job");
        return context.call(
                () -> {
                    Next next = run(taken.get());
                    wakeNext(job);
                    return next;
                });
    }

    private Next run(Taken taken) {
        RunningJob running = new RunningJob(taken.job(), System::nanoTime);
        monitor.add(running);
        metrics.started();
        try {
            if (stopping) {
                running.end(End.HANDED_OVER);
            }
            work.run(taken, running);
            metrics.finished(JobStatus.SUCCEEDED);
            return DONE;
        } catch (RuntimeException | Error e) {
            return ended(running, e);
        } finally {
            monitor.remove(running);
            metrics.stopped(running.spent());
        }
    }

    /// Lets the next one have what this job had.
    private void wakeNext(StoredJob job) {
        database.inWorker(
                job.requestId(),
                handle -> {
                    JobHold.wakeNext(handle, job);
                    return true;
                });
    }

    /// Writes how a job ended that did not succeed.
    private Next ended(RunningJob running, Throwable thrown) {
        StoredJob job = running.job();
        if (running.end().isPresent()) {
            return switch (running.end().get()) {
                case CANCELLED -> end(job, JobStatus.CANCELLED, Optional.empty());
                case HANDED_OVER -> handOver(job);
                case LOST -> DONE;
            };
        }
        return switch (thrown) {
            case JobWork.NotHeld _ -> cancelledOrLost(job);
            case FailureException e -> fail(job, JobFailure.of(e.failure()));
            case JobFailure.Thrown e -> fail(job, e.failure());
            case OutOfMemoryError _ -> fail(job, JobFailure.outOfMemory());
            default -> broken(job, thrown);
        };
    }

    private Next cancelledOrLost(StoredJob job) {
        Optional<Boolean> cancelled =
                database.inWorker(
                        job.requestId(), Access.READ, handle -> JobHold.look(handle, job));
        return cancelled.orElse(false) ? end(job, JobStatus.CANCELLED, Optional.empty()) : DONE;
    }

    private Next broken(StoredJob job, Throwable thrown) {
        String state = sqlState(thrown);
        if (state.startsWith("08") || state.startsWith("57P") || state.equals("25P03")) {
            // The database went away under it, or this server stood still in a transaction. It is
            // tried again, but not for ever: the job itself may be what takes the database down.
            LOG.log(System.Logger.Level.WARNING, "job " + job.id() + " lost the database", thrown);
            metrics.lost();
            database.inWorker(
                    job.requestId(),
                    handle -> {
                        JobHold.lose(handle, job);
                        return true;
                    });
            return AT_ONCE;
        }
        LOG.log(System.Logger.Level.ERROR, "job " + job.id() + " met a defect", thrown);
        return fail(
                job, state.startsWith("53") ? JobFailure.databaseFull() : JobFailure.internal());
    }

    private static String sqlState(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private Next fail(StoredJob job, JobFailure failure) {
        return end(job, JobStatus.FAILED, Optional.of(failure));
    }

    private Next end(StoredJob job, JobStatus status, Optional<JobFailure> failure) {
        boolean ended =
                database.inWorker(
                        job.requestId(),
                        handle -> {
                            boolean held =
                                    JobHold.end(handle, job, status, failure, clock.instant());
                            if (held) {
                                JobWork.audit(handle, job, status);
                            }
                            return held;
                        });
        if (ended) {
            metrics.finished(status);
        }
        return DONE;
    }

    private Next handOver(StoredJob job) {
        boolean held = database.inWorker(job.requestId(), handle -> JobHold.handOver(handle, job));
        return held ? AT_ONCE : DONE;
    }
}
