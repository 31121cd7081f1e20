package io.tieout.engine.run;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.Hash;
import java.util.ArrayList;
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
    private boolean selective;

    Key(Records records, Pass pass) {
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            Column left = records.column(Side.LEFT, field);
            Column right = records.column(Side.RIGHT, field);
            boolean exact = comparison.comparison() instanceof Comparison.Exact;
            if (exact || left instanceof AmountColumn) {
                parts.add(new Part(left, right, !exact));
                selective |= exact;
            }
        }
    }

    /// Whether some field must be equal, and not only currencies.
    boolean isSelective() {
        return selective;
    }

    /// The columns that records of one group must agree in.
    List<Column> exactColumns(Side side) {
        return parts.stream()
                .filter(part -> !part.currencyOnly())
                .map(part -> part.column(side))
                .toList();
    }

    /// Whether the record has a value in every part.
    boolean isWhole(Side side, int row) {
        for (Part part : parts) {
            if (part.column(side).isAbsent(row)) {
                return false;
            }
        }
        return true;
    }

    long hash(Side side, int row) {
        long hash = 0;
        for (Part part : parts) {
            Column column = part.column(side);
            long value =
                    part.currencyOnly()
                            ? ((AmountColumn) column).currencyHash(row)
                            : column.hash(row);
            hash = Hash.combine(hash, value);
        }
        return Hash.of(hash);
    }

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
