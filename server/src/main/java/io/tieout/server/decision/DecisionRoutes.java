package io.tieout.server.decision;

import io.tieout.server.access.ProjectFinder;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.decision.DecisionForms.DecisionPage;
import io.tieout.server.decision.DecisionForms.DecisionQuery;
import io.tieout.server.decision.DecisionForms.DecisionView;
import io.tieout.server.decision.DecisionForms.NewDecision;
import io.tieout.server.decision.DecisionForms.NewDecisions;
import io.tieout.server.decision.DecisionForms.PendingQuery;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.RouteBuilder;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.result.ReviewedJob;
import io.tieout.server.result.ReviewedJob.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The routes of decisions.
public final class DecisionRoutes {
    /// How the project of a decision is found.
    public static final ProjectFinder FINDER =
            ProjectFinder.by("select project_id from reconciliation_decisions where id = :id");

    private static final String TAG = "decisions";
    private static final String ONE = "/api/decisions/{decision_id}";
    private static final String OF_JOB = "/api/jobs/{job_id}/decisions";
    private static final UUID AFTER_ALL = new UUID(-1, -1);
    private static final int USUAL_LIMIT = 50;

    private final Database database;
    private final Idempotency idempotency;
    private final Decisions decisions;

    DecisionRoutes(Database database, Idempotency idempotency, Decisions decisions) {
        this.database = database;
        this.idempotency = idempotency;
        this.decisions = decisions;
    }

    /// The routes of the feature.
    ///
    /// @param ids makes the ids of decisions
    public static List<Route<?, ?>> of(Database database, Idempotency idempotency, Ids ids) {
        return new DecisionRoutes(database, idempotency, new Decisions(ids)).routes();
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.post("/api/results/{result_id}/decisions")
                        .forMembers(Permission.RESULT_DECIDE, Resource.RESULT)
                        .creates()
                        .named(
                                "decideOnResult",
                                TAG,
                                "Decides on a result. Needs `If-Match`, but for a comment.")
                        .body(NewDecision.class)
                        .answers(201, DecisionView.class, "The decision.")
                        .handle(this::decideOnOne),
                Route.post(OF_JOB)
                        .forMembers(Permission.RESULT_DECIDE, Resource.JOB)
                        .creates()
                        .named(
                                "decideOnResults",
                                TAG,
                                "Decides on results that are named, or that meet a filter, at once.")
                        .body(NewDecisions.class)
                        .answers(201, DecisionView.class, "The decision.")
                        .handle(this::decideOnMany),
                Route.get(OF_JOB)
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named("listDecisions", TAG, "Lists the decisions on a job's results.")
                        .query(DecisionQuery.class)
                        .answers(200, DecisionPage.class, "A page of them, the latest first.")
                        .handle(this::list),
                Route.get("/api/projects/{project_id}/decisions")
                        .forMembers(Permission.PROJECT_READ, Resource.PROJECT)
                        .named(
                                "listPendingDecisions",
                                TAG,
                                "Lists the decisions in a project that wait for approval.")
                        .query(PendingQuery.class)
                        .answers(200, DecisionPage.class, "A page of them, the latest first.")
                        .handle(this::pending),
                Route.get(ONE)
                        .forMembers(Permission.PROJECT_READ, Resource.DECISION)
                        .named("getDecision", TAG, "Shows a decision.")
                        .answers(200, DecisionView.class, "The decision.")
                        .handle(this::get),
                settling("approve", "approveDecision", "Approves a decision that waits.")
                        .handle(call -> settle(call, decisions::approve)),
                settling("decline", "declineDecision", "Declines a decision that waits.")
                        .handle(call -> settle(call, decisions::decline)),
                settling("undo", "undoDecision", "Undoes the latest decision on its results.")
                        .handle(call -> settle(call, decisions::undo)));
    }

    private static RouteBuilder<Nothing, Nothing> settling(String verb, String name, String says) {
        return Route.post(ONE + "/" + verb)
                .forMembers(Permission.RESULT_DECIDE, Resource.DECISION)
                .named(name, TAG, says)
                .answers(200, DecisionView.class, "The decision as it is now.");
    }

    /// Carries a decision on.
    @FunctionalInterface
    private interface Settling {
        void settle(Handle handle, UUID decision, UUID caller);
    }

    private Answer settle(Call<Nothing, Nothing> call, Settling settling) {
        UUID id = call.id(Resource.DECISION);
        return database.inApp(
                call.actor(),
                handle -> {
                    settling.settle(handle, id, call.caller().userId());
                    return Answer.ok(view(handle, id));
                });
    }

    private static DecisionView view(Handle handle, UUID id) {
        return DecisionStore.view(handle, id).orElseThrow(() -> Problem.notFound().exception());
    }

    private Answer decideOnOne(Call<Nothing, NewDecision> call) {
        NewDecision body = call.body();
        Terms terms = Terms.of(body);
        requireIds(body.action() == Action.MATCH, body.resultIds());
        Optional<Integer> version =
                body.action() == Action.COMMENT ? Optional.empty() : Optional.of(call.ifMatch());
        UUID resultId = call.id(Resource.RESULT);
        return idempotency.once(
                call,
                handle -> {
                    ReviewedJob job = ReviewedJob.hold(handle, ReviewedJob.jobOf(handle, resultId));
                    Target target = one(job, resultId);
                    if (version.isPresent() && version.get() != target.version()) {
                        throw Problem.changedMeanwhile().exception();
                    }
                    List<Target> targets = new ArrayList<>(List.of(target));
                    List<UUID> others = body.resultIds().orElse(List.of());
                    if (others.contains(resultId)) {
                        throw Problem.invalid("/result_ids", "names the result of the path too")
                                .exception();
                    }
                    targets.addAll(job.targets(others, "/result_ids"));
                    UUID id = decisions.take(handle, job, terms, targets, "/result_ids");
                    return Answer.created("/api/decisions/" + id, view(handle, id))
                            .version(one(job, resultId).version());
                });
    }

    private static Target one(ReviewedJob job, UUID resultId) {
        return job.targets(List.of(resultId), "").getFirst();
    }

    private static void requireIds(boolean needed, Optional<List<UUID>> ids) {
        if (needed && ids.orElse(List.of()).isEmpty()) {
            throw Problem.invalid("/result_ids", "names no other break to match with").exception();
        }
        if (!needed && ids.isPresent()) {
            throw Problem.invalid("/result_ids", "is for `match` only").exception();
        }
    }

    private Answer decideOnMany(Call<Nothing, NewDecisions> call) {
        NewDecisions body = call.body();
        Terms terms = Terms.of(body);
        if (body.resultIds().isPresent() == body.filter().isPresent()) {
            throw Problem.invalid("", "takes one of `result_ids` and `filter`").exception();
        }
        if (body.filter().isPresent() != body.expectedCount().isPresent()) {
            throw Problem.invalid("/expected_count", "goes with `filter`, which needs it")
                    .exception();
        }
        if (body.filter().isPresent() && body.action() == Action.MATCH) {
            throw Problem.invalid("/filter", "is not for `match`; name the breaks").exception();
        }
        return idempotency.once(
                call,
                handle -> {
                    ReviewedJob job = ReviewedJob.hold(handle, call.id(Resource.JOB));
                    UUID id =
                            body.filter().isPresent()
                                    ? decisions.take(
                                            handle,
                                            job,
                                            terms,
                                            body.filter().get(),
                                            call.caller().userId(),
                                            body.expectedCount().orElse(0L))
                                    : decisions.take(
                                            handle,
                                            job,
                                            terms,
                                            job.targets(
                                                    body.resultIds().orElse(List.of()),
                                                    "/result_ids"),
                                            "/result_ids");
                    return Answer.created("/api/decisions/" + id, view(handle, id));
                });
    }

    private Answer get(Call<Nothing, Nothing> call) {
        return database.inApp(
                call.actor(),
                Access.READ,
                handle -> Answer.ok(view(handle, call.id(Resource.DECISION))));
    }

    private Answer list(Call<DecisionQuery, Nothing> call) {
        UUID job = call.id(Resource.JOB);
        return page(
                call,
                call.query(),
                "decisions " + job,
                (handle, before, limit) -> DecisionStore.ofJob(handle, job, before, limit));
    }

    private Answer pending(Call<PendingQuery, Nothing> call) {
        UUID project = call.id(Resource.PROJECT);
        return page(
                call,
                call.query().page(),
                "pending decisions " + project,
                (handle, before, limit) -> DecisionStore.pending(handle, project, before, limit));
    }

    /// Fetches decisions before one, the latest first.
    @FunctionalInterface
    private interface Fetch {
        List<DecisionView> before(Handle handle, UUID before, int limit);
    }

    private Answer page(Call<?, ?> call, DecisionQuery query, String list, Fetch fetch) {
        int limit = query.limit().orElse(USUAL_LIMIT);
        UUID before = query.cursor().map(c -> Cursor.onlyId(c, list)).orElse(AFTER_ALL);
        return database.inApp(
                call.actor(),
                Access.READ,
                handle -> {
                    List<DecisionView> found = fetch.before(handle, before, limit + 1);
                    List<DecisionView> shown = found.subList(0, Math.min(limit, found.size()));
                    Optional<String> next =
                            found.size() > limit
                                    ? Optional.of(
                                            new Cursor(
                                                            list,
                                                            List.of(
                                                                    shown.getLast()
                                                                            .id()
                                                                            .toString()))
                                                    .encoded())
                                    : Optional.empty();
                    return Answer.ok(new DecisionPage(shown, next));
                });
    }
}
