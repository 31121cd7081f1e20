package io.tieout.formats.source;

/// How a CSV file is written.
///
/// @param delimiter what separates fields
/// @param lineEnd the byte that ends a record: `\n` (after an optional `\r`), or `\r` alone
/// @param header whether the first record names the columns
record Dialect(byte delimiter, byte lineEnd, boolean header) {
    static final byte QUOTE = '"';
}
