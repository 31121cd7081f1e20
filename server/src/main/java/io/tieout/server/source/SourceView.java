package io.tieout.server.source;

import io.tieout.server.http.RawJson;
import io.tieout.server.http.Says;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A data source as the API shows it.
record SourceView(
        UUID id,
        UUID projectId,
        String name,
        @Says("as the sender called the file") Optional<String> fileName,
        @Says("`loading`, `ready`, `failed` or `cancelled`") String status,
        @Says("`csv`, `json-lines` or `xlsx`, found by content") Optional<String> format,
        @Says("what was said of the file when it was uploaded") RawJson options,
        @Says("the column whose values name the records, where one was said")
                Optional<String> keyColumn,
        @Says("of the file as it was sent") long sizeBytes,
        @Says("SHA-256 of the file in hex") String digest,
        @Says("how many rows became records") long recordCount,
        @Says("how many rows could not; see `rejects`") long rejectedCount,
        @Says("each column's profile") RawJson columns,
        @Says("how much of the file is loaded, 0 to 1") double progress,
        @Says("why it failed and what to do") Optional<RawJson> failure,
        @Says("data sources of the project with the same content") List<UUID> sameContentAs,
        UUID createdBy,
        Instant createdAt,
        Optional<Instant> finishedAt) {}
