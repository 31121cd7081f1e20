package io.tieout.server.job;

import io.tieout.formats.outcome.RunRecord;
import io.tieout.formats.outcome.Summary;
import io.tieout.server.http.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// The numbers of a run as they are kept: JSON, the same that the command writes into
/// `summary.json`.
///
/// @param digest 64 hexadecimal digits
record JobNumbers(
        String counts, String controlTotals, String digests, String digest, String seconds) {
    static JobNumbers of(RunRecord run) {
        JsonNode summary = Json.tree(Summary.json(run));
        return new JobNumbers(
                text(summary.get("counts")),
                text(summary.get("control_totals")),
                text(summary.get("digests")),
                run.outcome().digest(),
                text(summary.get("seconds")));
    }

    private static String text(JsonNode node) {
        return new String(Json.writeTree(node), StandardCharsets.UTF_8);
    }
}
