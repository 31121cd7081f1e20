package io.tieout.engine.plan;

import java.util.Optional;

/// How a side's source is read, where its content does not say so itself.
///
/// @param key the column that names its records, distinct in each; empty: the row number names them
/// @param encoding character set (`windows-1252`); empty: found by content
/// @param delimiter CSV field separator; empty: found by content
/// @param sheet XLSX sheet name; empty: the first sheet
/// @param header whether the first row names the columns; empty: found by content. Without a header
/// the columns are named `1`, `2`, …
public record SourceSpec(
        Optional<String> key,
        Optional<String> encoding,
        Optional<Character> delimiter,
        Optional<String> sheet,
        Optional<Boolean> header) {

    /// Everything found by content, records named by their row number.
    public static final SourceSpec DEFAULT =
            new SourceSpec(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /// Everything found by content, records named by a column.
    public static SourceSpec keyedBy(String column) {
        return new SourceSpec(
                Optional.of(column),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
