package io.tieout.server.source;

import io.tieout.server.http.Json;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A data source that this node has to load.
///
/// @param options what was said of the file when it was uploaded, as JSON
record PendingLoad(
        UUID id,
        long number,
        UUID projectId,
        String name,
        Optional<String> keyColumn,
        String options,
        long sizeBytes) {
    private static final int USUAL_MAX_REJECTS = 1000;

    /// How many rows may be rejected.
    int maxRejects() {
        JsonNode said = Json.tree(options).get("max_rejects");
        return said == null ? USUAL_MAX_REJECTS : said.intValue();
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(Json.tree(options).get(option)).map(JsonNode::stringValue);
    }

    Optional<Boolean> flag(String option) {
        return Optional.ofNullable(Json.tree(options).get(option)).map(JsonNode::booleanValue);
    }
}
