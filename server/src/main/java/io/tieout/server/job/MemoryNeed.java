package io.tieout.server.job;

import io.tieout.server.reconciliation.SourceFacts;

/// How much memory a job is thought to need, from what is known before it starts.
final class MemoryNeed {
    /// What a job needs however small it is: buffers, threads, connections.
    private static final long BASE_BYTES = 16L << 20;

    /// For each record: its place in indices, blocks, candidates and matches.
    private static final long RECORD_BYTES = 120;

    /// Compressed uploads and wide numbers: a column of a record is at least as much as this.
    private static final long COLUMN_BYTES = 12;

    private MemoryNeed() {}

    /// In MiB, at least 1.
    static int megabytes(SourceFacts left, SourceFacts right) {
        long bytes = BASE_BYTES + of(left) + of(right);
        return (int) Math.min(Integer.MAX_VALUE, (bytes >> 20) + 1);
    }

    private static long of(SourceFacts source) {
        long cells = source.recordCount() * COLUMN_BYTES * source.columns().size();
        return source.recordCount() * RECORD_BYTES + Math.max(source.sizeBytes(), cells);
    }
}
