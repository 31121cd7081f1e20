package io.tieout.server.job;

import io.tieout.server.access.ProjectFinder;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.RequestContext;
import io.tieout.server.http.Route;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.job.JobForms.JobPage;
import io.tieout.server.job.JobForms.JobQuery;
import io.tieout.server.job.JobForms.NewJobBody;
import io.tieout.server.job.JobStart.Started;
import io.tieout.server.job.JobStart.Trigger;
import io.tieout.server.job.JobStart.Wanted;
import io.tieout.server.job.Jobs.Which;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import io.tieout.server.reconciliation.Reconciliations;
import io.tieout.server.reconciliation.StoredReconciliation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The routes of jobs.
public final class JobRoutes {
    /// How the project of a job is found.
    public static final ProjectFinder FINDER =
            ProjectFinder.by("select project_id from reconciliation_jobs where id = :id");

    private static final String TAG = "jobs";
    private static final String ONE = "/api/jobs/{job_id}";
    private static final String OF_RECONCILIATION = "/api/reconciliations/{reconciliation_id}/jobs";
    private static final int USUAL_LIMIT = 50;
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Database database;
    private final Idempotency idempotency;
    private final JobStart start;
    private final JobStreams streams;
    private final Runnable wake;
    private final InstantSource clock;

    /// @param wake has this node look for queued jobs
    JobRoutes(
            Database database,
            Idempotency idempotency,
            JobStart start,
            JobStreams streams,
            Runnable wake,
            InstantSource clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.start = start;
        this.streams = streams;
        this.wake = wake;
        this.clock = clock;
    }

    /// The routes of this feature.
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.post(OF_RECONCILIATION)
                        .forMembers(Permission.JOB_RUN, Resource.RECONCILIATION)
                        .named("startJob", TAG, "Starts a job: it runs when its turn comes.")
                        .optionalBody(NewJobBody.class)
                        .creates()
                        .answers(202, JobView.class, "It is queued.")
                        .handle(this::startJob),
                Route.get(OF_RECONCILIATION)
                        .forMembers(Permission.PROJECT_READ, Resource.RECONCILIATION)
                        .named("listJobs", TAG, "The jobs of a reconciliation, newest first.")
                        .query(JobQuery.class)
                        .answers(200, JobPage.class, "A page of them.")
                        .handle(
                                call ->
                                        list(
                                                call,
                                                Which.OF_RECONCILIATION,
                                                call.id(Resource.RECONCILIATION))),
                Route.get("/api/projects/{project_id}/jobs")
                        .forMembers(Permission.PROJECT_READ, Resource.PROJECT)
                        .named("listProjectJobs", TAG, "The jobs of a project, newest first.")
                        .query(JobQuery.class)
                        .answers(200, JobPage.class, "A page of them.")
                        .handle(call -> list(call, Which.OF_PROJECT, call.id(Resource.PROJECT))),
                Route.get(ONE)
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named("getJob", TAG, "A job: its state, and its numbers once it is over.")
                        .answers(200, JobView.class, "It.")
                        .handle(call -> Answer.ok(required(call))),
                Route.post(ONE + "/cancel")
                        .forMembers(Permission.JOB_RUN, Resource.JOB)
                        .named("cancelJob", TAG, "Cancels a job; it ends within 2 seconds.")
                        .answers(202, JobView.class, "It is cancelled, or will be.")
                        .handle(this::cancel),
                Route.get(ONE + "/events")
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named(
                                "watchJob",
                                TAG,
                                "The state of a job now and whenever it changes, as events named"
                                        + " `job`, until it is over.")
                        .answersStream(JobStreams.CONTENT_TYPE, "The events.")
                        .handle(call -> streams.open(call.caller(), required(call), call.raw())));
    }

    private static Actor actor(Call<?, ?> call) {
        return new Actor(
                call.caller().userId(), new RequestId(RequestContext.current().requestId()));
    }

    private Answer startJob(Call<Nothing, NewJobBody> call) {
        Answer answer = idempotency.once(call, handle -> startJob(handle, call));
        wake.run();
        return answer;
    }

    private Answer startJob(Handle handle, Call<Nothing, NewJobBody> call) {
        StoredReconciliation of =
                Reconciliations.find(handle, call.id(Resource.RECONCILIATION))
                        .orElseThrow(() -> Problem.notFound().exception());
        Wanted wanted =
                new Wanted(
                        of,
                        call.body().leftDataSourceId().orElse(of.leftDataSourceId()),
                        call.body().rightDataSourceId().orElse(of.rightDataSourceId()),
                        call.caller().kind() == Caller.Kind.PERSON
                                ? Trigger.PERSON
                                : Trigger.SERVICE,
                        Optional.empty(),
                        call.caller().userId());
        return switch (start.start(handle, wanted)) {
            case Started.Queued queued -> {
                JobView view = Jobs.find(handle, queued.id()).orElseThrow();
                yield Answer.json(202, view).with("Location", "/api/jobs/" + queued.id());
            }
            case Started.Refused refused -> throw refusal(refused.errors());
        };
    }

    private static RuntimeException refusal(List<InputError> errors) {
        return Problem.invalid(errors).exception();
    }

    private Answer list(Call<JobQuery, Nothing> call, Which which, UUID of) {
        JobQuery query = call.query();
        String list = "jobs " + of + " " + query.status().map(JobStatus::word).orElse("");
        int limit = query.limit().orElse(USUAL_LIMIT);
        UUID before = query.cursor().map(text -> Cursor.onlyId(text, list)).orElse(AFTER_ALL);
        List<JobView> found =
                database.inApp(
                        actor(call),
                        Access.READ,
                        handle -> Jobs.list(handle, which, of, before, query.status(), limit + 1));
        List<JobView> items = found.stream().limit(limit).toList();
        Optional<String> next =
                found.size() > limit
                        ? Optional.of(
                                new Cursor(list, List.of(items.getLast().id().toString()))
                                        .encoded())
                        : Optional.empty();
        return Answer.ok(new JobPage(items, next));
    }

    private JobView required(Call<?, ?> call) {
        UUID id = call.id(Resource.JOB);
        return database.inApp(actor(call), Access.READ, handle -> Jobs.find(handle, id))
                .orElseThrow(() -> Problem.notFound().exception());
    }

    private Answer cancel(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.JOB);
        JobView after =
                database.inApp(
                        actor(call),
                        handle -> {
                            JobView before =
                                    Jobs.find(handle, id)
                                            .orElseThrow(() -> Problem.notFound().exception());
                            if (!Jobs.cancel(handle, id, clock.instant())) {
                                throw over(Jobs.find(handle, id).orElse(before));
                            }
                            AuditTrail.append(
                                    handle,
                                    AuditEvent.in(before.projectId(), "job.cancel", "job", id));
                            return Jobs.find(handle, id).orElseThrow();
                        });
        return Answer.json(202, after);
    }

    private static RuntimeException over(JobView job) {
        return Problem.conflict(
                        "job-over",
                        "The job is over",
                        "it is " + job.status().word() + " and cannot be cancelled any more")
                .exception();
    }
}
