package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.result.ResultStatus.Holding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds up a [Tally].
final class TallySheet {
    private record LineKey(Side side, String currency) implements Comparable<LineKey> {
        @Override
        public int compareTo(LineKey other) {
            int byCurrency = currency.compareTo(other.currency);
            return byCurrency != 0 ? byCurrency : side.compareTo(other.side);
        }
    }

    private record AgeKey(BreakKind kind, LocalDate since) implements Comparable<AgeKey> {
        @Override
        public int compareTo(AgeKey other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : since.compareTo(other.since);
        }
    }

    private record Sum(long records, BigDecimal amount) {
        static final Sum NONE = new Sum(0, BigDecimal.ZERO);

        Sum plus(Sum other) {
            return new Sum(records + other.records, amount.add(other.amount));
        }
    }

    private static final class Sums {
        private Sum in = Sum.NONE;
        private final Map<Holding, Sum> held = new EnumMap<>(Holding.class);

        Sum of(Holding holding) {
            return held.getOrDefault(holding, Sum.NONE);
        }
    }

    private final Map<LineKey, Sums> lines = new TreeMap<>();
    private final Map<AgeKey, Long> open = new TreeMap<>();

    TallySheet() {}

    TallySheet(Tally tally) {
        for (Tally.Line line : tally.lines()) {
            Sums sums = sums(line.side(), line.currency());
            sums.in = new Sum(line.in(), line.amountIn());
            sums.held.put(Holding.MATCHED, new Sum(line.matched(), line.amountMatched()));
            sums.held.put(Holding.OPEN, new Sum(line.open(), line.amountOpen()));
            sums.held.put(Holding.WRITTEN_OFF, new Sum(line.writtenOff(), line.amountWrittenOff()));
        }
        for (Tally.OpenBreakCount each : tally.open()) {
            addOpen(each.kind(), each.since(), each.count());
        }
    }

    private Sums sums(Side side, String currency) {
        return lines.computeIfAbsent(new LineKey(side, currency), _ -> new Sums());
    }

    /// Adds records that are somewhere; negative numbers take them away from there.
    void add(Side side, String currency, Holding holding, long records, BigDecimal amount) {
        if (holding != Holding.NONE) {
            sums(side, currency).held.merge(holding, new Sum(records, amount), Sum::plus);
        }
    }

    /// Adds open breaks, or takes them away.
    void addOpen(BreakKind kind, LocalDate since, long count) {
        open.merge(new AgeKey(kind, since), count, Long::sum);
    }

    /// Says that what is held now is all that went in.
    void close() {
        for (Sums sums : lines.values()) {
            sums.in = sums.held.values().stream().reduce(Sum.NONE, Sum::plus);
        }
    }

    /// The tally, in every line of which what is held is what went in.
    ///
    /// @throws IllegalStateException where it is not, which is a defect of ours
    Tally proven() {
        lines.forEach(
                (key, sums) -> {
                    Sum held = sums.held.values().stream().reduce(Sum.NONE, Sum::plus);
                    if (held.records() != sums.in.records()
                            || held.amount().compareTo(sums.in.amount()) != 0) {
                        throw new IllegalStateException(
                                "the " + key.side().word() + " totals do not tie out any more");
                    }
                });
        return tally();
    }

    Tally tally() {
        List<Tally.Line> all = new ArrayList<>();
        lines.forEach(
                (key, sums) -> {
                    Sum matched = sums.of(Holding.MATCHED);
                    Sum stillOpen = sums.of(Holding.OPEN);
                    Sum writtenOff = sums.of(Holding.WRITTEN_OFF);
                    all.add(
                            new Tally.Line(
                                    key.side(),
                                    key.currency(),
                                    sums.in.records(),
                                    matched.records(),
                                    stillOpen.records(),
                                    writtenOff.records(),
                                    sums.in.amount(),
                                    matched.amount(),
                                    stillOpen.amount(),
                                    writtenOff.amount()));
                });
        List<Tally.OpenBreakCount> counts = new ArrayList<>();
        open.forEach(
                (key, count) -> {
                    if (count != 0) {
                        counts.add(new Tally.OpenBreakCount(key.kind(), key.since(), count));
                    }
                });
        return new Tally(all, counts);
    }
}
