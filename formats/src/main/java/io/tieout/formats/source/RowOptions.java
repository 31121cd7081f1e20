package io.tieout.formats.source;

import io.tieout.engine.plan.SourceSpec;

/// How a source is read as rows.
///
/// @param reading threads, rejects, limits, and who hears of progress and may cancel
/// @param source what is said of the source where its content does not say it; its key is not used.
/// Without a word about a header, one is looked for
/// @param maxCellBytes most bytes of UTF-8 that one cell may have; a longer one is a reject
public record RowOptions(ReadOptions reading, SourceSpec source, int maxCellBytes) {
    public RowOptions {
        if (maxCellBytes < 1) {
            throw new IllegalArgumentException("a cell has at least 1 byte, not " + maxCellBytes);
        }
    }

    /// [ReadOptions#DEFAULT], everything found by content, cells of up to 1 MiB.
    public static final RowOptions DEFAULT =
            new RowOptions(ReadOptions.DEFAULT, SourceSpec.DEFAULT, 1 << 20);
}
