package io.tieout.benchmarks;

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
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Tieout as its command does it: both sources read at once, every key verified, all outcome files
/// written and forced to the disk.
final class TieoutRival implements Rival {
    private final int threads;

    TieoutRival(int threads) {
        this.threads = threads;
    }

    @Override
    public long run(Job job, Path corpus, Path out) {
        PlanFile plan = PlanFile.read(plan(job));
        OutcomeFolder folder = OutcomeFolder.prepare(out, true);
        CompletableFuture<SourceRead> right =
                CompletableFuture.supplyAsync(() -> read(plan, corpus, Side.RIGHT));
        SourceRead left = read(plan, corpus, Side.LEFT);
        Outcome outcome =
                new Reconciler(System::nanoTime)
                        .run(
                                plan.plan(),
                                left.table(),
                                right.join().table(),
                                RunLimits.threads(threads),
                                Progress.NONE);
        folder.write(
                new RunRecord(
                        plan.plan(),
                        plan.name(),
                        plan.digest(),
                        plan.canonicalJson(),
                        left,
                        right.join(),
                        outcome,
                        Map.of(),
                        "benchmark"));
        return outcome.matches().size();
    }

    private SourceRead read(PlanFile plan, Path corpus, Side side) {
        return SourceReader.read(
                SourceInput.file(corpus.resolve(side.word() + ".csv")),
                plan.plan(),
                side,
                new ReadOptions(
                        Math.max(1, threads / 2), 0, ReadOptions.Limits.DEFAULT, Progress.NONE));
    }

    private static Path plan(Job job) {
        return Path.of(
                "benchmarks",
                "plans",
                switch (job) {
                    case EXACT -> "corpus-exact.yaml";
                    case TOLERANCE -> "corpus.yaml";
                });
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
