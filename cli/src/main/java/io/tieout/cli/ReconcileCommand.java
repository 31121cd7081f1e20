package io.tieout.cli;

import io.tieout.formats.outcome.RunRecord;
import io.tieout.formats.outcome.Summary;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.SourceInput;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tieout reconcile`.
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Matches two sources by a plan and says what did not tie out.")
final class ReconcileCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "LEFT",
            description = "CSV, JSON Lines or XLSX, plain or compressed; - for standard input.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "RIGHT", description = "The other side, likewise.")
    private String right = "";

    @Option(
            names = {"-p", "--plan"},
            required = true,
            paramLabel = "PLAN",
            description = "The plan file; `tieout schema` describes it.")
    private Path plan = Path.of("");

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description =
                    "Write matches.csv, breaks.csv, summary.json and report.html here; created if"
                            + " missing.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Overwrite an older outcome in DIR.")
    private boolean force;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Mixin private RunOptions options = new RunOptions();

    ReconcileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        options.validate(spec.commandLine(), left, right);
        PlanFile planFile = PlanFile.read(plan);
        SourceInput leftInput = RunOptions.input(left, terminal);
        SourceInput rightInput = RunOptions.input(right, terminal);
        RunRecord run;
        try (ProgressLine progress =
                new ProgressLine(terminal.err(), options.isWatched(), System::nanoTime)) {
            run =
                    new Reconciliation(
                                    planFile,
                                    options.threads(),
                                    options.maxRejects(),
                                    options.maxPairs(),
                                    progress)
                            .run(leftInput, rightInput, Optional.ofNullable(out), force);
        }
        if (json) {
            terminal.out().println(Summary.json(run));
        } else {
            new SummaryText(run).print(terminal.out());
            if (out != null) {
                terminal.out().println();
                terminal.out().println("Report: " + out.resolve("report.html"));
            }
        }
        return SummaryText.isTiedOut(run.outcome()) ? ExitStatus.TIED_OUT : ExitStatus.OPEN;
    }
}
