package io.tieout.formats.source;

/// Whole records of a text, as one worker parses them. Its bytes are the worker's own.
///
/// @param index from 0, in the order of the text
/// @param bytes holds the records in `[0, length)`
/// @param quoted whether there may be a quote among them
/// @param openQuote where a quote is opened that nothing closes, or -1; then this is the last one
record Stretch(int index, byte[] bytes, int length, boolean quoted, int openQuote) {}
