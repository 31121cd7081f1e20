package io.tieout.server.reconciliation;

import io.tieout.server.http.Change;
import io.tieout.server.http.RawJson;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// What requests and answers about reconciliations look like.
final class ReconciliationForms {
    static final int MOST_REJECTS = 1_000_000;

    private ReconciliationForms() {}

    /// One that is to be made.
    record NewReconciliation(
            String name,
            UUID leftDataSourceId,
            UUID rightDataSourceId,
            @Says("an object, or a text in YAML or JSON") JsonNode plan,
            @Whole(max = MOST_REJECTS) @Says("most rows of a side that may be rejected; 0")
                    Optional<Integer> maxRejects,
            @Says("whether a job takes the open breaks of the one before it along; false")
                    Optional<Boolean> carryForward,
            @Says("when it runs by itself, in the five fields of cron: `30 6 * * 1-5`")
                    Optional<String> schedule,
            @Text(max = 64) @Says("whose clocks the schedule goes by; UTC")
                    Optional<String> timeZone) {}

    /// What is to be changed; what is left out stays.
    record ChangedReconciliation(
            Optional<String> name,
            Optional<UUID> leftDataSourceId,
            Optional<UUID> rightDataSourceId,
            @Says("a new version of the plan") Optional<JsonNode> plan,
            @Whole(max = MOST_REJECTS) Optional<Integer> maxRejects,
            Optional<Boolean> carryForward,
            @Says("null: it runs only when it is told to") Optional<Change<String>> schedule,
            @Text(max = 64) Optional<String> timeZone) {}

    /// One, without its plan.
    @Says("A reconciliation.")
    record ReconciliationSummary(
            UUID id,
            UUID projectId,
            String name,
            UUID leftDataSourceId,
            UUID rightDataSourceId,
            int planVersion,
            int maxRejects,
            boolean carryForward,
            Optional<String> schedule,
            String timeZone,
            Optional<Instant> nextRunAt,
            UUID createdBy,
            Instant createdAt,
            Instant updatedAt,
            int version) {
        static ReconciliationSummary of(StoredReconciliation r) {
            return new ReconciliationSummary(
                    r.id(),
                    r.projectId(),
                    r.name(),
                    r.leftDataSourceId(),
                    r.rightDataSourceId(),
                    r.planVersion(),
                    r.maxRejects(),
                    r.carryForward(),
                    r.schedule(),
                    r.timeZone(),
                    r.nextRunAt(),
                    r.createdBy(),
                    r.createdAt(),
                    r.updatedAt(),
                    r.version());
        }
    }

    /// One, with its plan.
    @Says("A reconciliation with its plan.")
    record Reconciliation(
            UUID id,
            UUID projectId,
            String name,
            UUID leftDataSourceId,
            UUID rightDataSourceId,
            @Says("in its canonical form") RawJson plan,
            @Says("as it was written") String planText,
            int planVersion,
            String planDigest,
            int maxRejects,
            boolean carryForward,
            Optional<String> schedule,
            String timeZone,
            Optional<Instant> nextRunAt,
            UUID createdBy,
            Instant createdAt,
            Instant updatedAt,
            int version) {
        static Reconciliation of(StoredReconciliation r, StoredPlan plan) {
            return new Reconciliation(
                    r.id(),
                    r.projectId(),
                    r.name(),
                    r.leftDataSourceId(),
                    r.rightDataSourceId(),
                    new RawJson(plan.canonical()),
                    plan.text(),
                    plan.version(),
                    plan.digest(),
                    r.maxRejects(),
                    r.carryForward(),
                    r.schedule(),
                    r.timeZone(),
                    r.nextRunAt(),
                    r.createdBy(),
                    r.createdAt(),
                    r.updatedAt(),
                    r.version());
        }
    }

    /// Which page of a list.
    record PageQuery(
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) @Says("`next_cursor` of the page before") Optional<String> cursor) {}

    /// A page of reconciliations.
    record ReconciliationPage(List<ReconciliationSummary> items, Optional<String> nextCursor) {}

    /// A version of a plan.
    record PlanVersion(
            int version, String digest, UUID createdBy, Instant createdAt, boolean current) {}

    /// A page of versions.
    record PlanVersionPage(List<PlanVersion> items, Optional<String> nextCursor) {}

    /// Which version of a plan.
    record PlanQuery(
            @Whole(min = 1) @Says("the current one where it is left out")
                    Optional<Integer> version) {}

    /// A plan that is to be checked before it is kept.
    record PlanToCheck(
            @Says("an object, or a text in YAML or JSON") JsonNode plan,
            Optional<UUID> leftDataSourceId,
            Optional<UUID> rightDataSourceId,
            @Whole(max = MOST_REJECTS) Optional<Integer> maxRejects) {}

    /// What a check found.
    record PlanCheck(
            @Says("whether a job would start") boolean valid,
            List<Mistake> errors,
            @Says("what a pass would compare at most; none where that was not found out")
                    List<Estimate> estimates,
            @Says("why there are no estimates") Optional<String> note,
            Optional<String> planDigest) {}

    /// Something that is wrong.
    record Mistake(String pointer, String problem) {}

    /// What a pass would compare.
    record Estimate(
            String pass, long pairs, @Says("how it finds them, for people") String method) {}
}
