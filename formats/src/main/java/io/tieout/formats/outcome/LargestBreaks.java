package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The breaks with the largest amounts, whatever their sign; where the plan has no amount, the
/// first ones.
///
/// An amount is only ever compared with one of its own currency, for 900,000 JPY are not more than
/// 7,000 EUR. Where not all breaks can be shown, each currency gives its largest, then each its
/// second largest, and so on, the currency with the most breaks first, until there are enough;
/// breaks without an amount fill what is left.
public final class LargestBreaks {
    /// As many as a report shows.
    public static final int MOST = 1000;

    private static final Comparator<Entry> LARGEST_FIRST =
            Comparator.comparing(LargestBreaks::size)
                    .reversed()
                    .thenComparing(Entry::side)
                    .thenComparingInt(Entry::index);

    private LargestBreaks() {}

    /// A break and what it is ranked by.
    ///
    /// @param index into the outcome's breaks of the side
    /// @param amount of the plan's first amount field; empty when absent
    /// @param currency of the amount; empty without one
    public record Entry(Side side, int index, Optional<BigDecimal> amount, String currency) {}

    private static BigDecimal size(Entry entry) {
        return entry.amount().map(BigDecimal::abs).orElse(BigDecimal.ZERO);
    }

    /// The breaks of one currency: how many there are, and the largest of them.
    private static final class Group {
        private final int most;
        private final PriorityQueue<Entry> smallestFirst =
                new PriorityQueue<>(LARGEST_FIRST.reversed());
        private int count;

        Group(int most) {
            this.most = most;
        }

        void add(Entry entry) {
            count++;
            smallestFirst.add(entry);
            if (smallestFirst.size() > most) {
                smallestFirst.remove();
            }
        }

        int count() {
            return count;
        }

        List<Entry> largest(int wanted) {
            return smallestFirst.stream().sorted(LARGEST_FIRST).limit(wanted).toList();
        }
    }

    /// At most `most` breaks of both sides: currency after currency, the one with the most breaks
    /// first, and within each the largest first; those without an amount come last.
    public static List<Entry> of(RunRecord run, int most) {
        Optional<String> field = rankedBy(run);
        Map<String, Group> byCurrency = new TreeMap<>();
        Group without = new Group(most);
        for (Side side : Side.values()) {
            Breaks breaks = run.outcome().breaks(side);
            @Nullable AmountColumn amounts =
                    field.isPresent()
                                    && run.table(side).field(field.get())
                                            instanceof AmountColumn column
                            ? column
                            : null;
            for (int b = 0; b < breaks.size(); b++) {
                Entry entry = entry(side, b, breaks.row(b), amounts);
                if (entry.amount().isEmpty()) {
                    without.add(entry);
                } else {
                    byCurrency.computeIfAbsent(entry.currency(), _ -> new Group(most)).add(entry);
                }
            }
        }
        // A stable sort: currencies with as many breaks stay in the order of their codes.
        List<Group> groups = new ArrayList<>(byCurrency.values());
        groups.sort(Comparator.comparingInt(Group::count).reversed());
        int[] shares = shares(groups, most);
        List<Entry> largest = new ArrayList<>();
        for (int g = 0; g < shares.length; g++) {
            largest.addAll(groups.get(g).largest(shares[g]));
        }
        largest.addAll(without.largest(most - largest.size()));
        return largest;
    }

    /// The amount field that breaks are ranked by: the plan's first.
    static Optional<String> rankedBy(RunRecord run) {
        return run.plan().fields().stream()
                .filter(field -> field.type() instanceof FieldType.Amount)
                .map(Field::name)
                .findFirst();
    }

    /// How many each group gives when they give one each in turn.
    private static int[] shares(List<Group> groups, int most) {
        int[] shares = new int[groups.size()];
        int given = 0;
        for (boolean more = true; more && given < most; ) {
            more = false;
            for (int g = 0; g < shares.length && given < most; g++) {
                if (shares[g] < groups.get(g).count()) {
                    shares[g]++;
                    given++;
                    more = true;
                }
            }
        }
        return shares;
    }

    private static Entry entry(Side side, int index, int row, @Nullable AmountColumn amounts) {
        if (amounts == null || amounts.isAbsent(row)) {
            return new Entry(side, index, Optional.empty(), "");
        }
        return new Entry(
                side,
                index,
                Optional.of(BigDecimal.valueOf(amounts.unscaled(row), amounts.scale())),
                amounts.currency(row));
    }
}
