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
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The breaks with the largest amounts, whatever their sign and currency; where the plan has no
/// amount, the first ones.
public final class LargestBreaks {
    /// As many as a report shows.
    public static final int MOST = 1000;

    private static final Comparator<Entry> SMALLEST_FIRST =
            Comparator.comparing(
                            (Entry entry) ->
                                    entry.amount()
                                            .map(BigDecimal::abs)
                                            .orElse(BigDecimal.ONE.negate()))
                    .thenComparing(Entry::side, Comparator.reverseOrder())
                    .thenComparing(Entry::index, Comparator.reverseOrder());

    private LargestBreaks() {}

    /// A break and what it is ranked by.
    ///
    /// @param index into the outcome's breaks of the side
    /// @param amount of the plan's first amount field; empty when absent
    /// @param currency of the amount; empty without one
    public record Entry(Side side, int index, Optional<BigDecimal> amount, String currency) {}

    /// At most `most` breaks of both sides, the largest first.
    public static List<Entry> of(RunRecord run, int most) {
        PriorityQueue<Entry> kept = new PriorityQueue<>(SMALLEST_FIRST);
        @Nullable String field = null;
        for (Field each : run.plan().fields()) {
            if (field == null && each.type() instanceof FieldType.Amount) {
                field = each.name();
            }
        }
        for (Side side : Side.values()) {
            Breaks breaks = run.outcome().breaks(side);
            @Nullable AmountColumn amounts =
                    field != null && run.table(side).field(field) instanceof AmountColumn column
                            ? column
                            : null;
            for (int b = 0; b < breaks.size(); b++) {
                kept.add(entry(side, b, breaks.row(b), amounts));
                if (kept.size() > most) {
                    kept.poll();
                }
            }
        }
        List<Entry> largest = new ArrayList<>();
        for (@Nullable Entry next = kept.poll(); next != null; next = kept.poll()) {
            largest.add(next);
        }
        return largest.reversed();
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
