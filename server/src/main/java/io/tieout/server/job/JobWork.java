package io.tieout.server.job;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.outcome.RunRecord;
import io.tieout.formats.plan.PlanFile;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.reconciliation.Reconciliations;
import io.tieout.server.reconciliation.SourceFacts;
import io.tieout.server.reconciliation.SourceLookup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What is done for a job from its first to its last phase: read, match, store.
final class JobWork {
    private final Database database;
    private final SourceLookup sources;
    private final OutcomeStore outcomes;
    private final OpenBreaks openBreaks;
    private final RecordReader reader;
    private final JobSettings settings;
    private final InstantSource clock;

    JobWork(
            Database database,
            SourceLookup sources,
            OutcomeStore outcomes,
            OpenBreaks openBreaks,
            JobSettings settings,
            InstantSource clock) {
        this.database = database;
        this.sources = sources;
        this.outcomes = outcomes;
        this.openBreaks = openBreaks;
        this.reader = new RecordReader(database, settings.threads());
        this.settings = settings;
        this.clock = clock;
    }

    /// That the job was cancelled, or is no longer this node's: nothing was stored.
    static final class NotHeld extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotHeld() {
            super("the job was cancelled or is another's", null, false, false);
        }
    }

    private record Material(
            PlanFile plan,
            SourceFacts left,
            SourceFacts right,
            List<CarriedInput> leftCarried,
            List<CarriedInput> rightCarried) {
        Material {
            leftCarried = List.copyOf(leftCarried);
            rightCarried = List.copyOf(rightCarried);
        }

        SourceFacts source(Side side) {
            return side == Side.LEFT ? left : right;
        }

        List<CarriedInput> carried(Side side) {
            return side == Side.LEFT ? leftCarried : rightCarried;
        }
    }

    /// Does it all. Returns when the results are stored and the job has succeeded; whatever else
    /// happens is thrown.
    void run(JobHold.Taken taken, RunningJob watch) {
        StoredJob job = taken.job();
        Material material =
                database.inWorker(job.requestId(), Access.READ, handle -> material(handle, taken));
        watch.expect(new JobPhases(material.plan().plan()));
        // A failure of the left side counts before one of the right.
        ReconciledSide left = read(job, material, Side.LEFT, watch);
        ReconciledSide right = read(job, material, Side.RIGHT, watch);
        ReconciledInputs inputs = new ReconciledInputs(material.plan(), left, right);
        Outcome outcome = match(inputs, watch);
        outcomes.store(
                job,
                inputs,
                outcome,
                watch,
                (handle, segment, count) ->
                        complete(handle, job, inputs, outcome, watch, segment, count));
    }

    private Material material(Handle handle, JobHold.Taken taken) {
        StoredJob job = taken.job();
        return new Material(
                Reconciliations.plan(handle, job.reconciliationId(), job.planVersion())
                        .map(Reconciliations::file)
                        .orElseThrow(() -> new IllegalStateException("a job's plan is missing")),
                source(handle, taken.left()),
                source(handle, taken.right()),
                JobInputs.carried(handle, job, Side.LEFT, openBreaks, sources),
                JobInputs.carried(handle, job, Side.RIGHT, openBreaks, sources));
    }

    private SourceFacts source(Handle handle, UUID id) {
        SourceFacts source =
                sources.kept(handle, id)
                        .orElseThrow(() -> new JobFailure.Thrown(JobFailure.sourceGone("")));
        if (source.status() != SourceFacts.Status.READY) {
            throw new JobFailure.Thrown(JobFailure.sourceGone(source.name()));
        }
        return source;
    }

    private ReconciledSide read(StoredJob job, Material material, Side side, RunningJob watch) {
        SourceFacts source = material.source(side);
        watch.phase(
                side == Side.LEFT ? JobPhases.READING_LEFT : JobPhases.READING_RIGHT,
                source.recordCount());
        return reader.read(
                new RecordReader.Request(
                        material.plan().plan(), side, job.maxRejects(), watch, job.requestId()),
                source,
                material.carried(side));
    }

    /// The engine knows where in the plan a limit is passed, but not what the plan is called.
    private Outcome match(ReconciledInputs inputs, RunningJob watch) {
        try {
            return new Reconciler(System::nanoTime)
                    .run(
                            inputs.plan().plan(),
                            inputs.left().table(),
                            inputs.right().table(),
                            RunLimits.threads(settings.threads()),
                            watch);
        } catch (FailureException e) {
            Place place = e.failure().place();
            if (e.failure() instanceof Failure.LimitExceeded limit && place.source() == null) {
                throw new FailureException(
                        limit.at(new Place(inputs.plan().name(), 0, 0, place.pointer())), e);
            }
            throw e;
        }
    }

    private void complete(
            Handle handle,
            StoredJob job,
            ReconciledInputs inputs,
            Outcome outcome,
            RunningJob watch,
            int segment,
            long count) {
        JobNumbers numbers = JobNumbers.of(record(inputs, outcome, watch));
        // A process that is stopped between the change of the job's row and the commit would keep
        // the row from everybody else.
        handle.execute("set local idle_in_transaction_session_timeout = '10s'");
        JobInputs.keep(handle, job, inputs);
        if (!JobHold.succeed(handle, job, numbers, segment, count, clock.instant())) {
            throw new NotHeld();
        }
        audit(handle, job, JobStatus.SUCCEEDED);
    }

    private RunRecord record(ReconciledInputs inputs, Outcome outcome, RunningJob watch) {
        Map<String, Duration> seconds = new LinkedHashMap<>();
        watch.spent()
                .forEach(
                        (phase, time) ->
                                seconds.merge(JobMetrics.kind(phase), time, Duration::plus));
        return new RunRecord(
                inputs.plan().plan(),
                inputs.plan().name(),
                inputs.plan().digest(),
                inputs.plan().canonicalJson(),
                inputs.left().read(),
                inputs.right().read(),
                outcome,
                seconds,
                settings.version());
    }

    /// Writes that a job is over, in the name of who started it.
    static void audit(Handle handle, StoredJob job, JobStatus status) {
        handle.createQuery("select set_config('tieout.user_id', :id, true)")
                .bind("id", job.startedBy().toString())
                .mapTo(String.class)
                .one();
        AuditTrail.append(
                handle,
                AuditEvent.in(job.projectId(), "job.finish", "job", job.id())
                        .with("status", status.word())
                        .with("attempt", job.attempt()));
    }
}
