package io.tieout.formats.source;

import io.tieout.engine.failure.Place;

/// Takes the rows of a sheet from its reader.
interface SheetRows {
    /// The columns were found; called once, before any row.
    ///
    /// @param place where the header is, or the first row without one
    void columns(String sheet, Header header, Place place);

    /// How many slots there are at least.
    int slots();

    /// The slot for a cell's value, or [Layout#UNUSED].
    ///
    /// @param column of the sheet, from 0
    int slot(int column);

    /// What takes the next row.
    RowTaker<?> rows();

    /// Whether rows after the last are wanted.
    boolean wantsMore();
}
