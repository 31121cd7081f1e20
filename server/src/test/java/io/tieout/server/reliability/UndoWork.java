package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;

/// A decision on many results that is undone.
final class UndoWork implements Work {
    private static final String UNDONE =
            "select count(*) from reconciliation_decisions where id = ? and status = 'undone'";

    private final Scene scene;
    private final BulkWork bulk;
    private boolean answered;

    /// @param bulk was done
    UndoWork(Scene scene, BulkWork bulk) {
        this.scene = scene;
        this.bulk = bulk;
    }

    @Override
    public void act(ApiClient api) {
        if (!answered) {
            Reply reply = api.post("/api/decisions/" + bulk.decision() + "/undo");
            // What was undone before, unanswered, needs no undoing any more.
            boolean over = reply.status() == 409 && reply.problem().equals("decision-is-over");
            if (!over && reply.status() != 200) {
                throw new AssertionError(reply.toString());
            }
            answered = true;
        }
    }

    @Override
    public boolean isAnswered() {
        return answered;
    }

    @Override
    public boolean hasEffect(Books books) {
        return books.count(UNDONE, bulk.decision()) > 0;
    }

    @Override
    public void check(ApiClient api, Books books, Findings findings) {
        findings.count("undone decisions", 1, books.count(UNDONE, bulk.decision()));
        findings.count("entries of an undo", 1, books.audited("decision.undo", bulk.decision()));
        findings.count("open breaks", bulk.size(), Review.open(api, scene.reviewed));
        Review.checkTotals(api, books, scene.reviewed, findings);
    }
}
