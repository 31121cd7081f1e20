package io.tieout.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Turns Ctrl-C and a polite kill into a cancelled run: the process ends only after the run has
/// taken its unfinished files away, or after that was done for it.
final class Interrupt {
    /// How long a run that only works in memory may take to notice.
    private static final int PATIENCE_SECONDS = 3;

    /// How long files that are being written may take to be whole.
    private static final int WRITING_SECONDS = 60;

    private static final AtomicBoolean REQUESTED = new AtomicBoolean();
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();
    private static final CountDownLatch FINISHED = new CountDownLatch(1);

    /// Null while files are being written.
    private static final AtomicReference<@Nullable Runnable> CLEANUP =
            new AtomicReference<>(() -> {});

    private Interrupt() {}

    /// From now on an interrupt cancels instead of ending the process at once.
    static void install() {
        if (INSTALLED.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(Interrupt::waitForRun, "interrupt"));
        }
    }

    private static void waitForRun() {
        REQUESTED.set(true);
        try {
            if (FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            @Nullable Runnable cleanup = CLEANUP.getAndSet(null);
            if (cleanup != null) {
                cleanup.run();
                System.err.println("tieout: the run was cancelled; run it again");
            } else if (!FINISHED.await(WRITING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("tieout: ended before all was written; run it again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What leaves nothing behind, for a run that does not notice an interrupt soon.
    static void cleanUpBy(Runnable cleanup) {
        CLEANUP.set(cleanup);
    }

    /// From now on files are being written, and an interrupt waits until they are whole.
    ///
    /// @return whether that may begin; not once the cleanup has been done
    static boolean startWriting() {
        return CLEANUP.getAndSet(null) != null;
    }

    /// Whether the run should end.
    static boolean isRequested() {
        return REQUESTED.get();
    }

    /// The command is over; nothing is left to wait for.
    static void finished() {
        FINISHED.countDown();
    }
}
