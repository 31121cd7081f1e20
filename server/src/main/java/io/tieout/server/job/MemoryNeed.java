package io.tieout.server.job;

import io.tieout.server.reconciliation.SourceFacts;

/// How much memory a job is thought to need, from what is known before it starts. Measured: two
/// sides of a million records of three columns and 60 bytes run in 500 MiB and not in 380; this
/// says 475.
final class MemoryNeed {
    /// What a job needs however small it is: buffers, threads, connections.
    private static final long BASE_BYTES = 16L << 20;

    /// For each record: its place in indices, blocks, candidates and matches.
    private static final long RECORD_BYTES = 150;

    /// What a value is at least thought to take: an upload may be compressed.
    private static final long VALUE_BYTES = 24;

    private MemoryNeed() {}

    /// In MiB, at least 1.
    static int megabytes(SourceFacts left, SourceFacts right) {
        long bytes = BASE_BYTES + of(left) + of(right);
        return (int) Math.min(Integer.MAX_VALUE, (bytes >> 20) + 1);
    }

    private static long of(SourceFacts source) {
        long values = source.recordCount() * VALUE_BYTES * source.columns().size();
        // Columns are held twice while they grow and while they are put together.
        long content = source.sizeBytes() + source.sizeBytes() / 2;
        return source.recordCount() * RECORD_BYTES + Math.max(content, values);
    }
}
