package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.table.TextColumn;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/// `tieout evaluate`.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compares the matches of an outcome with the known true ones.",
            "Counts pairs: each left and right record that are in one match is one."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The folder of an outcome.")
    private Path dir = Path.of("");

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "FILE",
            description = "The true pairs: a source with a column for each side's key.")
    private Path truth = Path.of("");

    @Option(
            names = "--left-column",
            paramLabel = "NAME",
            description = "The truth's column of left keys; left_id or left_key unless said.")
    private @Nullable String leftColumn;

    @Option(
            names = "--right-column",
            paramLabel = "NAME",
            description = "The truth's column of right keys; right_id or right_key unless said.")
    private @Nullable String rightColumn;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "10",
            description = "Most wrong pairs of each kind to show; ${DEFAULT-VALUE} unless said.")
    private int shown = 10;

    @Option(
            names = "--confirmed-only",
            description = "Leave suggested matches out, as if a reviewer had rejected them all.")
    private boolean confirmedOnly;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (shown < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--show is not negative, as " + shown + " is");
        }
        KeyPairs found = found();
        KeyPairs wanted = wanted();
        int right = found.sharedWith(wanted);
        if (json) {
            terminal.out().println(JsonPage.of(page -> write(page, found, wanted, right)));
        } else {
            print(terminal.out(), found, wanted, right);
        }
        return found.size() == right && wanted.size() == right
                ? ExitStatus.TIED_OUT
                : ExitStatus.OPEN;
    }

    private KeyPairs found() {
        Path matches = dir.resolve(OutcomeFiles.MATCHES);
        if (!Files.isRegularFile(matches)) {
            throw OutcomeFiles.missing(dir, OutcomeFiles.MATCHES);
        }
        TextTable table = TextTable.ofOutcome(matches, List.of("left_key", "right_key", "status"));
        TextColumn status = table.column("status");
        return KeyPairs.of(
                table.column("left_key"),
                table.column("right_key"),
                row -> !confirmedOnly || status.text(row).equals("confirmed"));
    }

    private KeyPairs wanted() {
        for (String usual : List.of("id", "key")) {
            String left = leftColumn == null ? "left_" + usual : leftColumn;
            String right = rightColumn == null ? "right_" + usual : rightColumn;
            try {
                TextTable table = TextTable.of(truth, List.of(left, right));
                return KeyPairs.of(table.column(left), table.column(right), _ -> true);
            } catch (FailureException e) {
                // The reader takes it for a mistake in a plan, but a truth has none.
                boolean last = usual.equals("key") || (leftColumn != null && rightColumn != null);
                if (!(e.failure() instanceof Failure.InvalidPlan failure)) {
                    throw e;
                }
                if (last) {
                    throw noColumns(failure, e);
                }
            }
        }
        throw new IllegalStateException("the last name decides");
    }

    private FailureException noColumns(Failure.InvalidPlan failure, FailureException e) {
        String left = leftColumn == null ? "left_id or left_key" : leftColumn;
        String right = rightColumn == null ? "right_id or right_key" : rightColumn;
        return new FailureException(
                new Failure.UnreadableSource(
                        failure.place(),
                        "the truth needs the columns " + left + " and " + right,
                        "name its columns of keys with --left-column and --right-column"),
                e);
    }

    private static void write(JsonGenerator page, KeyPairs found, KeyPairs wanted, int right) {
        page.writeNumberProperty("precision", ratio(right, found.size()));
        page.writeNumberProperty("recall", ratio(right, wanted.size()));
        page.writeNumberProperty("f1", ratio(2L * right, (long) found.size() + wanted.size()));
        page.writeNumberProperty("found", found.size());
        page.writeNumberProperty("true", wanted.size());
        page.writeNumberProperty("right", right);
        page.writeNumberProperty("wrong", found.size() - right);
        page.writeNumberProperty("missed", wanted.size() - right);
    }

    private void print(PrintStream out, KeyPairs found, KeyPairs wanted, int right) {
        out.printf(
                Locale.ROOT,
                "precision %s   recall %s   F1 %s%n%,d pairs found, %,d true, %,d of them found%n",
                ratio(right, found.size()),
                ratio(right, wanted.size()),
                ratio(2L * right, (long) found.size() + wanted.size()),
                found.size(),
                wanted.size(),
                right);
        show(out, "found but not true", found, wanted, found.size() - right);
        show(out, "true but not found", wanted, found, wanted.size() - right);
    }

    private void show(PrintStream out, String title, KeyPairs in, KeyPairs notIn, int count) {
        if (count == 0 || shown == 0) {
            return;
        }
        out.printf(Locale.ROOT, "%n%,d %s%n", count, title);
        in.forEachNotIn(notIn, shown, (left, right) -> out.println("  " + left + "  " + right));
        if (count > shown) {
            out.printf(Locale.ROOT, "  … and %,d more (--show N)%n", count - shown);
        }
    }

    /// Rounded down, so that 1 is said only of what is perfect.
    private static BigDecimal ratio(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO.setScale(4)
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 4, RoundingMode.DOWN);
    }
}
