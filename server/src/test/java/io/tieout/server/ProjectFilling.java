package io.tieout.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Fills a project with one of everything that a path can name.
final class ProjectFilling {
    private ProjectFilling() {}

    /// Makes it.
    ///
    /// @param mark a text that is in everything, and in nothing of other projects
    /// @return ids by the names of path parameters
    static Map<String, UUID> fill(ApiClient owner, String mark) {
        Map<String, UUID> ids = new LinkedHashMap<>();
        UUID project = owner.post("/api/projects", Map.of("name", mark)).id("id");
        String path = "/api/projects/" + project;
        ids.put("project_id", project);
        ids.put("user_id", owner.get("/api/auth/me").id("id"));
        ids.put(
                "service_token_id",
                owner.post(path + "/service-tokens", Map.of("name", mark, "role", "viewer"))
                        .id("id"));
        ids.put("data_source_id", upload(owner, path, mark));
        return ids;
    }

    private static UUID upload(ApiClient owner, String path, String mark) {
        String csv = "id,amount,note\n1,10.00," + mark + "\n2,20.00," + mark + "\n";
        ApiClient.Reply upload =
                owner.post(
                        path + "/data-sources?key=id&name=" + mark,
                        "application/octet-stream",
                        csv.getBytes(UTF_8));
        UUID id = upload.id("id");
        while (owner.get("/api/data-sources/" + id).text("status").equals("loading")) {
            Thread.onSpinWait();
        }
        return id;
    }
}
