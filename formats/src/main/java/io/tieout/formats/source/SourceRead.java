package io.tieout.formats.source;

import io.tieout.engine.table.Table;
import java.util.List;

/// One side, read: its records, what could not become one, and what is known of the source.
///
/// @param table a column for each field of the plan
/// @param rejects in the order of their lines
/// @param rejectedTotals amounts of the rejects, by field and currency
public record SourceRead(
        Table table, List<Reject> rejects, List<RejectedTotal> rejectedTotals, SourceInfo info) {
    public SourceRead {
        rejects = List.copyOf(rejects);
        rejectedTotals = List.copyOf(rejectedTotals);
    }
}
