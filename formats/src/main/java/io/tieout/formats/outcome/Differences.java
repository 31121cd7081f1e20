package io.tieout.formats.outcome;

import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Says by how much records differ, field by field: `amount -0.50`, `date +2 days`, `reference`. A
/// gap is what the right records hold less what the left ones hold. It is told only where there is
/// one: all values are there, amounts are in one currency, the dates of a side are alike. For one
/// thread.
final class Differences {
    private static final int CURRENCIES_NAMED = 4;

    private final String[] names;
    private final byte[][] encodedNames;
    private final Column[] lefts;
    private final Column[] rights;
    private final TextBuffer one = new TextBuffer();

    Differences(RunRecord run) {
        this(run.plan().fields(), run.table(Side.LEFT), run.table(Side.RIGHT));
    }

    Differences(List<Field> fields, Table leftTable, Table rightTable) {
        names = fields.stream().map(Field::name).toArray(String[]::new);
        encodedNames = new byte[names.length][];
        lefts = new Column[names.length];
        rights = new Column[names.length];
        for (int f = 0; f < names.length; f++) {
            encodedNames[f] = names[f].getBytes(StandardCharsets.UTF_8);
            lefts[f] = leftTable.field(names[f]);
            rights[f] = rightTable.field(names[f]);
        }
    }

    /// The differences of some left records from some right ones, in the order of the plan's
    /// fields.
    ///
    /// @param bits the fields to tell, bit `f` for field `f`
    List<String> of(long bits, int[] leftRows, int[] rightRows) {
        List<String> all = new ArrayList<>();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            one.clear();
            append(one, Long.numberOfTrailingZeros(rest), leftRows, rightRows);
            all.add(one.toString());
        }
        return all;
    }

    /// The same, added to a text, with `; ` between them.
    void append(TextBuffer text, long bits, int[] leftRows, int[] rightRows) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            if (rest != bits) {
                text.append(';').append(' ');
            }
            append(text, Long.numberOfTrailingZeros(rest), leftRows, rightRows);
        }
    }

    /// The names of fields.
    List<String> names(long bits) {
        List<String> named = new ArrayList<>();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            named.add(names[Long.numberOfTrailingZeros(rest)]);
        }
        return named;
    }

    private void append(TextBuffer text, int field, int[] leftRows, int[] rightRows) {
        text.append(encodedNames[field]);
        Column left = lefts[field];
        Column right = rights[field];
        if (isAnyAbsent(left, leftRows) || isAnyAbsent(right, rightRows)) {
            text.append(" (absent)");
            return;
        }
        switch (left) {
            case AmountColumn amounts ->
                    appendAmount(text, amounts, leftRows, (AmountColumn) right, rightRows);
            case DateColumn dates ->
                    appendDays(text, dates, leftRows, (DateColumn) right, rightRows);
            case DateTimeColumn moments ->
                    appendTime(text, moments, leftRows, (DateTimeColumn) right, rightRows);
            case TextColumn _ -> {
                // How far two texts lie apart is no number that a reader could use.
            }
        }
    }

    private static boolean isAnyAbsent(Column column, int[] rows) {
        for (int row : rows) {
            if (column.isAbsent(row)) {
                return true;
            }
        }
        return false;
    }

    private static void appendAmount(
            TextBuffer text, AmountColumn left, int[] lefts, AmountColumn right, int[] rights) {
        text.append(' ');
        if (!isOneCurrency(left, lefts, right, rights)) {
            text.append(currencies(left, lefts, right, rights));
            return;
        }
        int scale = Math.max(left.scale(), right.scale());
        if (scale == left.scale() && scale == right.scale() && lefts.length + rights.length == 2) {
            long from = left.unscaled(lefts[0]);
            long gap = right.unscaled(rights[0]) - from;
            boolean overflows = ((right.unscaled(rights[0]) ^ from) & ~(gap ^ from)) < 0;
            if (!overflows && gap != Long.MIN_VALUE) {
                text.appendSigned(gap, scale);
                return;
            }
        }
        BigDecimal gap = total(right, rights).subtract(total(left, lefts));
        text.append((gap.signum() > 0 ? "+" : "") + gap.toPlainString());
    }

    /// Amounts of two currencies have no sum and no difference.
    private static boolean isOneCurrency(
            AmountColumn left, int[] lefts, AmountColumn right, int[] rights) {
        for (int row : lefts) {
            if (!left.sameCurrency(row, left, lefts[0])) {
                return false;
            }
        }
        for (int row : rights) {
            if (!right.sameCurrency(row, left, lefts[0])) {
                return false;
            }
        }
        return true;
    }

    private static String currencies(
            AmountColumn left, int[] lefts, AmountColumn right, int[] rights) {
        List<String> all = new ArrayList<>();
        for (int row : lefts) {
            addNew(all, left.currency(row));
        }
        for (int row : rights) {
            addNew(all, right.currency(row));
        }
        return all.size() > CURRENCIES_NAMED
                ? "in " + all.size() + " currencies"
                : String.join(" and ", all);
    }

    private static void addNew(List<String> all, String currency) {
        if (!all.contains(currency)) {
            all.add(currency);
        }
    }

    private static BigDecimal total(AmountColumn column, int[] rows) {
        BigDecimal total = BigDecimal.ZERO;
        for (int row : rows) {
            total = total.add(BigDecimal.valueOf(column.unscaled(row), column.scale()));
        }
        return total;
    }

    private static void appendDays(
            TextBuffer text, DateColumn left, int[] lefts, DateColumn right, int[] rights) {
        if (!isOneValue(left, lefts) || !isOneValue(right, rights)) {
            return;
        }
        long days = (long) right.day(rights[0]) - left.day(lefts[0]);
        text.append(' ').appendSigned(days, 0).append(Math.abs(days) == 1 ? " day" : " days");
    }

    /// As ISO 8601 writes a span of time, with one sign before all of it.
    private static void appendTime(
            TextBuffer text, DateTimeColumn left, int[] lefts, DateTimeColumn right, int[] rights) {
        if (!isOneValue(left, lefts) || !isOneValue(right, rights)) {
            return;
        }
        // As two spans, for the difference of two moments may exceed a `long` of microseconds.
        Duration gap =
                Duration.of(right.micros(rights[0]), ChronoUnit.MICROS)
                        .minus(Duration.of(left.micros(lefts[0]), ChronoUnit.MICROS));
        text.append(gap.isNegative() ? " -" : gap.isZero() ? " " : " +");
        text.append(gap.abs().toString());
    }

    private static boolean isOneValue(Column column, int[] rows) {
        for (int row : rows) {
            if (!column.same(row, column, rows[0])) {
                return false;
            }
        }
        return true;
    }
}
