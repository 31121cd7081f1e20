package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.outcome.OutcomeFolder;
import io.tieout.formats.outcome.RunRecord;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One reconciliation from files to files: reads both sides at once, runs the passes, writes the
/// outcome. Writes everything or nothing.
final class Reconciliation {
    private final PlanFile plan;
    private final int threads;
    private final int maxRejects;
    private final long maxPairs;
    private final ProgressLine progress;
    private final Map<String, Duration> phases = new LinkedHashMap<>();

    Reconciliation(
            PlanFile plan, int threads, int maxRejects, long maxPairs, ProgressLine progress) {
        this.plan = plan;
        this.threads = threads;
        this.maxRejects = maxRejects;
        this.maxPairs = maxPairs;
        this.progress = progress;
    }

    /// @param out where to write the outcome, if anywhere
    /// @param force whether an older outcome there may be overwritten
    RunRecord run(SourceInput left, SourceInput right, Optional<Path> out, boolean force) {
        if (out.isEmpty()) {
            return match(left, right);
        }
        OutcomeFolder folder = OutcomeFolder.prepare(out.get(), force);
        Interrupt.cleanUpBy(folder::abandon);
        try {
            RunRecord run = match(left, right);
            if (!Interrupt.startWriting()) {
                throw new FailureException(
                        new Failure.Cancelled(
                                Place.UNKNOWN, "the run was cancelled", "run it again"));
            }
            progress.phase("writing " + out.get(), 0);
            folder.write(run);
            return run;
        } finally {
            folder.abandon();
        }
    }

    private RunRecord match(SourceInput left, SourceInput right) {
        long start = System.nanoTime();
        // A failure of the left side counts before one of the right, whichever came first.
        Reading.Sides sides =
                new Reading(plan.plan(), threads, maxRejects, progress).read(left, right);
        SourceRead leftRead = sides.source(Side.LEFT);
        SourceRead rightRead = sides.source(Side.RIGHT);
        long read = System.nanoTime();
        phases.put("read", Duration.ofNanos(read - start));
        Outcome outcome = run(leftRead, rightRead);
        phases.put("match", Duration.ofNanos(System.nanoTime() - read));
        return new RunRecord(
                plan.plan(),
                plan.name(),
                plan.digest(),
                plan.canonicalJson(),
                leftRead,
                rightRead,
                outcome,
                phases,
                Version.engine());
    }

    /// The engine knows where in the plan a limit is passed, but not in which file that is.
    private Outcome run(SourceRead left, SourceRead right) {
        try {
            return new Reconciler(System::nanoTime)
                    .run(
                            plan.plan(),
                            left.table(),
                            right.table(),
                            new RunLimits(threads, maxPairs),
                            progress);
        } catch (FailureException e) {
            Place place = e.failure().place();
            if (e.failure() instanceof Failure.LimitExceeded limit && place.source() == null) {
                throw new FailureException(
                        limit.at(new Place(plan.name(), 0, 0, place.pointer())), e);
            }
            throw e;
        }
    }
}
