package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.NearestName;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tieout explain`.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Says why a record matched, or what stopped its nearest candidates.",
            "Needs the sources as they were when the outcome was written."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final String STREAM = "standard input";

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The folder that `tieout reconcile --out` wrote.")
    private Path dir = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "KEY",
            description = "The record's key; its row number where the plan names no key.")
    private String key = "";

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            completionCandidates = SideNames.class,
            converter = SideNames.class,
            description = "left or right; both unless said.")
    private @Nullable Side side;

    @Option(
            names = "--left",
            paramLabel = "FILE",
            description = "Where the left source is now; where it was unless said.")
    private @Nullable Path left;

    @Option(names = "--right", paramLabel = "FILE", description = "The right source, likewise.")
    private @Nullable Path right;

    @Option(names = "--json", description = "Print the explanation as JSON.")
    private boolean json;

    @Option(names = "--quiet", description = "Draw no progress, even on a terminal.")
    private boolean quiet;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        WrittenSummary summary = WrittenSummary.read(dir);
        Map<Side, Path> files = new EnumMap<>(Side.class);
        for (Side each : Side.values()) {
            files.put(each, file(summary, each));
        }
        ExplainedRun run = read(summary, files);
        List<ExplainedRun.Found> found = new ArrayList<>();
        for (Side each : side == null ? List.of(Side.values()) : List.of(side)) {
            run.find(each, key).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw unknown(run);
        }
        if (json) {
            terminal.out()
                    .println(JsonPage.of(page -> new ExplanationJson(run, page).write(found)));
        } else {
            new ExplanationText(run, terminal.out()).print(found);
        }
        return ExitStatus.TIED_OUT;
    }

    /// The file that a side was read from, shown to be the same still.
    private Path file(WrittenSummary summary, Side of) {
        Path named = of == Side.LEFT ? left : right;
        String option = "--" + of.word() + " FILE";
        String source = summary.sourceName(of);
        if (named == null && source.equals(STREAM)) {
            throw unreadable(
                    source,
                    "the " + of.word() + " source came from there and is not kept",
                    "name a file that holds the same with " + option);
        }
        Path file = named == null ? Path.of(source) : named;
        if (!Files.exists(file)) {
            throw unreadable(
                    file.toString(),
                    "the " + of.word() + " source is not there",
                    "say where it is with " + option);
        }
        if (!FileDigest.sha256(SourceInput.file(file)).equals(summary.sha256(of))) {
            throw unreadable(
                    file.toString(),
                    "is not what the outcome was made of: its SHA-256 is another",
                    "run `tieout reconcile` again, or name the unchanged "
                            + of.word()
                            + " source with "
                            + option);
        }
        return file;
    }

    private ExplainedRun read(WrittenSummary summary, Map<Side, Path> files) {
        try (ProgressLine progress =
                new ProgressLine(
                        terminal.err(), !quiet && Terminal.isWatched(), System::nanoTime)) {
            Reading.Sides sides =
                    new Reading(
                                    summary.plan().plan(),
                                    Runtime.getRuntime().availableProcessors(),
                                    Integer.MAX_VALUE,
                                    progress)
                            .read(
                                    SourceInput.file(files.getOrDefault(Side.LEFT, dir)),
                                    SourceInput.file(files.getOrDefault(Side.RIGHT, dir)));
            SourceRead leftRead = sides.source(Side.LEFT);
            SourceRead rightRead = sides.source(Side.RIGHT);
            progress.phase("comparing", 0);
            return new ExplainedRun(dir, summary, leftRead, rightRead);
        }
    }

    private FailureException unknown(ExplainedRun run) {
        List<Side> asked = side == null ? List.of(Side.values()) : List.of(side);
        String where = asked.size() > 1 ? "either side" : "the " + asked.getFirst().word();
        for (Side each : asked) {
            if (run.isRejected(each, key)) {
                return unreadable(
                        dir.toString(),
                        "row " + key + " of the " + each.word() + " source was rejected",
                        "see rejects.csv there for the reason");
            }
        }
        Optional<String> nearest =
                asked.stream()
                        .flatMap(each -> NearestName.of(key, run.keys(each).all()).stream())
                        .findFirst();
        return unreadable(
                dir.toString(),
                "there is no record \"" + key + "\" on " + where,
                nearest.map(name -> "did you mean \"" + name + "\"?")
                        .orElse("name a key of the sources, as breaks.csv and matches.csv show"));
    }

    private static FailureException unreadable(String place, String problem, String remedy) {
        return new FailureException(new Failure.UnreadableSource(Place.of(place), problem, remedy));
    }
}
