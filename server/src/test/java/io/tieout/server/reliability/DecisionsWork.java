package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Breaks that are written off one after the other.
final class DecisionsWork implements Work {
    private static final String TAKEN =
            "select count(*) from reconciliation_decisions where reason = ?";

    private final Scene scene;
    private final String name;
    private final List<UUID> results;
    private final List<String> versions;
    private int answered;

    DecisionsWork(Scene scene, ApiClient api, List<UUID> results) {
        this.scene = scene;
        this.name = scene.name();
        this.results = results;
        this.versions = results.stream().map(result -> version(api, result)).toList();
    }

    private static String version(ApiClient api, UUID result) {
        return Calls.done(() -> api.get("/api/results/" + result)).header("etag").orElseThrow();
    }

    private static String next(String version) {
        return "\"" + (Long.parseLong(version.replace("\"", "")) + 1) + "\"";
    }

    private String reason(int i) {
        return name + "-" + i;
    }

    @Override
    public void act(ApiClient api) {
        while (answered < results.size()) {
            ApiClient keyed =
                    api.with("Idempotency-Key", "decision-" + reason(answered))
                            .with("If-Match", versions.get(answered));
            Map<String, Object> body =
                    Map.of(
                            "action", "write_off",
                            "reason_code", "timing",
                            "reason", reason(answered));
            String path = "/api/results/" + results.get(answered) + "/decisions";
            Calls.done(() -> keyed.post(path, body));
            answered++;
        }
    }

    @Override
    public boolean isAnswered() {
        return answered == results.size();
    }

    @Override
    public boolean hasEffect(Books books) {
        return books.count(TAKEN, reason(answered)) > 0;
    }

    @Override
    public void check(ApiClient api, Books books, Findings findings) {
        for (int i = 0; i < results.size(); i++) {
            findings.count("decisions", 1, books.count(TAKEN, reason(i)));
            findings.count(
                    "entries of a decision",
                    1,
                    books.count(
                            """
                            select count(*) from audit_log a join reconciliation_decisions d on d.id::text = a.subject_id
                             where a.action = 'decision.write_off' and d.reason = ?
                            """,
                            reason(i)));
            findings.count(
                    "results of a decision",
                    1,
                    books.count(
                            """
                            select count(*) from reconciliation_decision_results r
                              join reconciliation_decisions d on d.number = r.decision where d.reason = ?
                            """,
                            reason(i)));
            findings.same(
                    "a result's version", next(versions.get(i)), version(api, results.get(i)));
        }
        Review.checkTotals(api, books, scene.reviewed, findings);
    }
}
