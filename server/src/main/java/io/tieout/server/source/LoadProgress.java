package io.tieout.server.source;

import io.tieout.engine.run.Progress;
import java.util.concurrent.atomic.LongAdder;

/// How far one load is, and whether it should end.
final class LoadProgress implements Progress {
    private final LongAdder bytes = new LongAdder();
    private final long sizeBytes;
    private volatile boolean cancelled;

    LoadProgress(long sizeBytes) {
        this.sizeBytes = Math.max(1, sizeBytes);
    }

    @Override
    public void advance(long units) {
        bytes.add(units);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    /// From 0 to 1; what comes after the last byte is not counted, so it is never quite 1.
    double fraction() {
        return Math.min(0.99, (double) bytes.sum() / sizeBytes);
    }
}
