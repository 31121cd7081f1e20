package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.PassEstimate;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tieout check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks a plan, and with sources whether they suit it, without matching anything.",
            "Says how many pairs each pass would compare at most, and how it finds them."
        })
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan file.")
    private Path plan = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LEFT",
            description = "The left source; - for standard input.")
    private @Nullable String left;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "RIGHT",
            description = "The right source, likewise.")
    private @Nullable String right;

    @Option(names = "--json", description = "Print what was found as JSON.")
    private boolean json;

    @Mixin private RunOptions options = new RunOptions();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (left == null || right == null) {
            if (left != null) {
                throw new ParameterException(
                        spec.commandLine(), "give both sources, LEFT and RIGHT, or none");
            }
            options.validate(spec.commandLine(), "", "");
            new CheckReport(PlanFile.read(plan), options).print(terminal.out(), json);
            return ExitStatus.TIED_OUT;
        }
        options.validate(spec.commandLine(), left, right);
        PlanFile planFile = PlanFile.read(plan);
        SourceInput leftInput = RunOptions.input(left, terminal);
        SourceInput rightInput = RunOptions.input(right, terminal);
        List<Failure> failures = new ArrayList<>();
        CheckReport report = new CheckReport(planFile, options);
        try (ProgressLine progress =
                new ProgressLine(terminal.err(), options.isWatched(), System::nanoTime)) {
            check(planFile, leftInput, rightInput, progress, report, failures);
        }
        report.print(terminal.out(), json);
        failures.forEach(failure -> Tieout.report(terminal, failure));
        return failures.isEmpty() ? ExitStatus.TIED_OUT : ExitStatus.ERROR;
    }

    private void check(
            PlanFile planFile,
            SourceInput leftInput,
            SourceInput rightInput,
            ProgressLine progress,
            CheckReport report,
            List<Failure> failures) {
        // Every reject is counted, however many are allowed.
        Reading.Sides sides =
                new Reading(planFile.plan(), options.threads(), Integer.MAX_VALUE, progress)
                        .read(leftInput, rightInput);
        for (Side side : Side.values()) {
            try {
                SourceRead source = sides.source(side);
                report.add(side, source);
                if (source.rejects().size() > options.maxRejects()) {
                    failures.add(tooManyRejects(source));
                }
            } catch (FailureException e) {
                failures.add(e.failure());
            }
        }
        if (!report.isWhole()) {
            return;
        }
        List<PassEstimate> estimates =
                new Reconciler(System::nanoTime)
                        .estimate(
                                planFile.plan(),
                                sides.source(Side.LEFT).table(),
                                sides.source(Side.RIGHT).table(),
                                new RunLimits(options.threads(), options.maxPairs()),
                                progress);
        report.add(estimates);
        IntStream.range(0, estimates.size())
                .filter(pass -> estimates.get(pass).pairs() > options.maxPairs())
                .mapToObj(pass -> tooManyPairs(planFile, pass, estimates.get(pass)))
                .findFirst()
                .ifPresent(failures::add);
    }

    private Failure tooManyRejects(SourceRead source) {
        int count = source.rejects().size();
        return new Failure.UnreadableSource(
                Place.of(source.info().name(), source.rejects().getFirst().line()),
                String.format(
                        Locale.ROOT,
                        "%,d %s rejected, this the first; allowed are %,d",
                        count,
                        count == 1 ? "row is" : "rows are",
                        options.maxRejects()),
                "correct the source or the plan, or let rows be rejected with --max-rejects");
    }

    private Failure tooManyPairs(PlanFile planFile, int pass, PassEstimate estimate) {
        return new Failure.LimitExceeded(
                new Place(planFile.name(), 0, 0, "/passes/" + pass),
                String.format(
                        Locale.ROOT,
                        "pass \"%s\" would compare %,d pairs, more than the limit of %,d",
                        estimate.pass(),
                        estimate.pairs(),
                        options.maxPairs()),
                "add an exact comparison, tighten a `within`, or raise --max-pairs");
    }
}
