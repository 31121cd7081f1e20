package io.tieout.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Turns Ctrl-C and a polite kill into a cancelled run: the process ends only after the run has
/// taken its unfinished files away.
final class Interrupt {
    private static final AtomicBoolean REQUESTED = new AtomicBoolean();
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();
    private static final int PATIENCE_SECONDS = 10;

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
            boolean done = FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!done) {
                System.err.println("tieout: ended before the run could be cancelled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
