package io.tieout.server.job;

import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.job.RunningJob.End;
import io.tieout.server.job.RunningJob.State;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// Watches over the jobs that this node works on: writes how far they are, twice a second at the
/// most, and hears whether they were cancelled or taken away.
final class JobMonitor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JobMonitor.class.getName());
    private static final long PERIOD_MILLIS = 500;
    private static final int QUEUE_EVERY = 10;
    private static final RequestId SELF = new RequestId("job-monitor");

    private final Database database;
    private final JobMetrics metrics;
    private final Map<UUID, RunningJob> running = new ConcurrentHashMap<>();
    private final Map<UUID, State> written = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    JobMonitor(Database database, JobMetrics metrics) {
        this.database = database;
        this.metrics = metrics;
        thread = Thread.ofVirtual().name("job-monitor").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    /// The jobs that are running here.
    Iterable<RunningJob> running() {
        return running.values();
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    void add(RunningJob job) {
        running.put(job.job().id(), job);
    }

    void remove(RunningJob job) {
        running.remove(job.job().id(), job);
        written.remove(job.job().id());
    }

    private void watch() {
        for (int round = 0; !closed; round++) {
            running.values().forEach(this::look);
            if (round % QUEUE_EVERY == 0) {
                count();
            }
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void look(RunningJob job) {
        if (job.end().isPresent()) {
            job.interruptStatements();
            return;
        }
        try {
            // Not written again where it is as it was: the row is large once the job is over, and
            // each change of it is a copy.
            State state = job.state();
            boolean isNew = !state.equals(written.get(job.job().id()));
            Optional<Boolean> cancelled =
                    database.inWorker(
                            job.job().requestId(),
                            isNew ? Access.WRITE : Access.READ,
                            handle -> isNew ? write(handle, job, state) : read(handle, job));
            if (running.containsKey(job.job().id())) {
                written.put(job.job().id(), state);
            }
            if (cancelled.isEmpty()) {
                job.end(End.LOST);
            } else if (cancelled.get()) {
                job.end(End.CANCELLED);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a job's progress could not be written", e);
        }
    }

    private static Optional<Boolean> write(Handle handle, RunningJob job, State state) {
        return JobHold.progress(
                handle, job.job(), state.phase(), state.fraction(), state.remainingSeconds());
    }

    private static Optional<Boolean> read(Handle handle, RunningJob job) {
        return JobHold.look(handle, job.job());
    }

    private void count() {
        try {
            metrics.queued(database.inWorker(SELF, Access.READ, Jobs::queued));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "waiting jobs could not be counted", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
