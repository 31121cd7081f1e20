package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// All breaks that wait, written off at once.
final class BulkWork implements Work {
    private static final String TAKEN =
            "select count(*) from reconciliation_decisions where reason = ?";
    private static final String CHANGED =
            """
            select count(*) from reconciliation_results r join reconciliation_decisions d on d.number = r.last_decision
             where d.reason = ?
            """;
    private static final String KEPT =
            """
            select count(*) from reconciliation_decision_results r
              join reconciliation_decisions d on d.number = r.decision where d.reason = ?
            """;

    private final Scene scene;
    private final String reason;
    private final long open;
    private Optional<UUID> id = Optional.empty();

    BulkWork(Scene scene, ApiClient api) {
        this.scene = scene;
        this.reason = scene.name();
        this.open = Review.open(api, scene.reviewed);
    }

    /// How many it writes off.
    long size() {
        return open;
    }

    @Override
    public void act(ApiClient api) {
        if (id.isEmpty()) {
            ApiClient keyed = api.with("Idempotency-Key", "bulk-" + reason);
            Object body =
                    Map.of(
                            "action",
                            "write_off",
                            "reason_code",
                            "timing",
                            "reason",
                            reason,
                            "filter",
                            Map.of("kind", "break", "status", "open"),
                            "expected_count",
                            open);
            String path = Scene.job(scene.reviewed) + "/decisions";
            id = Optional.of(Calls.done(() -> keyed.post(path, body)).id("id"));
        }
    }

    UUID decision() {
        return id.orElseThrow();
    }

    @Override
    public boolean isAnswered() {
        return id.isPresent();
    }

    @Override
    public boolean hasEffect(Books books) {
        return books.count(TAKEN, reason) > 0;
    }

    @Override
    public void check(ApiClient api, Books books, Findings findings) {
        findings.count("decisions in bulk", 1, books.count(TAKEN, reason));
        findings.count("results of a decision", open, books.count(KEPT, reason));
        findings.count("results that changed", open, books.count(CHANGED, reason));
        findings.count("entries of a decision", 1, books.audited("decision.write_off", decision()));
        findings.count("open breaks", 0, Review.open(api, scene.reviewed));
        Review.checkTotals(api, books, scene.reviewed, findings);
        // For the next one.
        UndoWork undo = new UndoWork(scene, this);
        undo.act(api);
    }
}
