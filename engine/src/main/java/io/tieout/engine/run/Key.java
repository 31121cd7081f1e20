package io.tieout.engine.run;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a pass wants equal: its exact comparisons, and the currency of every amount it compares
/// otherwise. Hashes only find a block; equality is decided on the values.
final class Key {
    private record Part(Column left, Column right, boolean currencyOnly) {
        Column column(Side side) {
            return side == Side.LEFT ? left : right;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private long equalFields;

    Key(Records records, Pass pass) {
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            Column left = records.column(Side.LEFT, field);
            Column right = records.column(Side.RIGHT, field);
            boolean exact = comparison.comparison() instanceof Comparison.Exact;
            if (exact || left instanceof AmountColumn) {
                parts.add(new Part(left, right, !exact));
                equalFields |= exact ? 1L << field : 0;
            }
        }
    }

    /// The fields that are equal in every pair of a block: bit `f` for the plan's field `f`.
    long equalFields() {
        return equalFields;
    }

    /// The columns that records of one group must agree in.
    List<Column> exactColumns(Side side) {
        return parts.stream()
                .filter(part -> !part.currencyOnly())
                .map(part -> part.column(side))
                .toList();
    }

    /// The amounts of which only the currency must be equal.
    List<AmountColumn> currencyColumns(Side side) {
        return parts.stream()
                .filter(Part::currencyOnly)
                .map(part -> (AmountColumn) part.column(side))
                .toList();
    }

    /// The units that have a value in every part, with a hash of their key each.
    ///
    /// @param units ascending
    record Keyed(int[] units, long[] hashes) {}

    Keyed keyed(Units all) {
        int[] units = new int[all.count()];
        int[] rows = new int[all.count()];
        int count = 0;
        for (int unit = 0; unit < all.count(); unit++) {
            units[count] = unit;
            rows[count] = all.first(unit);
            count += isWhole(all.side(), rows[count]) ? 1 : 0;
        }
        units = Arrays.copyOf(units, count);
        rows = Arrays.copyOf(rows, count);
        long[] hashes = new long[count];
        for (Part part : parts) {
            Column column = part.column(all.side());
            if (part.currencyOnly()) {
                ((AmountColumn) column).addCurrencyHashes(rows, hashes);
            } else {
                column.addHashes(rows, hashes);
            }
        }
        return new Keyed(units, hashes);
    }

    private boolean isWhole(Side side, int row) {
        for (Part part : parts) {
            if (part.column(side).isAbsent(row)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the keys of two records are equal, value by value.
    boolean same(Side side, int row, Side otherSide, int otherRow) {
        for (Part part : parts) {
            Column column = part.column(side);
            Column other = part.column(otherSide);
            boolean same =
                    part.currencyOnly()
                            ? ((AmountColumn) column)
                                    .sameCurrency(row, (AmountColumn) other, otherRow)
                            : column.same(row, other, otherRow);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
