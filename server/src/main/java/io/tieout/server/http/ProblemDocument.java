package io.tieout.server.http;

import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A problem as it is sent.
final class ProblemDocument {
    private ProblemDocument() {}

    static byte[] of(Problem problem, String requestId) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/api/docs#problem-" + problem.type());
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("detail", problem.detail());
        document.put("request_id", requestId);
        if (!problem.errors().isEmpty()) {
            document.put("errors", problem.errors().stream().map(ProblemDocument::error).toList());
        }
        return Json.writeTree(document);
    }

    private static Map<String, String> error(InputError error) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("pointer", error.pointer());
        members.put("problem", error.problem());
        return members;
    }

    /// The JSON Schema of what [#of] gives.
    static Map<String, Object> schema() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> error =
                Map.of(
                        "type", "object",
                        "properties", Map.of("pointer", text, "problem", text),
                        "required", List.of("pointer", "problem"));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", text);
        properties.put("title", text);
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", text);
        properties.put("request_id", text);
        properties.put("errors", Map.of("type", "array", "items", error));
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.of("type", "title", "status", "detail", "request_id"));
    }
}
