package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            defaultValue = "left_id",
            description = "The truth's column of left keys; ${DEFAULT-VALUE} unless said.")
    private String leftColumn = "left_id";

    @Option(
            names = "--right-column",
            paramLabel = "NAME",
            defaultValue = "right_id",
            description = "The truth's column of right keys; ${DEFAULT-VALUE} unless said.")
    private String rightColumn = "right_id";

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
        Path matches = dir.resolve("matches.csv");
        if (!Files.isRegularFile(matches)) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(dir.toString()),
                            "holds no matches.csv",
                            "name the folder that `tieout reconcile --out` wrote"));
        }
        Set<KeyPairs.Pair> found = new TreeSet<>(KeyPairs.ofMatches(matches, confirmedOnly));
        Set<KeyPairs.Pair> wanted = new TreeSet<>(KeyPairs.read(truth, leftColumn, rightColumn));
        List<KeyPairs.Pair> wrong = found.stream().filter(pair -> !wanted.contains(pair)).toList();
        List<KeyPairs.Pair> missed = wanted.stream().filter(pair -> !found.contains(pair)).toList();
        long right = (long) found.size() - wrong.size();
        print(found.size(), wanted.size(), right, wrong, missed);
        return wrong.isEmpty() && missed.isEmpty() ? ExitStatus.TIED_OUT : ExitStatus.OPEN;
    }

    private void print(
            long found,
            long wanted,
            long right,
            List<KeyPairs.Pair> wrong,
            List<KeyPairs.Pair> missed) {
        PrintStream out = terminal.out();
        BigDecimal precision = ratio(right, found);
        BigDecimal recall = ratio(right, wanted);
        BigDecimal f1 = ratio(2 * right, found + wanted);
        if (json) {
            out.printf(
                    Locale.ROOT,
                    "{\"precision\": %s, \"recall\": %s, \"f1\": %s, \"found\": %d, \"true\":"
                            + " %d, \"right\": %d, \"wrong\": %d, \"missed\": %d}%n",
                    precision,
                    recall,
                    f1,
                    found,
                    wanted,
                    right,
                    wrong.size(),
                    missed.size());
            return;
        }
        out.printf(
                Locale.ROOT,
                "precision %s   recall %s   F1 %s%n%,d pairs found, %,d true, %,d of them right%n",
                precision,
                recall,
                f1,
                found,
                wanted,
                right);
        show(out, "found but not true", wrong);
        show(out, "true but not found", missed);
    }

    private void show(PrintStream out, String title, List<KeyPairs.Pair> pairs) {
        if (pairs.isEmpty() || shown <= 0) {
            return;
        }
        out.printf(Locale.ROOT, "%n%,d %s%n", pairs.size(), title);
        pairs.stream()
                .limit(shown)
                .forEach(pair -> out.println("  " + pair.left() + "  " + pair.right()));
        if (pairs.size() > shown) {
            out.printf(Locale.ROOT, "  … and %,d more (--show N)%n", pairs.size() - (long) shown);
        }
    }

    private static BigDecimal ratio(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO.setScale(4)
                : BigDecimal.valueOf(part)
                        .divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_EVEN);
    }
}
