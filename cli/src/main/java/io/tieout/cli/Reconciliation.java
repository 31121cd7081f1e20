package io.tieout.cli;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Progress;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.outcome.OutcomeFolder;
import io.tieout.formats.outcome.RunRecord;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import io.tieout.formats.source.SourceReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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

    /// Both sides, read.
    record Sources(SourceRead left, SourceRead right) {}

    /// @param out where to write the outcome, if anywhere
    /// @param force whether an older outcome there may be overwritten
    RunRecord run(SourceInput left, SourceInput right, Optional<Path> out, boolean force) {
        if (out.isEmpty()) {
            return match(left, right);
        }
        OutcomeFolder folder = OutcomeFolder.prepare(out.get(), force);
        try {
            RunRecord run = match(left, right);
            progress.phase("writing " + out.get(), 0);
            folder.write(run);
            return run;
        } finally {
            folder.abandon();
        }
    }

    private RunRecord match(SourceInput left, SourceInput right) {
        Sources sources = read(left, right);
        long start = System.nanoTime();
        Outcome outcome =
                new Reconciler(System::nanoTime)
                        .run(
                                plan.plan(),
                                sources.left().table(),
                                sources.right().table(),
                                new RunLimits(threads, maxPairs),
                                progress);
        phases.put("match", Duration.ofNanos(System.nanoTime() - start));
        return new RunRecord(
                plan.plan(),
                plan.name(),
                plan.digest(),
                plan.canonicalJson(),
                sources.left(),
                sources.right(),
                outcome,
                phases,
                Version.engine());
    }

    /// Reads both sides at the same time, each with its share of the threads.
    Sources read(SourceInput left, SourceInput right) {
        long start = System.nanoTime();
        boolean sized = left.size() > 0 && right.size() > 0;
        progress.bytes("reading", sized ? left.size() + right.size() : 0);
        int share = Math.max(1, threads / 2);
        Sources sources;
        if (threads == 1) {
            sources = new Sources(read(left, Side.LEFT, 1), read(right, Side.RIGHT, 1));
        } else {
            CompletableFuture<SourceRead> other =
                    CompletableFuture.supplyAsync(
                            () -> read(right, Side.RIGHT, share),
                            task -> new Thread(task, "read-right").start());
            sources = both(left, share, other);
        }
        phases.put("read", Duration.ofNanos(System.nanoTime() - start));
        return sources;
    }

    /// A failure of the left side counts before one of the right, whichever came first.
    private Sources both(SourceInput left, int share, CompletableFuture<SourceRead> other) {
        SourceRead leftRead = read(left, Side.LEFT, share);
        try {
            return new Sources(leftRead, other.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private SourceRead read(SourceInput input, Side side, int share) {
        Progress bytes =
                new Progress() {
                    @Override
                    public void advance(long units) {
                        progress.advance(units);
                    }

                    @Override
                    public boolean isCancelled() {
                        return progress.isCancelled();
                    }
                };
        return SourceReader.read(
                input,
                plan.plan(),
                side,
                new ReadOptions(share, maxRejects, ReadOptions.Limits.DEFAULT, bytes));
    }
}
