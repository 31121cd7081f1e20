package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.result.SummaryView.Amounts;
import io.tieout.server.result.SummaryView.BreakCounts;
import io.tieout.server.result.SummaryView.ControlTotal;
import io.tieout.server.result.SummaryView.MatchCounts;
import io.tieout.server.result.SummaryView.MatchRate;
import io.tieout.server.result.SummaryView.PassCount;
import io.tieout.server.result.SummaryView.RecordCounts;
import io.tieout.server.result.SummaryView.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Makes summaries of what is kept of an outcome: nothing is counted for them.
final class Summaries {
    private static final int RATE_DECIMALS = 4;

    private Summaries() {}

    static SummaryView of(KeptOutcome outcome, Shelves shelves) {
        return new SummaryView(
                outcome.jobId(),
                outcome.amountField(),
                standing(outcome, shelves, outcome.atEnd(), Shelf::firstCount),
                standing(outcome, shelves, outcome.now(), Shelf::count));
    }

    private static Standing standing(
            KeptOutcome outcome, Shelves shelves, Tally tally, ToLongFunction<Shelf> count) {
        List<Shelf> breaks = ofKind(shelves, Traits.Kind.BREAK);
        List<Shelf> matches = ofKind(shelves, Traits.Kind.MATCH);
        Map<String, Long> byKind = new TreeMap<>();
        for (Shelf shelf : breaks) {
            if (shelf.traits().status() == ResultStatus.OPEN
                    && shelf.traits().breakKind() != null) {
                add(byKind, shelf.traits().breakKind(), count.applyAsLong(shelf));
            }
        }
        return new Standing(
                matchRate(tally),
                new BreakCounts(
                        sum(breaks, count, t -> t.status() == ResultStatus.OPEN),
                        byStatus(breaks, count),
                        byKind),
                new MatchCounts(
                        sum(matches, count, Summaries::stands),
                        byStatus(matches, count),
                        byPass(outcome, matches, count)),
                tally.lines().stream().map(Summaries::total).toList());
    }

    private static List<Shelf> ofKind(Shelves shelves, Traits.Kind kind) {
        return shelves.results().stream()
                .filter(shelf -> shelf.traits().kind() == kind && shelf.traits().isShown())
                .toList();
    }

    private static boolean stands(Traits traits) {
        return traits.holding() == ResultStatus.Holding.MATCHED;
    }

    private static long sum(
            List<Shelf> shelves, ToLongFunction<Shelf> count, Predicate<Traits> wanted) {
        return shelves.stream().filter(s -> wanted.test(s.traits())).mapToLong(count).sum();
    }

    private static Map<String, Long> byStatus(List<Shelf> shelves, ToLongFunction<Shelf> count) {
        Map<String, Long> counts = new TreeMap<>();
        for (Shelf shelf : shelves) {
            add(counts, shelf.traits().status(), count.applyAsLong(shelf));
        }
        return counts;
    }

    private static void add(Map<String, Long> counts, Enum<?> name, long more) {
        if (more != 0) {
            counts.merge(name.name().toLowerCase(Locale.ROOT), more, Long::sum);
        }
    }

    private static List<PassCount> byPass(
            KeptOutcome outcome, List<Shelf> matches, ToLongFunction<Shelf> count) {
        List<PassCount> counts = new ArrayList<>();
        for (int p = 0; p < outcome.passes().size(); p++) {
            counts.add(ofPass(outcome, matches, count, p));
        }
        PassCount byHand = ofPass(outcome, matches, count, Traits.BY_HAND);
        if (byHand.confirmed() != 0) {
            counts.add(byHand);
        }
        return counts;
    }

    private static PassCount ofPass(
            KeptOutcome outcome, List<Shelf> matches, ToLongFunction<Shelf> count, int pass) {
        return new PassCount(
                outcome.pass(pass),
                sum(matches, count, t -> t.pass() == pass && t.status() == ResultStatus.CONFIRMED),
                sum(matches, count, t -> t.pass() == pass && t.status() == ResultStatus.SUGGESTED));
    }

    static MatchRate matchRate(Tally tally) {
        return new MatchRate(matchRate(tally, Side.LEFT), matchRate(tally, Side.RIGHT));
    }

    /// Rounded down, so that 1 is said only where everything matched.
    private static double matchRate(Tally tally, Side side) {
        long in = 0;
        long matched = 0;
        for (Tally.Line line : tally.lines()) {
            in += line.side() == side ? line.in() : 0;
            matched += line.side() == side ? line.matched() : 0;
        }
        return in == 0
                ? 0
                : BigDecimal.valueOf(matched)
                        .divide(BigDecimal.valueOf(in), RATE_DECIMALS, RoundingMode.DOWN)
                        .doubleValue();
    }

    private static ControlTotal total(Tally.Line line) {
        return new ControlTotal(
                line.side(),
                line.currency().isEmpty() ? Optional.empty() : Optional.of(line.currency()),
                new RecordCounts(line.in(), line.matched(), line.open(), line.writtenOff()),
                new Amounts(
                        line.amountIn(),
                        line.amountMatched(),
                        line.amountOpen(),
                        line.amountWrittenOff()));
    }
}
