package io.tieout.server.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.server.database.Database;
import io.tieout.server.database.DatabaseUnavailable;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.SegmentedTable;
import io.tieout.server.database.Segments;
import io.tieout.server.http.RequestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Loads what this node has received, one upload after the other, each with all cores. What a
/// server that was killed left is loaded by its next start.
final class SourceLoader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SourceLoader.class.getName());
    private static final Duration CHECK_EVERY = Duration.ofMillis(300);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// Long enough for a commit whose connection is gone to be seen or not to come any more.
    private static final Duration DECIDED_AFTER = Duration.ofMinutes(1);

    private static final RequestId UPKEEP = new RequestId("data-sources");

    private final Database database;
    private final Segments segments;
    private final Spool spool;
    private final UUID nodeId;
    private final SourceLoad load;
    private final Semaphore woken = new Semaphore(0);
    private final Map<UUID, LoadProgress> running = new ConcurrentHashMap<>();
    private final Map<UUID, Long> undecided = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean stopping;

    SourceLoader(Database database, Segments segments, Spool spool, UUID nodeId, int threads) {
        this.database = database;
        this.segments = segments;
        this.spool = spool;
        this.nodeId = nodeId;
        this.load = new SourceLoad(segments, threads);
        this.thread = Thread.ofVirtual().name("load").unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /// There may be something to do.
    void wake() {
        woken.release();
    }

    /// Keeps an upload of which it is not known whether it was acknowledged, until that shows.
    void decideLater(UUID id) {
        undecided.put(id, System.nanoTime());
    }

    /// Ends what is being loaded; the next start begins it again.
    @Override
    public void close() {
        stopping = true;
        running.values().forEach(LoadProgress::cancel);
        wake();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        boolean swept = false;
        while (!stopping) {
            try {
                if (!swept) {
                    sweep();
                    swept = true;
                }
                loadAll();
                decide();
                remove();
                database.inWorker(UPKEEP, LoadStore::lost);
            } catch (DatabaseUnavailable e) {
                LOG.log(Level.WARNING, "uploads wait for the database", e);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "a round of loading met a defect", e);
            }
            await();
        }
    }

    private void await() {
        try {
            if (woken.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /// Removes uploads that were loaded, or never acknowledged, before the server stopped.
    private void sweep() {
        // The files first: what comes meanwhile must not be taken for something left over.
        List<UUID> files = spool.ids();
        Set<UUID> wanted = new HashSet<>();
        for (PendingLoad pending : pending()) {
            wanted.add(pending.id());
        }
        for (UUID id : files) {
            if (!wanted.contains(id) && !spool.isBeingTaken(id)) {
                spool.drop(id);
            }
        }
        segments.sweep();
    }

    private void decide() {
        if (undecided.isEmpty()) {
            return;
        }
        Set<UUID> wanted = new HashSet<>();
        pending().forEach(pending -> wanted.add(pending.id()));
        long now = System.nanoTime();
        undecided.forEach(
                (id, since) -> {
                    if (now - since > DECIDED_AFTER.toNanos()) {
                        // One that was wanted and is loaded is gone already.
                        if (wanted.contains(id)) {
                            spool.acknowledged(id);
                        } else {
                            spool.drop(id);
                        }
                        undecided.remove(id);
                    }
                });
    }

    private List<PendingLoad> pending() {
        return database.inWorker(UPKEEP, handle -> LoadStore.pending(handle, nodeId));
    }

    private void loadAll() {
        for (PendingLoad pending : pending()) {
            if (stopping) {
                return;
            }
            new RequestContext(pending.id().toString(), "load")
                    .call(
                            () -> {
                                loadOne(pending);
                                return true;
                            });
        }
    }

    private void loadOne(PendingLoad pending) {
        RequestId id = new RequestId(pending.id().toString());
        Optional<Path> file = spool.find(pending.id());
        if (file.isEmpty()) {
            database.inWorker(id, handle -> failed(handle, pending, LoadStore.LoadFailure.LOST));
            return;
        }
        LoadProgress progress = new LoadProgress(pending.sizeBytes());
        running.put(pending.id(), progress);
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> watch(pending.id(), progress, over));
        try {
            long records = load.run(pending, file.get(), progress);
            LOG.info(() -> "loaded " + records + " records");
        } catch (SourceLoad.Superseded _) {
            database.inWorker(id, handle -> cancelled(handle, pending));
        } catch (FailureException e) {
            ended(id, pending, e);
        } catch (DatabaseUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "a load met a defect", e);
            database.inWorker(id, handle -> failed(handle, pending, LoadStore.LoadFailure.DEFECT));
        } finally {
            running.remove(pending.id());
            over.countDown();
        }
        if (!stopping) {
            spool.drop(pending.id());
        }
    }

    private void ended(RequestId id, PendingLoad pending, FailureException e) {
        if (!(e.failure() instanceof Failure.Cancelled)) {
            database.inWorker(id, handle -> failed(handle, pending, SourceLoad.told(e)));
        } else if (!stopping) {
            database.inWorker(id, handle -> cancelled(handle, pending));
        }
    }

    private static boolean failed(
            org.jdbi.v3.core.Handle handle, PendingLoad pending, LoadStore.LoadFailure failure) {
        LoadStore.failed(handle, pending.id(), failure);
        return true;
    }

    private static boolean cancelled(org.jdbi.v3.core.Handle handle, PendingLoad pending) {
        LoadStore.cancelled(handle, pending.id());
        return true;
    }

    /// Tells how far the load is, and ends it when somebody asked for that.
    private void watch(UUID id, LoadProgress progress, CountDownLatch over) {
        RequestId request = new RequestId(id.toString());
        try {
            while (!over.await(CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                double fraction = progress.fraction();
                if (database.inWorker(
                        request, handle -> LoadStore.progress(handle, id, fraction))) {
                    progress.cancel();
                }
            }
        } catch (DatabaseUnavailable _) {
            // The load will meet that itself.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() {
        for (LoadStore.Remains remains : database.inWorker(UPKEEP, LoadStore::deleted)) {
            segments.drop(UPKEEP, SegmentedTable.RECORDS, remains.segment(), remains.number());
            database.inWorker(
                    UPKEEP,
                    handle -> {
                        LoadStore.removed(handle, remains.id());
                        return true;
                    });
        }
    }
}
