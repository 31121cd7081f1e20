package io.tieout.formats.source;

import java.util.List;

/// A source whose rows were read to the end.
///
/// @param info its rows include rejected ones
/// @param columns all of them, each name once; those that were known at the start keep their places
/// @param rejected how many rows could not be taken
public record RowsRead(SourceInfo info, List<String> columns, int rejected) {
    public RowsRead {
        columns = List.copyOf(columns);
    }
}
