package io.tieout.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Fills a project with one of everything that a path can name.
final class ProjectFilling {
    static final String PLAN =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              note: note
              amount: {left: amount, right: amount, type: amount}
            passes:
              - {name: same, match: {note: exact, amount: exact}}
            """;

    private static final long PATIENCE_MILLIS = 60_000;

    private final ApiClient owner;
    private final String mark;

    private ProjectFilling(ApiClient owner, String mark) {
        this.owner = owner;
        this.mark = mark;
    }

    /// Makes it.
    ///
    /// @param mark a text that is in everything, and in nothing of other projects
    /// @return ids by the names of path parameters
    static Map<String, UUID> fill(ApiClient owner, String mark) {
        return new ProjectFilling(owner, mark).fill();
    }

    private Map<String, UUID> fill() {
        Map<String, UUID> ids = new LinkedHashMap<>();
        UUID project = made(owner.post("/api/projects", Map.of("name", mark)));
        String path = "/api/projects/" + project;
        ids.put("project_id", project);
        ids.put("user_id", owner.get("/api/auth/me").id("id"));
        ids.put(
                "service_token_id",
                made(owner.post(path + "/service-tokens", Map.of("name", mark, "role", "viewer"))));
        UUID left = upload(path, "1,10.00," + mark + "\n2,20.00," + mark + "\n");
        UUID right = upload(path, "3,10.00," + mark + "\n");
        ids.put("data_source_id", left);
        UUID reconciliation =
                made(
                        owner.post(
                                path + "/reconciliations",
                                Map.of(
                                        "name", mark,
                                        "left_data_source_id", left,
                                        "right_data_source_id", right,
                                        "plan", PLAN)));
        ids.put("reconciliation_id", reconciliation);
        UUID job = made(owner.post("/api/reconciliations/" + reconciliation + "/jobs"));
        ids.put("job_id", job);
        await(owner, "/api/jobs/" + job, "succeeded");
        UUID result =
                UUID.fromString(
                        owner.get("/api/jobs/" + job + "/results?kind=break")
                                .items()
                                .getFirst()
                                .get("id")
                                .stringValue());
        ids.put("result_id", result);
        ids.put(
                "decision_id",
                made(
                        owner.post(
                                "/api/results/" + result + "/decisions",
                                Map.of("action", "comment", "comment", mark))));
        return ids;
    }

    private static UUID made(ApiClient.Reply reply) {
        if (reply.status() / 100 != 2) {
            throw new AssertionError(reply.toString());
        }
        return reply.id("id");
    }

    private UUID upload(String path, String rows) {
        UUID id =
                made(
                        owner.post(
                                path + "/data-sources?key=id&name=" + mark,
                                "application/octet-stream",
                                ("id,amount,note\n" + rows).getBytes(UTF_8)));
        await(owner, "/api/data-sources/" + id, "ready");
        return id;
    }

    /// Waits until something has a status.
    static void await(ApiClient owner, String path, String status) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        String now = "";
        while (System.currentTimeMillis() < end) {
            now = owner.get(path).text("status");
            if (now.equals(status)) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
        throw new AssertionError(path + " is " + now);
    }
}
