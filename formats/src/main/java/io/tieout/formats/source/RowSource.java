package io.tieout.formats.source;

import java.util.List;
import java.util.Optional;

/// What is known of a source before its rows are read.
///
/// @param format found by content
/// @param compression `none`, `gzip` or `zstd`
/// @param encoding the character set of a text; empty for a sheet
/// @param delimiter of a CSV text
/// @param sheet the name of the sheet that is read
/// @param header whether a record names the columns; false for JSON Lines, whose objects do
/// @param columns each name once; those of JSON Lines are known only as they come
public record RowSource(
        SourceFormat format,
        String compression,
        Optional<String> encoding,
        Optional<Character> delimiter,
        Optional<String> sheet,
        boolean header,
        List<String> columns) {
    public RowSource {
        columns = List.copyOf(columns);
    }
}
