package io.tieout.server.reconciliation;

import io.tieout.server.access.ProjectFinder;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.reconciliation.ReconciliationForms.ChangedReconciliation;
import io.tieout.server.reconciliation.ReconciliationForms.NewReconciliation;
import io.tieout.server.reconciliation.ReconciliationForms.PageQuery;
import io.tieout.server.reconciliation.ReconciliationForms.PlanCheck;
import io.tieout.server.reconciliation.ReconciliationForms.PlanQuery;
import io.tieout.server.reconciliation.ReconciliationForms.PlanToCheck;
import io.tieout.server.reconciliation.ReconciliationForms.PlanVersionPage;
import io.tieout.server.reconciliation.ReconciliationForms.Reconciliation;
import io.tieout.server.reconciliation.ReconciliationForms.ReconciliationPage;
import java.util.List;

/// The routes of reconciliations.
public final class ReconciliationRoutes {
    /// How the project of a reconciliation is found.
    public static final ProjectFinder FINDER =
            ProjectFinder.by(
                    "select project_id from reconciliations where id = :id and deleted_at is null");

    static final String OF_PROJECT = "/api/projects/{project_id}/reconciliations";
    static final String ONE = "/api/reconciliations/{reconciliation_id}";

    private static final String TAG = "reconciliations";

    /// A plan of 1 MiB may be written with an escape for each of its characters.
    private static final int MOST_BYTES = 3 << 20;

    private final ReconciliationHandlers handlers;

    public ReconciliationRoutes(ReconciliationHandlers handlers) {
        this.handlers = handlers;
    }

    /// The routes of this feature.
    public List<Route<?, ?>> routes() {
        return List.of(
                create(),
                list(),
                get(),
                change(),
                delete(),
                versions(),
                planText(),
                check(),
                checkNew());
    }

    private Route<?, ?> create() {
        return Route.post(OF_PROJECT)
                .forMembers(Permission.RECONCILIATION_WRITE, Resource.PROJECT)
                .named("createReconciliation", TAG, "Makes a reconciliation.")
                .body(NewReconciliation.class, MOST_BYTES, false)
                .creates()
                .answers(201, Reconciliation.class, "It was made.")
                .handle(handlers::create);
    }

    private Route<?, ?> list() {
        return Route.get(OF_PROJECT)
                .forMembers(Permission.PROJECT_READ, Resource.PROJECT)
                .named(
                        "listReconciliations",
                        TAG,
                        "The reconciliations of a project, newest first.")
                .query(PageQuery.class)
                .answers(200, ReconciliationPage.class, "A page of them.")
                .handle(handlers::list);
    }

    private Route<?, ?> get() {
        return Route.get(ONE)
                .forMembers(Permission.PROJECT_READ, Resource.RECONCILIATION)
                .named("getReconciliation", TAG, "A reconciliation with its plan.")
                .answers(200, Reconciliation.class, "It, with its version as `ETag`.")
                .handle(handlers::get);
    }

    private Route<?, ?> change() {
        return Route.patch(ONE)
                .forMembers(Permission.RECONCILIATION_WRITE, Resource.RECONCILIATION)
                .named(
                        "changeReconciliation",
                        TAG,
                        "Changes a reconciliation; needs `If-Match`. A plan becomes a new version.")
                .body(ChangedReconciliation.class, MOST_BYTES, false)
                .answers(200, Reconciliation.class, "As it is now.")
                .handle(handlers::change);
    }

    private Route<?, ?> delete() {
        return Route.delete(ONE)
                .forMembers(Permission.RECONCILIATION_WRITE, Resource.RECONCILIATION)
                .named(
                        "deleteReconciliation",
                        TAG,
                        "Deletes a reconciliation; needs `If-Match`. Its jobs stay.")
                .answersEmpty("It is gone.")
                .handle(handlers::delete);
    }

    private Route<?, ?> versions() {
        return Route.get(ONE + "/plans")
                .forMembers(Permission.PROJECT_READ, Resource.RECONCILIATION)
                .named("listPlanVersions", TAG, "The versions of a plan, newest first.")
                .query(PageQuery.class)
                .answers(200, PlanVersionPage.class, "A page of them.")
                .handle(handlers.plans()::versions);
    }

    private Route<?, ?> planText() {
        return Route.get(ONE + "/plan")
                .forMembers(Permission.PROJECT_READ, Resource.RECONCILIATION)
                .named("getPlan", TAG, "A version of the plan as it was written.")
                .query(PlanQuery.class)
                .answersStream(PlanHandlers.PLAN_TYPE, "The text.")
                .handle(handlers.plans()::planText);
    }

    private Route<Nothing, Nothing> check() {
        return Route.post(ONE + "/check")
                .forMembers(Permission.PROJECT_READ, Resource.RECONCILIATION)
                .named(
                        "checkReconciliation",
                        TAG,
                        "Whether a job would start, and how many pairs it would compare.")
                .answers(200, PlanCheck.class, "What was found.")
                .handle(handlers.plans()::check);
    }

    private Route<Nothing, PlanToCheck> checkNew() {
        return Route.post("/api/projects/{project_id}/plan-checks")
                .forMembers(Permission.PROJECT_READ, Resource.PROJECT)
                .named("checkPlan", TAG, "Checks a plan before it is kept.")
                .body(PlanToCheck.class, MOST_BYTES, false)
                .answers(200, PlanCheck.class, "What was found.")
                .handle(call -> Answer.ok(handlers.plans().checkNew(call)));
    }
}
