package io.tieout.server.job;

import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.Json;
import io.tieout.server.job.StreamStanding.Watcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads one job for all who watch it, twice a second, and tells them when it changes.
final class JobFeed {
    private static final System.Logger LOG = System.getLogger(JobFeed.class.getName());
    private static final RequestId SELF = new RequestId("job-events");
    private static final long PERIOD_MILLIS = 500;

    private final Database database;
    private final InstantSource clock;
    private final UUID jobId;
    private final UUID projectId;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Watcher, Integer> watchers = new HashMap<>();
    private final Thread reader;
    private @Nullable Set<Watcher> standing;
    private @Nullable Event latest;
    private boolean ended;

    JobFeed(Database database, InstantSource clock, JobView job) {
        this.database = database;
        this.clock = clock;
        this.jobId = job.id();
        this.projectId = job.projectId();
        reader = Thread.ofVirtual().name("job-feed").unstarted(this::read);
    }

    /// The state of a job at one moment.
    ///
    /// @param id the same for the same state
    /// @param data a job as JSON, on one line
    /// @param isLast whether nothing will change any more
    record Event(String id, String data, boolean isLast) {
        static Event of(JobView job) {
            byte[] json = Json.write(job);
            CRC32C sum = new CRC32C();
            sum.update(json);
            return new Event(
                    job.attempt()
                            + "-"
                            + job.status().word()
                            + "-"
                            + Long.toHexString(sum.getValue()),
                    new String(json, StandardCharsets.UTF_8),
                    job.status().isFinal());
        }
    }

    UUID jobId() {
        return jobId;
    }

    void start() {
        reader.start();
    }

    void join(Watcher watcher) {
        lock.lock();
        try {
            watchers.merge(watcher, 1, Integer::sum);
            if (standing != null) {
                // They were let in a moment ago; the next reading asks again.
                Set<Watcher> more = new HashSet<>(standing);
                more.add(watcher);
                standing = more;
            }
        } finally {
            lock.unlock();
        }
    }

    /// A watcher goes.
    ///
    /// @return whether that was the last one, and the feed is over
    boolean leave(Watcher watcher) {
        lock.lock();
        try {
            watchers.computeIfPresent(watcher, (_, count) -> count == 1 ? null : count - 1);
            if (watchers.isEmpty()) {
                end();
            }
            return watchers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Ends it for everybody.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            reader.interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        while (!isEnded()) {
            try {
                readOnce();
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                // Nobody can be shown to be let in any more: better they ask again.
                LOG.log(System.Logger.Level.WARNING, "a watched job could not be read", e);
                end();
            }
        }
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private record Reading(Optional<JobView> job, Set<Watcher> standing) {}

    private void readOnce() {
        Set<Watcher> asked = asked();
        Reading reading = database.inWorker(SELF, Access.READ, handle -> reading(handle, asked));
        lock.lock();
        try {
            Set<Watcher> now = new HashSet<>(reading.standing());
            watchers.keySet().stream().filter(w -> !asked.contains(w)).forEach(now::add);
            standing = now;
            reading.job().map(Event::of).ifPresent(event -> latest = event);
            ended |= reading.job().isEmpty();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Set<Watcher> asked() {
        lock.lock();
        try {
            return new HashSet<>(watchers.keySet());
        } finally {
            lock.unlock();
        }
    }

    private Reading reading(Handle handle, Set<Watcher> asked) {
        return new Reading(
                Jobs.find(handle, jobId),
                StreamStanding.of(handle, projectId, asked, clock.instant()));
    }

    /// Waits for a state that is not the one with an id.
    ///
    /// @return empty where nothing changed for so long, or the feed is over for the watcher
    Optional<Event> await(Watcher watcher, String id, Duration most) {
        long left = most.toNanos();
        lock.lock();
        try {
            while (left > 0 && isOpen(watcher)) {
                if (latest != null && standing != null && !latest.id().equals(id)) {
                    return Optional.of(latest);
                }
                if (latest != null && latest.isLast()) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen(Watcher watcher) {
        return !ended && (standing == null || standing.contains(watcher));
    }

    /// Whether there is nothing more to come for a watcher who has seen a state.
    boolean isOver(Watcher watcher, String id) {
        lock.lock();
        try {
            return !isOpen(watcher)
                    || Thread.currentThread().isInterrupted()
                    || (latest != null && latest.isLast() && latest.id().equals(id));
        } finally {
            lock.unlock();
        }
    }
}
