package io.tieout.formats.source;

/// What a parser made of one stretch of a text.
interface Parsed {
    /// Rows that could not be taken.
    int rejected();

    /// Line ends in the stretch.
    long lineCount();
}
