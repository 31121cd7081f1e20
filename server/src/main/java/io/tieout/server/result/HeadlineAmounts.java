package io.tieout.server.result;

import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The amounts by which results are ordered and added up: those of the plan's first amount field,
/// or of its first number where it has no amount; in units of one scale on both sides.
final class HeadlineAmounts {
    /// Stands for no amount.
    static final long ABSENT = AmountColumn.ABSENT;

    /// The code of no currency.
    static final int NO_CURRENCY = 0;

    private final Optional<String> field;
    private final int scale;
    private final @Nullable AmountColumn left;
    private final @Nullable AmountColumn right;
    private final List<String> currencies = new ArrayList<>(List.of(""));
    private final int[] leftCodes;
    private final int[] rightCodes;

    HeadlineAmounts(Plan plan, Table leftTable, Table rightTable) {
        field = fieldOf(plan);
        if (field.isEmpty()) {
            scale = 0;
            left = null;
            right = null;
            leftCodes = new int[0];
            rightCodes = new int[0];
            return;
        }
        AmountColumn lefts = (AmountColumn) leftTable.field(field.get());
        AmountColumn rights = (AmountColumn) rightTable.field(field.get());
        scale = Math.max(lefts.scale(), rights.scale());
        left = lefts.atScale(scale);
        right = rights.atScale(scale);
        leftCodes = codes(lefts);
        rightCodes = codes(rights);
    }

    static Optional<String> fieldOf(Plan plan) {
        Optional<String> amount =
                plan.fields().stream()
                        .filter(field -> field.type() instanceof FieldType.Amount)
                        .map(Field::name)
                        .findFirst();
        return amount.or(
                () ->
                        plan.fields().stream()
                                .filter(field -> field.type() instanceof FieldType.Quantity)
                                .map(Field::name)
                                .findFirst());
    }

    private int[] codes(AmountColumn column) {
        return column.currencies().stream().mapToInt(this::codeOf).toArray();
    }

    private int codeOf(String currency) {
        if (currency.equals(AmountColumn.NO_CURRENCY)) {
            return NO_CURRENCY;
        }
        int known = currencies.indexOf(currency);
        if (known >= 0) {
            return known;
        }
        currencies.add(currency);
        return currencies.size() - 1;
    }

    Optional<String> field() {
        return field;
    }

    /// Digits after the decimal mark of all amounts.
    int scale() {
        return scale;
    }

    /// A record's amount, or [#ABSENT].
    long units(Side side, int row) {
        AmountColumn column = side == Side.LEFT ? left : right;
        return column == null ? ABSENT : column.unscaled(row);
    }

    /// The code of a record's currency; that of no currency where there is no amount.
    int currency(Side side, int row) {
        AmountColumn column = side == Side.LEFT ? left : right;
        if (column == null || column.isAbsent(row)) {
            return NO_CURRENCY;
        }
        return (side == Side.LEFT ? leftCodes : rightCodes)[column.code(row)];
    }

    /// The currency of a code; empty for none.
    String currency(int code) {
        return currencies.get(code);
    }

    /// By what results with an amount are ordered: larger amounts of either sign come first, and
    /// those without one last.
    static long weight(long units) {
        return units == ABSENT ? 1 : -Math.abs(units);
    }

    /// The sign by which amounts of one weight are told apart.
    static int sign(long units) {
        return units == ABSENT ? 0 : units < 0 ? -1 : 1;
    }
}
