package io.tieout.server.job;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Runs pieces of work on threads, in their order as far as there are threads. Of several failures
/// the one of the first piece counts, so that a failing job says the same every time.
final class ParallelReading {
    private ParallelReading() {}

    /// A piece of work.
    @FunctionalInterface
    interface Piece {
        void run();
    }

    static void run(List<Piece> pieces, int threads) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger(Integer.MAX_VALUE);
        AtomicReferenceArray<@Nullable Throwable> failures =
                new AtomicReferenceArray<>(pieces.size());
        Runnable worker =
                () -> {
                    // Pieces are taken in order, so that those before a failed one are being done.
                    for (int i = next.getAndIncrement();
                            i < pieces.size() && i < failed.get();
                            i = next.getAndIncrement()) {
                        try {
                            pieces.get(i).run();
                        } catch (RuntimeException | Error e) {
                            failures.set(i, e);
                            failed.accumulateAndGet(i, Math::min);
                        }
                    }
                };
        Thread[] others = new Thread[Math.min(threads, pieces.size()) - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = Thread.ofPlatform().name("job-reader-" + i).daemon().start(worker);
        }
        worker.run();
        for (Thread other : others) {
            joinFully(other);
        }
        rethrow(failures, failed.get());
    }

    private static void rethrow(AtomicReferenceArray<@Nullable Throwable> failures, int first) {
        if (first == Integer.MAX_VALUE) {
            return;
        }
        switch (failures.get(first)) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException("a piece failed");
        }
    }

    // The threads hold connections and look at the job themselves: they end soon, and must have
    // ended before anything else is done.
    private static void joinFully(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
