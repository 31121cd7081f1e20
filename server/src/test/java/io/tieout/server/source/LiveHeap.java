package io.tieout.server.source;

import java.lang.management.ManagementFactory;

/// How much more of the heap is in use than before, garbage not counted: looked at again and again
/// while it is open.
final class LiveHeap implements AutoCloseable {
    private static final long EVERY_MILLIS = 300;

    private final long before;
    private final Thread thread;
    private volatile long most;
    private volatile boolean over;

    LiveHeap() {
        before = live();
        most = before;
        thread = Thread.ofPlatform().daemon().name("live-heap").start(this::look);
    }

    /// Garbage is collected first: what is in use then is what somebody holds.
    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void look() {
        try {
            while (!over) {
                most = Math.max(most, live());
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The most that it grew by so far, in bytes.
    long growth() {
        return most - before;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
