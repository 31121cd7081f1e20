package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.outcome.RunRecord;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.SourceInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tieout demo`.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reconciles a small ledger with a bank statement and shows what comes out.",
            "The sources, the plan and the outcome are left in a folder to play with."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String LEFT = "ledger.csv";
    private static final String RIGHT = "bank.csv";
    private static final String PLAN = "plan.yaml";

    private final Terminal terminal;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where to put it all; tieout-demo unless said.")
    private Path dir = Path.of("tieout-demo");

    @Option(
            names = "--serve",
            description = "Do it on a platform of its own, which goes on until Ctrl-C.")
    private boolean serve;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where the platform listens; 2000 unless said.")
    private int port = 2000;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        for (String name : List.of(LEFT, RIGHT, PLAN)) {
            unpack(name);
        }
        return serve ? onPlatform() : here();
    }

    private int onPlatform() throws InterruptedException {
        return ServeCommand.serve(
                () ->
                        new DemoPlatform(dir, port)
                                .start(
                                        terminal,
                                        dir.resolve(LEFT),
                                        dir.resolve(RIGHT),
                                        dir.resolve(PLAN)));
    }

    private int here() {
        Path out = dir.resolve("outcome");
        PlanFile plan = PlanFile.read(dir.resolve(PLAN));
        RunRecord run;
        try (ProgressLine progress =
                new ProgressLine(terminal.err(), Terminal.isWatched(), System::nanoTime)) {
            run =
                    new Reconciliation(
                                    plan,
                                    Runtime.getRuntime().availableProcessors(),
                                    0,
                                    RunLimits.DEFAULT_MAX_PAIRS,
                                    progress)
                            .run(
                                    SourceInput.file(dir.resolve(LEFT)),
                                    SourceInput.file(dir.resolve(RIGHT)),
                                    Optional.of(out),
                                    true);
        }
        terminal.out().printf("%s against %s, by %s:%n%n", LEFT, RIGHT, PLAN);
        new SummaryText(run).print(terminal.out());
        terminal.out()
                .printf(
                        "%nReport: %s%n%nThe same again, after a change to the plan:%n  tieout"
                                + " reconcile %s %s --plan %s --out %s --force%n",
                        out.resolve("report.html"),
                        dir.resolve(LEFT),
                        dir.resolve(RIGHT),
                        dir.resolve(PLAN),
                        out);
        return ExitStatus.TIED_OUT;
    }

    private void unpack(String name) {
        try (InputStream in = DemoCommand.class.getResourceAsStream("demo/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            Files.createDirectories(dir);
            Files.copy(in, dir.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnwritableOutcome(
                            Place.of(dir.toString()),
                            "the folder of the demo cannot be written",
                            "name another with --out"),
                    e);
        }
    }
}
