package io.tieout.server.result;

import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The days by which results are found: those of the plan's first date or date-time field, in UTC.
final class HeadlineDays {
    /// Stands for no day; comes after all others.
    static final int ABSENT = Integer.MAX_VALUE;

    private static final long DAY_MICROS = 86_400_000_000L;

    private final Optional<String> field;
    private final @Nullable Column left;
    private final @Nullable Column right;

    HeadlineDays(Plan plan, Table leftTable, Table rightTable) {
        field = fieldOf(plan);
        left = field.isPresent() ? leftTable.field(field.get()) : null;
        right = field.isPresent() ? rightTable.field(field.get()) : null;
    }

    static Optional<String> fieldOf(Plan plan) {
        return plan.fields().stream()
                .filter(
                        field ->
                                field.type() instanceof FieldType.Date
                                        || field.type() instanceof FieldType.DateTime)
                .map(Field::name)
                .findFirst();
    }

    Optional<String> field() {
        return field;
    }

    /// A record's day since 1970-01-01, or [#ABSENT].
    int day(Side side, int row) {
        Column column = side == Side.LEFT ? left : right;
        if (column == null || column.isAbsent(row)) {
            return ABSENT;
        }
        return switch (column) {
            case DateColumn dates -> dates.day(row);
            case DateTimeColumn moments -> (int) Math.floorDiv(moments.micros(row), DAY_MICROS);
            case TextColumn _, AmountColumn _ -> throw new IllegalStateException("no dates");
        };
    }
}
