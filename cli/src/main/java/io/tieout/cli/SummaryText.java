package io.tieout.cli;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.ControlTotals;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Table;
import io.tieout.formats.outcome.LargestBreaks;
import io.tieout.formats.outcome.RunRecord;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The summary for people: how much tied out, by which pass, what did not, and the largest of it.
final class SummaryText {
    private static final int LARGEST_SHOWN = 5;

    private final RunRecord run;
    private final Outcome outcome;

    SummaryText(RunRecord run) {
        this.run = run;
        this.outcome = run.outcome();
    }

    /// Whether nothing is left to do: no breaks, no suggestions.
    static boolean isTiedOut(Outcome outcome) {
        return outcome.leftBreaks().size() == 0
                && outcome.rightBreaks().size() == 0
                && outcome.passes().stream().allMatch(pass -> pass.suggested() == 0);
    }

    void print(PrintStream out) {
        ControlTotals totals = outcome.totals();
        out.println(side(Side.LEFT, totals.leftMatched(), totals.leftRecords()));
        out.println(side(Side.RIGHT, totals.rightMatched(), totals.rightRecords()));
        out.println();
        printPasses(out);
        out.println();
        printBreaks(out);
        printTotals(out);
        printLargest(out);
    }

    private static String side(Side side, int matched, int records) {
        return String.format(
                Locale.ROOT,
                "%-5s  %,d of %,d records matched (%s)",
                side.word(),
                matched,
                records,
                percent(matched, records));
    }

    /// Never rounded up to 100 %: that would hide the last break.
    private static String percent(int part, int whole) {
        if (whole == 0) {
            return "none";
        }
        BigInteger thousandths =
                BigInteger.valueOf(part)
                        .multiply(BigInteger.valueOf(1000))
                        .divide(BigInteger.valueOf(whole));
        return new BigDecimal(thousandths, 1).toPlainString() + " %";
    }

    private void printPasses(PrintStream out) {
        int width =
                Math.max(
                        4,
                        outcome.passes().stream()
                                .mapToInt(pass -> pass.name().length())
                                .max()
                                .orElse(0));
        String row = "%-" + width + "s  %12s  %12s  %12s%n";
        out.printf(Locale.ROOT, row, "pass", "confirmed", "suggested", "of these tied");
        for (Outcome.PassReport pass : outcome.passes()) {
            out.printf(
                    Locale.ROOT,
                    row,
                    pass.name(),
                    count(pass.confirmed()),
                    count(pass.suggested()),
                    count(pass.ambiguous()));
        }
    }

    private static String count(long number) {
        return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
    }

    private void printBreaks(PrintStream out) {
        for (Side side : Side.values()) {
            Breaks breaks = outcome.breaks(side);
            int rejects = (side == Side.LEFT ? run.left() : run.right()).rejects().size();
            out.printf(
                    Locale.ROOT,
                    "%,d %s breaks%s%s%n",
                    breaks.size(),
                    side.word(),
                    kinds(breaks),
                    rejects == 0 ? "" : String.format(Locale.ROOT, "; %,d rows rejected", rejects));
        }
    }

    private static String kinds(Breaks breaks) {
        int[] counts = new int[Breaks.Kind.values().length];
        for (int b = 0; b < breaks.size(); b++) {
            counts[breaks.kind(b).ordinal()]++;
        }
        List<String> parts = new ArrayList<>();
        for (Breaks.Kind kind : Breaks.Kind.values()) {
            if (counts[kind.ordinal()] > 0) {
                parts.add(
                        String.format(Locale.ROOT, "%,d %s", counts[kind.ordinal()], kind.word()));
            }
        }
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    }

    private void printTotals(PrintStream out) {
        for (ControlTotals.Line line : outcome.totals().lines()) {
            String currency =
                    line.currency().equals(AmountColumn.NO_CURRENCY) ? "" : " " + line.currency();
            out.printf(
                    Locale.ROOT,
                    "%s%s, %s: %s in = %s matched + %s open%n",
                    line.field(),
                    currency,
                    line.side().word(),
                    grouped(line.in()),
                    grouped(line.matched()),
                    grouped(line.open()));
        }
    }

    private void printLargest(PrintStream out) {
        List<LargestBreaks.Entry> largest = LargestBreaks.of(run, LARGEST_SHOWN);
        if (largest.isEmpty()) {
            return;
        }
        out.println();
        out.println("Largest breaks");
        for (LargestBreaks.Entry entry : largest) {
            Breaks breaks = outcome.breaks(entry.side());
            out.printf(
                    Locale.ROOT,
                    "  %-5s  %-16s  %16s %-3s  %s%n",
                    entry.side().word(),
                    table(entry.side()).key(breaks.row(entry.index())),
                    entry.amount().map(SummaryText::grouped).orElse(""),
                    entry.currency().equals(AmountColumn.NO_CURRENCY) ? "" : entry.currency(),
                    reason(entry.side(), breaks, entry.index()));
        }
    }

    private static String grouped(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,." + Math.max(0, amount.scale()) + "f", amount);
    }

    private Table table(Side side) {
        return run.table(side);
    }

    private String reason(Side side, Breaks breaks, int index) {
        int nearest = breaks.nearest(index);
        String near = nearest == Breaks.NONE ? "" : table(side.opposite()).key(nearest);
        return switch (breaks.kind(index)) {
            case MISSING -> "missing on the " + side.opposite().word();
            case DIFFERS ->
                    "differs from " + near + " in " + fields(run.plan(), breaks.fields(index));
            case DUPLICATE -> "duplicate";
            case AMBIGUOUS -> "ambiguous" + (near.isEmpty() ? "" : ", as near as any to " + near);
        };
    }

    private static String fields(Plan plan, long bits) {
        return IntStream.range(0, plan.fields().size())
                .filter(f -> (bits >>> f & 1) != 0)
                .mapToObj(f -> plan.fields().get(f).name())
                .collect(Collectors.joining(", "));
    }
}
