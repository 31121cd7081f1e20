package io.tieout.formats.source;

/// Takes the rows of a source. It is called by one thread at a time, not always the same; what it
/// throws ends the reading and is thrown on.
public interface RowSink {
    /// What the first bytes say of the source; once, before any batch.
    void start(RowSource source);

    /// The next rows, in the order of the source. The batch is written over when this returns.
    void accept(RowBatch batch);
}
