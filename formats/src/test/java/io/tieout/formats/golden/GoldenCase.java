package io.tieout.formats.golden;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A folder with a plan, two sources, and what must come out; `about.txt` says which promise it
/// keeps.
record GoldenCase(Path folder) {
    static List<GoldenCase> all() {
        try {
            Path root = Path.of(Objects.requireNonNull(GoldenCase.class.getResource(".")).toURI());
            try (Stream<Path> entries = Files.list(root)) {
                return entries.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs the case as the command would, and writes its outcome.
    Outcome run(Path out, int threads) {
        PlanFile plan = PlanFile.read(folder.resolve("plan.yaml"));
        SourceRead left = read(plan, Side.LEFT);
        SourceRead right = read(plan, Side.RIGHT);
        Outcome outcome =
                new Reconciler(() -> 0)
                        .run(
                                plan.plan(),
                                left.table(),
                                right.table(),
                                RunLimits.threads(threads),
                                Progress.NONE);
        OutcomeFolder.prepare(out, true)
                .write(
                        new RunRecord(
                                plan.plan(),
                                plan.name(),
                                plan.digest(),
                                plan.canonicalJson(),
                                left,
                                right,
                                outcome,
                                Map.of(),
                                "golden"));
        return outcome;
    }

    private SourceRead read(PlanFile plan, Side side) {
        Path source = folder.resolve(side.word() + ".csv");
        return SourceReader.read(SourceInput.file(source), plan.plan(), side, ReadOptions.DEFAULT);
    }

    String expected(String file) {
        return text(folder.resolve(file));
    }

    static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
