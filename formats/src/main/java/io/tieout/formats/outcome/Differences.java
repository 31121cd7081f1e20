package io.tieout.formats.outcome;

import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Says by how much records differ, field by field: `amount -0.50`, `date +2 days`, `reference`.
/// Amounts are what the right records hold less what the left ones hold.
final class Differences {
    private final RunRecord run;
    private final List<Field> fields;

    Differences(RunRecord run) {
        this.run = run;
        Plan plan = run.plan();
        this.fields = plan.fields();
    }

    /// The differences of some left records from some right ones, in the order of the plan's
    /// fields.
    ///
    /// @param bits the fields to tell, bit `f` for field `f`
    List<String> of(long bits, int[] lefts, int[] rights) {
        List<String> all = new ArrayList<>();
        for (int f = 0; f < fields.size(); f++) {
            if ((bits >>> f & 1) != 0) {
                String name = fields.get(f).name();
                Column left = run.table(Side.LEFT).field(name);
                Column right = run.table(Side.RIGHT).field(name);
                all.add((name + " " + gap(left, right, lefts, rights)).strip());
            }
        }
        return all;
    }

    /// The names of fields.
    List<String> names(long bits) {
        List<String> names = new ArrayList<>();
        for (int f = 0; f < fields.size(); f++) {
            if ((bits >>> f & 1) != 0) {
                names.add(fields.get(f).name());
            }
        }
        return names;
    }

    /// The gap where one can be told: all values there, of one currency, or dates alike on a side.
    private static String gap(Column left, Column right, int[] lefts, int[] rights) {
        if (isAnyAbsent(left, lefts) || isAnyAbsent(right, rights)) {
            return "(absent)";
        }
        return switch (left) {
            case AmountColumn amounts -> amountGap(amounts, (AmountColumn) right, lefts, rights);
            case DateColumn dates -> dayGap(dates, (DateColumn) right, lefts, rights);
            case DateTimeColumn moments ->
                    momentGap(moments, (DateTimeColumn) right, lefts, rights);
            case TextColumn _ -> "";
        };
    }

    private static boolean isAnyAbsent(Column column, int[] rows) {
        for (int row : rows) {
            if (column.isAbsent(row)) {
                return true;
            }
        }
        return false;
    }

    private static String amountGap(
            AmountColumn left, AmountColumn right, int[] lefts, int[] rights) {
        String currency = left.currency(lefts[0]);
        String other = right.currency(rights[0]);
        if (!currency.equals(other)) {
            return currency + " and " + other;
        }
        BigDecimal gap = total(right, rights).subtract(total(left, lefts));
        return (gap.signum() > 0 ? "+" : "") + gap.toPlainString();
    }

    private static BigDecimal total(AmountColumn column, int[] rows) {
        BigDecimal total = BigDecimal.ZERO;
        for (int row : rows) {
            total = total.add(BigDecimal.valueOf(column.unscaled(row), column.scale()));
        }
        return total;
    }

    private static String dayGap(DateColumn left, DateColumn right, int[] lefts, int[] rights) {
        for (int row : lefts) {
            if (left.day(row) != left.day(lefts[0])) {
                return "";
            }
        }
        for (int row : rights) {
            if (right.day(row) != right.day(rights[0])) {
                return "";
            }
        }
        int days = right.day(rights[0]) - left.day(lefts[0]);
        return (days > 0 ? "+" : "") + days + (Math.abs(days) == 1 ? " day" : " days");
    }

    private static String momentGap(
            DateTimeColumn left, DateTimeColumn right, int[] lefts, int[] rights) {
        if (lefts.length > 1 || rights.length > 1) {
            return "";
        }
        long micros = right.micros(rights[0]) - left.micros(lefts[0]);
        return (micros > 0 ? "+" : "") + Duration.of(micros, java.time.temporal.ChronoUnit.MICROS);
    }
}
