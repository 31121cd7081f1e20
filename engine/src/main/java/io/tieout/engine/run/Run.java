package io.tieout.engine.run;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.ControlTotals;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.outcome.Outcome.PassReport;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// One run: the passes in order, then breaks, proof and digest.
final class Run {
    private final Plan plan;
    private final Records records;
    private final RunLimits limits;
    private final Progress progress;
    private final LongSupplier nanoClock;
    private final boolean[] leftMatched;
    private final boolean[] rightMatched;
    private final PassContext.Lost lost;

    Run(
            Plan plan,
            Table left,
            Table right,
            RunLimits limits,
            Progress progress,
            LongSupplier nanoClock) {
        this.plan = plan;
        this.records = new Records(plan, left, right);
        this.limits = limits;
        this.progress = progress;
        this.nanoClock = nanoClock;
        this.leftMatched = new boolean[left.rows()];
        this.rightMatched = new boolean[right.rows()];
        this.lost = new PassContext.Lost(new boolean[left.rows()], new boolean[right.rows()]);
    }

    Outcome outcome() {
        List<Matches> parts = new ArrayList<>();
        List<PassReport> reports = new ArrayList<>();
        try (Workers workers = new Workers(limits.threads())) {
            for (int pass = 0; pass < plan.passes().size(); pass++) {
                reports.add(runPass(pass, workers, parts));
            }
            Matches matches = Matches.of(parts, leftMatched.length);
            parts.clear();
            progress.phase("breaks", 2);
            Breaks leftBreaks =
                    new Nearest(records, matches, Side.LEFT, leftMatched, rightMatched, lost.left())
                            .breaks(workers);
            progress.advance(1);
            Breaks rightBreaks =
                    new Nearest(
                                    records,
                                    matches,
                                    Side.RIGHT,
                                    rightMatched,
                                    leftMatched,
                                    lost.right())
                            .breaks(workers);
            progress.advance(1);
            ControlTotals totals = prove(matches, leftBreaks, rightBreaks, workers);
            String digest = Digests.of(records, matches, leftBreaks, rightBreaks, workers);
            return new Outcome(matches, leftBreaks, rightBreaks, totals, reports, digest);
        }
    }

    /// What each pass would compare if it saw all records.
    List<PassEstimate> estimates() {
        List<PassEstimate> estimates = new ArrayList<>();
        try (Workers workers = new Workers(limits.threads())) {
            for (int pass = 0; pass < plan.passes().size(); pass++) {
                PassRun run = passRun(pass, workers);
                estimates.add(
                        new PassEstimate(
                                plan.passes().get(pass).name(), run.estimate(), run.method()));
            }
        }
        return estimates;
    }

    private PassRun passRun(int pass, Workers workers) {
        return PassRun.of(
                records,
                pass,
                open(leftMatched),
                open(rightMatched),
                lost,
                limits,
                workers,
                progress);
    }

    private PassReport runPass(int pass, Workers workers, List<Matches> parts) {
        long start = nanoClock.getAsLong();
        PassRun.Found found = passRun(pass, workers).run();
        int confirmed = 0;
        int suggested = 0;
        int ambiguous = 0;
        for (Matches matches : found.matches()) {
            for (int m = 0; m < matches.size(); m++) {
                take(matches, m);
                confirmed += matches.status(m) == Status.CONFIRMED ? 1 : 0;
                suggested += matches.status(m) == Status.SUGGESTED ? 1 : 0;
                ambiguous += matches.isAmbiguous(m) ? 1 : 0;
            }
            parts.add(matches);
        }
        return new PassReport(
                plan.passes().get(pass).name(),
                found.estimatedPairs(),
                confirmed,
                suggested,
                ambiguous,
                nanoClock.getAsLong() - start,
                found.approximated());
    }

    private void take(Matches matches, int m) {
        for (int i = 0; i < matches.leftCount(m); i++) {
            take(leftMatched, matches.left(m, i), Side.LEFT);
        }
        for (int i = 0; i < matches.rightCount(m); i++) {
            take(rightMatched, matches.right(m, i), Side.RIGHT);
        }
    }

    private static void take(boolean[] matched, int row, Side side) {
        if (matched[row]) {
            throw unproven("a " + side.word() + " record is in two matches");
        }
        matched[row] = true;
    }

    private static int[] open(boolean[] matched) {
        int count = 0;
        for (boolean taken : matched) {
            count += taken ? 0 : 1;
        }
        int[] open = new int[count];
        int at = 0;
        for (int row = 0; row < matched.length; row++) {
            if (!matched[row]) {
                open[at++] = row;
            }
        }
        return open;
    }

    /// Adds up what went in, and apart from that what is in matches and in breaks; they must agree.
    private ControlTotals prove(
            Matches matches, Breaks leftBreaks, Breaks rightBreaks, Workers workers) {
        List<ControlTotals.Line> lines = new ArrayList<>();
        int leftCount = countMatched(matches, Side.LEFT);
        int rightCount = countMatched(matches, Side.RIGHT);
        requireEqual("left records", leftMatched.length, (long) leftCount + leftBreaks.size());
        requireEqual("right records", rightMatched.length, (long) rightCount + rightBreaks.size());
        int sides = Side.values().length;
        workers.map(
                        records.fields() * sides,
                        () -> records,
                        (of, number) -> {
                            Side side = Side.values()[number % sides];
                            return linesOf(
                                    number / sides,
                                    side,
                                    matches,
                                    side == Side.LEFT ? leftBreaks : rightBreaks);
                        })
                .forEach(lines::addAll);
        return new ControlTotals(
                leftMatched.length, rightMatched.length, leftCount, rightCount, lines);
    }

    private static int countMatched(Matches matches, Side side) {
        int count = 0;
        for (int m = 0; m < matches.size(); m++) {
            count += side == Side.LEFT ? matches.leftCount(m) : matches.rightCount(m);
        }
        return count;
    }

    /// A line for each currency of a field, if it is an amount.
    private List<ControlTotals.Line> linesOf(int field, Side side, Matches matches, Breaks breaks) {
        return plan.fields().get(field).type() instanceof FieldType.Amount
                        && records.column(side, field) instanceof AmountColumn amounts
                ? linesOf(plan.fields().get(field).name(), side, amounts, matches, breaks)
                : List.of();
    }

    private static List<ControlTotals.Line> linesOf(
            String field, Side side, AmountColumn amounts, Matches matches, Breaks breaks) {
        List<ControlTotals.Line> lines = new ArrayList<>();
        Map<String, Sum[]> sums = new TreeMap<>();
        Sum[][] byCode = new Sum[amounts.currencies().size()][];
        for (int code = 0; code < byCode.length; code++) {
            byCode[code] =
                    sums.computeIfAbsent(
                            amounts.currencies().get(code),
                            _ -> new Sum[] {new Sum(), new Sum(), new Sum()});
        }
        for (int row = 0; row < amounts.rows(); row++) {
            byCode[amounts.code(row)][0].add(amounts.unscaled(row));
        }
        for (int m = 0; m < matches.size(); m++) {
            int count = side == Side.LEFT ? matches.leftCount(m) : matches.rightCount(m);
            for (int i = 0; i < count; i++) {
                int row = side == Side.LEFT ? matches.left(m, i) : matches.right(m, i);
                byCode[amounts.code(row)][1].add(amounts.unscaled(row));
            }
        }
        for (int b = 0; b < breaks.size(); b++) {
            byCode[amounts.code(breaks.row(b))][2].add(amounts.unscaled(breaks.row(b)));
        }
        sums.forEach(
                (currency, sum) -> {
                    BigDecimal in = sum[0].total(amounts.scale());
                    BigDecimal matched = sum[1].total(amounts.scale());
                    BigDecimal open = sum[2].total(amounts.scale());
                    if (in.compareTo(matched.add(open)) != 0) {
                        throw unproven(
                                "the "
                                        + side.word()
                                        + " total of "
                                        + field
                                        + " in "
                                        + currency
                                        + " does not tie out");
                    }
                    if (sum[0].count > 0) {
                        lines.add(new ControlTotals.Line(field, currency, side, in, matched, open));
                    }
                });
        return lines;
    }

    /// A sum that never overflows: whole numbers spill into a wide one.
    private static final class Sum {
        private BigInteger wide = BigInteger.ZERO;
        private long narrow;
        private long count;

        void add(long unscaled) {
            if (unscaled == AmountColumn.ABSENT) {
                return;
            }
            count++;
            long next = narrow + unscaled;
            if (((narrow ^ next) & (unscaled ^ next)) < 0) {
                wide = wide.add(BigInteger.valueOf(narrow));
                next = unscaled;
            }
            narrow = next;
        }

        BigDecimal total(int scale) {
            return new BigDecimal(wide.add(BigInteger.valueOf(narrow)), scale);
        }
    }

    private static void requireEqual(String what, long in, long out) {
        if (in != out) {
            throw unproven(what + " in: " + in + ", in matches and breaks: " + out);
        }
    }

    private static FailureException unproven(String problem) {
        return new FailureException(
                new Failure.UnprovenOutcome(
                        Place.UNKNOWN,
                        problem,
                        "keep the sources and the plan, and report it as a defect"));
    }
}
