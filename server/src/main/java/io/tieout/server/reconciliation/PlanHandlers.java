package io.tieout.server.reconciliation;

import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.PlanFile;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Nothing;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import io.tieout.server.reconciliation.ReconciliationForms.PageQuery;
import io.tieout.server.reconciliation.ReconciliationForms.PlanCheck;
import io.tieout.server.reconciliation.ReconciliationForms.PlanQuery;
import io.tieout.server.reconciliation.ReconciliationForms.PlanToCheck;
import io.tieout.server.reconciliation.ReconciliationForms.PlanVersion;
import io.tieout.server.reconciliation.ReconciliationForms.PlanVersionPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Serves the routes of plans: their versions, and checks of them.
final class PlanHandlers {
    static final String PLAN_TYPE = "text/plain; charset=utf-8";

    private final Database database;
    private final SourceLookup sources;
    private final PlanChecks checks;

    PlanHandlers(Database database, SourceLookup sources, PlanChecks checks) {
        this.database = database;
        this.sources = sources;
        this.checks = checks;
    }

    Answer versions(Call<PageQuery, Nothing> call) {
        UUID id = call.id(Resource.RECONCILIATION);
        String list = "plans " + id;
        int limit = call.query().limit().orElse(ReconciliationHandlers.USUAL_LIMIT);
        int before =
                call.query()
                        .cursor()
                        .map(text -> (int) Cursor.onlyNumber(text, list, Integer.MAX_VALUE))
                        .orElse(Integer.MAX_VALUE);
        return database.inApp(
                ReconciliationHandlers.actor(call),
                Access.READ,
                handle -> {
                    int current = ReconciliationHandlers.required(handle, id).planVersion();
                    List<StoredPlan> found = Reconciliations.plans(handle, id, before, limit + 1);
                    List<PlanVersion> items = new ArrayList<>();
                    for (StoredPlan plan : found.subList(0, Math.min(limit, found.size()))) {
                        items.add(
                                new PlanVersion(
                                        plan.version(),
                                        plan.digest(),
                                        plan.createdBy(),
                                        plan.createdAt(),
                                        plan.version() == current));
                    }
                    Optional<String> next =
                            found.size() > limit
                                    ? Optional.of(
                                            new Cursor(
                                                            list,
                                                            List.of(
                                                                    Integer.toString(
                                                                            items.getLast()
                                                                                    .version())))
                                                    .encoded())
                                    : Optional.empty();
                    return Answer.ok(new PlanVersionPage(items, next));
                });
    }

    Answer planText(Call<PlanQuery, Nothing> call) {
        UUID id = call.id(Resource.RECONCILIATION);
        StoredPlan plan =
                database.inApp(
                        ReconciliationHandlers.actor(call),
                        Access.READ,
                        handle -> {
                            int current = ReconciliationHandlers.required(handle, id).planVersion();
                            int version = call.query().version().orElse(current);
                            return Reconciliations.plan(handle, id, version)
                                    .orElseThrow(() -> noVersion(current));
                        });
        return new Answer(
                200,
                PLAN_TYPE,
                Map.of(),
                new Answer.Body.Bytes(plan.text().getBytes(StandardCharsets.UTF_8)));
    }

    private static RuntimeException noVersion(int current) {
        return Problem.invalid("?version", "is none of the versions 1 to " + current).exception();
    }

    Answer check(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.RECONCILIATION);
        PlanChecks.Found found =
                database.inApp(
                        ReconciliationHandlers.actor(call),
                        Access.READ,
                        handle -> {
                            StoredReconciliation r = ReconciliationHandlers.required(handle, id);
                            return found(
                                    handle,
                                    r.projectId(),
                                    ReconciliationHandlers.file(handle, r),
                                    false,
                                    Optional.of(r.leftDataSourceId()),
                                    Optional.of(r.rightDataSourceId()),
                                    r.maxRejects());
                        });
        return Answer.ok(checks.check(found));
    }

    PlanCheck checkNew(Call<Nothing, PlanToCheck> call) {
        PlanToCheck wanted = call.body();
        PlanInput plan;
        try {
            plan = PlanInput.of(wanted.plan());
        } catch (PlanInput.Mistaken e) {
            return PlanChecks.unreadable(e.error());
        }
        PlanChecks.Found found =
                database.inApp(
                        ReconciliationHandlers.actor(call),
                        Access.READ,
                        handle ->
                                found(
                                        handle,
                                        call.admission().project(),
                                        plan.file(),
                                        wanted.plan().isString(),
                                        wanted.leftDataSourceId(),
                                        wanted.rightDataSourceId(),
                                        wanted.maxRejects().orElse(0)));
        return checks.check(found);
    }

    private PlanChecks.Found found(
            Handle handle,
            UUID project,
            PlanFile plan,
            boolean hasLines,
            Optional<UUID> left,
            Optional<UUID> right,
            int maxRejects) {
        ReconciliationRules rules = new ReconciliationRules(sources, handle, project);
        Optional<SourceFacts> leftSource = left.flatMap(id -> rules.source(Side.LEFT, id));
        Optional<SourceFacts> rightSource = right.flatMap(id -> rules.source(Side.RIGHT, id));
        rules.columns(plan.plan(), Side.LEFT, leftSource);
        rules.columns(plan.plan(), Side.RIGHT, rightSource);
        List<InputError> errors = List.copyOf(rules.errors());
        return new PlanChecks.Found(plan, hasLines, leftSource, rightSource, maxRejects, errors);
    }
}
