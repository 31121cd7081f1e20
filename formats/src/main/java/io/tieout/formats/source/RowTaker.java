package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;

/// Takes the rows of one stretch of a source from its parser. For one thread.
///
/// @param <P> what the rows become
interface RowTaker<P extends Parsed> {
    /// Takes a row, or rejects it for one of its values.
    ///
    /// @param line where the row starts, from 1 within the stretch
    /// @throws FailureException at that line when the source must be refused for the row
    void add(Cells cells, long line);

    /// Takes rows as [#add] does.
    void addAll(Spans rows);

    /// Rejects a row as a whole.
    ///
    /// @param line where the row starts, from 1 within the stretch
    void reject(long line, String reason);

    /// Rejects a row for one of its values, before the others are known.
    ///
    /// @param line where the row starts, from 1 within the stretch
    void reject(long line, int slot, String reason);

    /// What the rows became; the taker must not be used afterwards.
    ///
    /// @param lineCount line ends in the stretch
    P build(long lineCount);
}
