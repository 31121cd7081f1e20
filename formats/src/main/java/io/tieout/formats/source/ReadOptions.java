package io.tieout.formats.source;

import io.tieout.engine.run.Progress;

/// How a source is read, and how much of everything is accepted from it.
///
/// @param threads threads that parse at once, 1 to 1,024; what is read does not depend on it
/// @param maxRejects most rows that may be rejected; one more is a failure
/// @param limits sizes beyond which a source is refused
/// @param progress hears of bytes read, and may cancel
public record ReadOptions(int threads, int maxRejects, Limits limits, Progress progress) {
    public ReadOptions {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException(
                    "threads lie between 1 and 1,024, not at " + threads);
        }
        if (maxRejects < 0) {
            throw new IllegalArgumentException("rejects are allowed from 0, not " + maxRejects);
        }
    }

    /// One thread, no rejects, the usual limits, nobody listening.
    public static final ReadOptions DEFAULT = new ReadOptions(1, 0, Limits.DEFAULT, Progress.NONE);

    /// Sizes beyond which a source is refused.
    ///
    /// @param maxBytes of the content, after decompression
    /// @param maxRecordBytes of one record; a quote left open ends here
    /// @param maxColumns of one record
    public record Limits(long maxBytes, int maxRecordBytes, int maxColumns) {
        /// 256 GiB of content, 16 MiB a record, 16,384 columns (as many as a sheet has).
        public static final Limits DEFAULT = new Limits(256L << 30, 16 << 20, 16_384);
    }
}
