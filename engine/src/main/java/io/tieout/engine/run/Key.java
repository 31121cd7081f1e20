package io.tieout.engine.run;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.TextColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a pass wants equal: its exact comparisons, and the currency of every amount it compares
/// otherwise. The values of a record's key are packed into bytes that are equal exactly when the
/// values are, so that keys can be compared where they lie together.
final class Key {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// @param leftCurrencies for an amount, the number of each left currency code that both sides
    /// share
    private record Part(
            Column left,
            Column right,
            boolean currencyOnly,
            int[] leftCurrencies,
            int[] rightCurrencies) {
        static Part of(Column left, Column right, boolean currencyOnly) {
            List<String> shared = new ArrayList<>();
            return new Part(
                    left, right, currencyOnly, currencies(left, shared), currencies(right, shared));
        }

        private static int[] currencies(Column column, List<String> shared) {
            if (!(column instanceof AmountColumn amounts)) {
                return new int[0];
            }
            int[] numbers = new int[amounts.currencies().size()];
            for (int code = 0; code < numbers.length; code++) {
                String currency = amounts.currencies().get(code);
                if (!shared.contains(currency)) {
                    shared.add(currency);
                }
                numbers[code] = shared.indexOf(currency);
            }
            return numbers;
        }

        Column column(Side side) {
            return side == Side.LEFT ? left : right;
        }

        int currency(Side side, AmountColumn amounts, int row) {
            return (side == Side.LEFT ? leftCurrencies : rightCurrencies)[amounts.code(row)];
        }
    }

    private final Part[] parts;
    private final long equalFields;

    Key(Records records, Pass pass) {
        List<Part> found = new ArrayList<>();
        long equal = 0;
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            Column left = records.column(Side.LEFT, field);
            Column right = records.column(Side.RIGHT, field);
            boolean exact = comparison.comparison() instanceof Comparison.Exact;
            if (exact || left instanceof AmountColumn) {
                found.add(Part.of(left, right, !exact));
                equal |= exact ? 1L << field : 0;
            }
        }
        parts = found.toArray(Part[]::new);
        equalFields = equal;
    }

    /// The fields that are equal in every pair of a block: bit `f` for the plan's field `f`.
    long equalFields() {
        return equalFields;
    }

    /// The columns that records of one group must agree in.
    List<Column> exactColumns(Side side) {
        return Arrays.stream(parts)
                .filter(part -> !part.currencyOnly())
                .map(part -> part.column(side))
                .toList();
    }

    /// The amounts of which only the currency must be equal.
    List<AmountColumn> currencyColumns(Side side) {
        return Arrays.stream(parts)
                .filter(Part::currencyOnly)
                .map(part -> (AmountColumn) part.column(side))
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

    /// How many bytes a record's key takes.
    int size(Side side, int row) {
        int size = 0;
        for (Part part : parts) {
            size +=
                    switch (part.column(side)) {
                        case TextColumn texts -> Integer.BYTES + texts.end(row) - texts.start(row);
                        case AmountColumn _ ->
                                Integer.BYTES + (part.currencyOnly() ? 0 : Long.BYTES);
                        case DateColumn _ -> Integer.BYTES;
                        case DateTimeColumn _ -> Long.BYTES;
                    };
        }
        return size;
    }

    /// Packs a record's key into `target`, from `at` on.
    void pack(Side side, int row, byte[] target, int at) {
        int next = at;
        for (Part part : parts) {
            switch (part.column(side)) {
                case TextColumn texts -> {
                    int length = texts.end(row) - texts.start(row);
                    INT.set(target, next, length);
                    next += Integer.BYTES;
                    System.arraycopy(texts.bytes(), texts.start(row), target, next, length);
                    next += length;
                }
                case AmountColumn amounts -> {
                    INT.set(target, next, part.currency(side, amounts, row));
                    next += Integer.BYTES;
                    if (!part.currencyOnly()) {
                        LONG.set(target, next, amounts.unscaled(row));
                        next += Long.BYTES;
                    }
                }
                case DateColumn dates -> {
                    INT.set(target, next, dates.day(row));
                    next += Integer.BYTES;
                }
                case DateTimeColumn moments -> {
                    LONG.set(target, next, moments.micros(row));
                    next += Long.BYTES;
                }
            }
        }
    }
}
