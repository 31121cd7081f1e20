package io.tieout.server.source;

import java.util.Optional;
import java.util.UUID;

/// A data source whose file was received and whose records are not loaded yet.
///
/// @param options what was said of the file, as JSON
record NewSource(
        UUID id,
        UUID projectId,
        String name,
        Optional<String> fileName,
        String options,
        Optional<String> keyColumn,
        long sizeBytes,
        byte[] digest,
        UUID nodeId,
        UUID createdBy) {}
