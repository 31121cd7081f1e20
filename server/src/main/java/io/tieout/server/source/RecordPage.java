package io.tieout.server.source;

import io.tieout.server.http.RawJson;
import io.tieout.server.http.Says;
import java.util.List;
import java.util.Optional;

/// A page of records in the order of their rows.
record RecordPage(List<RecordView> items, Optional<String> nextCursor) {
    /// One record as it was written.
    record RecordView(
            @Says("from 1, rejected rows counted") int row,
            @Says("where the row starts in the file, from 1") long line,
            Optional<String> key,
            @Says("each column's text by its name; null where the row has none") RawJson values) {}
}
