package io.tieout.server.reconciliation;

import io.tieout.formats.source.SourceFormat;
import java.util.List;
import java.util.UUID;

/// A data source, as far as reconciliations and jobs need to know it.
///
/// @param number names it in the table of its records
/// @param segment the part of that table in which they are
/// @param name what users call it; the sources of a series have one name
/// @param columns their names, in order; empty while it is loading
/// @param recordCount rows that are kept
/// @param rejectedCount rows that were rejected when it was loaded
/// @param sizeBytes of the upload
/// @param sha256 of the upload, 64 hexadecimal digits
public record SourceFacts(
        UUID id,
        long number,
        int segment,
        UUID projectId,
        String name,
        Status status,
        List<String> columns,
        long recordCount,
        long rejectedCount,
        long sizeBytes,
        String sha256,
        SourceFormat format) {
    public SourceFacts {
        columns = List.copyOf(columns);
    }

    /// How far it is.
    public enum Status {
        LOADING,
        READY,
        FAILED,
        CANCELLED
    }
}
