package io.tieout.server.reconciliation;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.PlanFile;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.RequestContext;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.reconciliation.ReconciliationForms.ChangedReconciliation;
import io.tieout.server.reconciliation.ReconciliationForms.NewReconciliation;
import io.tieout.server.reconciliation.ReconciliationForms.PageQuery;
import io.tieout.server.reconciliation.ReconciliationForms.Reconciliation;
import io.tieout.server.reconciliation.ReconciliationForms.ReconciliationPage;
import io.tieout.server.reconciliation.ReconciliationForms.ReconciliationSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Serves the routes of reconciliations.
public final class ReconciliationHandlers {
    static final int USUAL_LIMIT = 50;
    private static final UUID AFTER_ALL = new UUID(-1, -1);
    private static final String SUBJECT = "reconciliation";

    private final Database database;
    private final Idempotency idempotency;
    private final SourceLookup sources;
    private final PlanHandlers plans;
    private final InstantSource clock;
    private final Ids ids;

    public ReconciliationHandlers(
            Database database,
            Idempotency idempotency,
            SourceLookup sources,
            PairEstimator estimator,
            InstantSource clock,
            Ids ids) {
        this.database = database;
        this.idempotency = idempotency;
        this.sources = sources;
        this.plans = new PlanHandlers(database, sources, new PlanChecks(estimator));
        this.clock = clock;
        this.ids = ids;
    }

    /// Serves what is about plans alone.
    PlanHandlers plans() {
        return plans;
    }

    static Actor actor(Call<?, ?> call) {
        return new Actor(
                call.caller().userId(), new RequestId(RequestContext.current().requestId()));
    }

    Answer create(Call<Nothing, NewReconciliation> call) {
        return idempotency.once(call, handle -> create(handle, call));
    }

    private Answer create(Handle handle, Call<Nothing, NewReconciliation> call) {
        NewReconciliation wanted = call.body();
        UUID project = call.admission().project();
        UUID user = call.caller().userId();
        Instant now = clock.instant();
        PlanInput plan = plan(wanted);
        StoredReconciliation made =
                new StoredReconciliation(
                        ids.next(),
                        project,
                        wanted.name(),
                        wanted.leftDataSourceId(),
                        wanted.rightDataSourceId(),
                        1,
                        wanted.maxRejects().orElse(0),
                        wanted.carryForward().orElse(false),
                        wanted.schedule(),
                        wanted.timeZone().orElse("UTC"),
                        Optional.empty(),
                        user,
                        now,
                        now,
                        1);
        made = checked(handle, made, plan.file().plan());
        Reconciliations.insert(handle, made);
        Reconciliations.addPlan(handle, made, 1, plan, user);
        AuditTrail.append(
                handle,
                AuditEvent.in(project, "reconciliation.create", SUBJECT, made.id())
                        .with("plan_digest", plan.file().digest()));
        return Answer.created("/api/reconciliations/" + made.id(), shown(handle, made))
                .version(made.version());
    }

    private static PlanInput plan(NewReconciliation wanted) {
        try {
            return PlanInput.of(wanted.plan());
        } catch (PlanInput.Mistaken e) {
            throw e.problem();
        }
    }

    /// The same with when it runs next; refused where something is wrong with it.
    private StoredReconciliation checked(Handle handle, StoredReconciliation r, Plan plan) {
        ReconciliationRules rules = new ReconciliationRules(sources, handle, r.projectId());
        rules.columns(plan, Side.LEFT, rules.source(Side.LEFT, r.leftDataSourceId()));
        rules.columns(plan, Side.RIGHT, rules.source(Side.RIGHT, r.rightDataSourceId()));
        rules.carryForward(r.carryForward(), plan);
        Optional<Instant> next = rules.nextRun(r.schedule(), r.timeZone(), clock.instant());
        if (r.nextRunAt().isPresent() && next.isPresent()) {
            // A time that has passed and was not seen yet still counts.
            next = r.nextRunAt();
        }
        if (!rules.errors().isEmpty()) {
            throw Problem.invalid(rules.errors()).exception();
        }
        return new StoredReconciliation(
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
                next,
                r.createdBy(),
                r.createdAt(),
                r.updatedAt(),
                r.version());
    }

    private static Reconciliation shown(Handle handle, StoredReconciliation r) {
        return Reconciliation.of(
                r,
                Reconciliations.plan(handle, r.id(), r.planVersion())
                        .orElseThrow(() -> new IllegalStateException("a plan is missing")));
    }

    Answer list(Call<PageQuery, Nothing> call) {
        UUID project = call.admission().project();
        String list = "reconciliations " + project;
        int limit = call.query().limit().orElse(USUAL_LIMIT);
        UUID before =
                call.query().cursor().map(text -> Cursor.onlyId(text, list)).orElse(AFTER_ALL);
        List<StoredReconciliation> found =
                database.inApp(
                        actor(call),
                        Access.READ,
                        handle -> Reconciliations.list(handle, project, before, limit + 1));
        List<ReconciliationSummary> items =
                found.stream().limit(limit).map(ReconciliationSummary::of).toList();
        Optional<String> next =
                found.size() > limit
                        ? Optional.of(
                                new Cursor(list, List.of(items.getLast().id().toString()))
                                        .encoded())
                        : Optional.empty();
        return Answer.ok(new ReconciliationPage(items, next));
    }

    Answer get(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.RECONCILIATION);
        return database.inApp(
                actor(call),
                Access.READ,
                handle -> {
                    StoredReconciliation found = required(handle, id);
                    return Answer.ok(shown(handle, found)).version(found.version());
                });
    }

    static StoredReconciliation required(Handle handle, UUID id) {
        return Reconciliations.find(handle, id).orElseThrow(() -> Problem.notFound().exception());
    }

    Answer change(Call<Nothing, ChangedReconciliation> call) {
        int version = call.ifMatch();
        UUID id = call.id(Resource.RECONCILIATION);
        Optional<PlanInput> plan = plan(call.body());
        return database.inApp(
                actor(call),
                handle -> {
                    StoredReconciliation before =
                            Reconciliations.lock(handle, id)
                                    .orElseThrow(() -> Problem.notFound().exception());
                    if (before.version() != version) {
                        throw Problem.changedMeanwhile().exception();
                    }
                    return change(handle, call, before, plan);
                });
    }

    private static Optional<PlanInput> plan(ChangedReconciliation wanted) {
        try {
            return wanted.plan().isEmpty()
                    ? Optional.empty()
                    : Optional.of(PlanInput.of(wanted.plan().get()));
        } catch (PlanInput.Mistaken e) {
            throw e.problem();
        }
    }

    private Answer change(
            Handle handle,
            Call<Nothing, ChangedReconciliation> call,
            StoredReconciliation before,
            Optional<PlanInput> plan) {
        PlanFile known = file(handle, before);
        // The same plan written otherwise is worth a version too: its text is what people read.
        boolean newPlan = plan.isPresent();
        StoredReconciliation changed =
                checked(
                        handle,
                        changed(before, call.body(), newPlan),
                        plan.map(PlanInput::file).orElse(known).plan());
        if (!Reconciliations.update(handle, changed)) {
            throw Problem.changedMeanwhile().exception();
        }
        AuditEvent event =
                AuditEvent.in(changed.projectId(), "reconciliation.change", SUBJECT, changed.id());
        if (newPlan) {
            PlanInput added = plan.orElseThrow();
            Reconciliations.addPlan(
                    handle, changed, changed.planVersion(), added, call.caller().userId());
            event =
                    event.with("plan_version", changed.planVersion())
                            .with("plan_digest", added.file().digest());
        }
        AuditTrail.append(handle, event);
        return Answer.ok(shown(handle, changed)).version(changed.version());
    }

    static PlanFile file(Handle handle, StoredReconciliation r) {
        return Reconciliations.file(
                Reconciliations.plan(handle, r.id(), r.planVersion()).orElseThrow());
    }

    private StoredReconciliation changed(
            StoredReconciliation before, ChangedReconciliation wanted, boolean newPlan) {
        return new StoredReconciliation(
                before.id(),
                before.projectId(),
                wanted.name().orElse(before.name()),
                wanted.leftDataSourceId().orElse(before.leftDataSourceId()),
                wanted.rightDataSourceId().orElse(before.rightDataSourceId()),
                before.planVersion() + (newPlan ? 1 : 0),
                wanted.maxRejects().orElse(before.maxRejects()),
                wanted.carryForward().orElse(before.carryForward()),
                wanted.schedule().isPresent() ? wanted.schedule().get().to() : before.schedule(),
                wanted.timeZone().orElse(before.timeZone()),
                wanted.schedule().isEmpty() && wanted.timeZone().isEmpty()
                        ? before.nextRunAt()
                        : Optional.empty(),
                before.createdBy(),
                before.createdAt(),
                clock.instant(),
                before.version() + 1);
    }

    Answer delete(Call<Nothing, Nothing> call) {
        int version = call.ifMatch();
        UUID id = call.id(Resource.RECONCILIATION);
        database.inApp(
                actor(call),
                handle -> {
                    StoredReconciliation before = required(handle, id);
                    if (!Reconciliations.delete(handle, id, version, clock.instant())) {
                        throw Problem.changedMeanwhile().exception();
                    }
                    AuditTrail.append(
                            handle,
                            AuditEvent.in(
                                    before.projectId(), "reconciliation.delete", SUBJECT, id));
                    return true;
                });
        return Answer.empty();
    }
}
