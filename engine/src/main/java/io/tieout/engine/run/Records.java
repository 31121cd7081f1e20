package io.tieout.engine.run;

import io.tieout.engine.block.Order;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.Hash;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/// Both sides' records as the plan sees them: its fields' columns in its order, amounts of one
/// field at one scale on both sides.
final class Records {
    private final Plan plan;
    private final Table leftTable;
    private final Table rightTable;
    private final Column[] left;
    private final Column[] right;

    Records(Plan plan, Table leftTable, Table rightTable) {
        this.plan = plan;
        this.leftTable = leftTable;
        this.rightTable = rightTable;
        int fields = plan.fields().size();
        left = new Column[fields];
        right = new Column[fields];
        for (int f = 0; f < fields; f++) {
            String name = plan.fields().get(f).name();
            left[f] = leftTable.field(name);
            right[f] = rightTable.field(name);
            if (left[f] instanceof AmountColumn leftAmounts
                    && right[f] instanceof AmountColumn rightAmounts) {
                int scale = Math.max(leftAmounts.scale(), rightAmounts.scale());
                left[f] = leftAmounts.atScale(scale);
                right[f] = rightAmounts.atScale(scale);
            }
        }
    }

    Plan plan() {
        return plan;
    }

    Table table(Side side) {
        return side == Side.LEFT ? leftTable : rightTable;
    }

    int fields() {
        return left.length;
    }

    int fieldIndex(String name) {
        for (int f = 0; f < left.length; f++) {
            if (plan.fields().get(f).name().equals(name)) {
                return f;
            }
        }
        throw new IllegalArgumentException("no field " + name);
    }

    Column column(Side side, int field) {
        return side == Side.LEFT ? left[field] : right[field];
    }

    /// The columns that a name in `together` stands for, at the run's scale where it is a field.
    Column grouping(Side side, String name) {
        for (int f = 0; f < left.length; f++) {
            if (plan.fields().get(f).name().equals(name)) {
                return column(side, f);
            }
        }
        return table(side).grouping(name);
    }

    /// A hash over all fields of the plan, equal for records that are alike, on either side.
    long contentHash(Side side, int row) {
        long hash = 0;
        for (Column column : side == Side.LEFT ? left : right) {
            hash = Hash.combine(hash, column.isAbsent(row) ? 0 : column.hash(row));
        }
        return hash;
    }

    /// Whether two records agree in every field of the plan; absent agrees with absent.
    boolean alike(Side side, int row, Side otherSide, int otherRow) {
        for (int f = 0; f < left.length; f++) {
            if (differs(column(side, f), row, column(otherSide, f), otherRow)) {
                return false;
            }
        }
        return true;
    }

    /// The fields in which a left and a right record are not equal: bit `f` for field `f`.
    long differences(int leftRow, int rightRow) {
        return differences(leftRow, rightRow, 0);
    }

    /// The same, without looking at fields that are known to be equal.
    long differences(int leftRow, int rightRow, long equalFields) {
        long bits = 0;
        for (int f = 0; f < left.length; f++) {
            if ((equalFields >>> f & 1) == 0 && differs(left[f], leftRow, right[f], rightRow)) {
                bits |= 1L << f;
            }
        }
        return bits;
    }

    /// The fields that both records lack.
    long lacking(int leftRow, int rightRow) {
        long bits = 0;
        for (int f = 0; f < left.length; f++) {
            bits |= left[f].isAbsent(leftRow) && right[f].isAbsent(rightRow) ? 1L << f : 0;
        }
        return bits;
    }

    /// The fields in which a group is not equal to the other side: amounts and numbers by their
    /// sums, other fields where any two records differ.
    long groupDifferences(int[] leftRows, int[] rightRows) {
        long bits = 0;
        for (int l : leftRows) {
            for (int r : rightRows) {
                bits |= differences(l, r);
            }
        }
        for (int f = 0; f < left.length; f++) {
            if (left[f] instanceof AmountColumn leftAmounts
                    && right[f] instanceof AmountColumn rightAmounts) {
                boolean equal = sums(leftAmounts, leftRows).equals(sums(rightAmounts, rightRows));
                bits = equal ? bits & ~(1L << f) : bits | 1L << f;
            }
        }
        return bits;
    }

    /// The sum of each currency.
    private static Map<String, BigInteger> sums(AmountColumn amounts, int[] rows) {
        Map<String, BigInteger> sums = new HashMap<>();
        for (int row : rows) {
            if (!amounts.isAbsent(row)) {
                sums.merge(
                        amounts.currency(row),
                        BigInteger.valueOf(amounts.unscaled(row)),
                        BigInteger::add);
            }
        }
        return sums;
    }

    private static boolean differs(Column column, int row, Column other, int otherRow) {
        boolean absent = column.isAbsent(row);
        return absent != other.isAbsent(otherRow)
                || (!absent && !column.same(row, other, otherRow));
    }

    /// The order that breaks ties: by key where there is one; else by content, and rows alike by
    /// number.
    int compare(Side side, int row, int otherRow) {
        TextColumn keys = table(side).keys();
        if (keys != null) {
            return keys.compare(row, keys, otherRow);
        }
        int order = compareContent(side, row, side, otherRow);
        return order != 0 ? order : Integer.compare(row, otherRow);
    }

    private int compareContent(Side side, int row, Side otherSide, int otherRow) {
        for (int f = 0; f < left.length; f++) {
            Column column = column(side, f);
            Column other = column(otherSide, f);
            int order = compareValues(column, row, other, otherRow);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareValues(Column column, int row, Column other, int otherRow) {
        return switch (column) {
            case TextColumn texts -> texts.compare(row, (TextColumn) other, otherRow);
            case AmountColumn amounts -> amounts.compare(row, (AmountColumn) other, otherRow);
            case DateColumn dates ->
                    Integer.compare(dates.day(row), ((DateColumn) other).day(otherRow));
            case DateTimeColumn moments ->
                    Long.compare(moments.micros(row), ((DateTimeColumn) other).micros(otherRow));
        };
    }

    /// The order in which pairs are preferred where scores leave a choice: records alike in every
    /// field first, then by the lesser name of the two, then by the other one. It knows no side, so
    /// that swapping the sides swaps the choice.
    ///
    /// @param alikeFirst whether likeness counts
    int comparePairs(int l, int r, int otherL, int otherR, boolean alikeFirst) {
        if (alikeFirst) {
            boolean alike = alike(Side.LEFT, l, Side.RIGHT, r);
            if (alike != alike(Side.LEFT, otherL, Side.RIGHT, otherR)) {
                return alike ? -1 : 1;
            }
        }
        boolean leftIsLess = compareNames(Side.LEFT, l, Side.RIGHT, r) <= 0;
        boolean otherLeftIsLess = compareNames(Side.LEFT, otherL, Side.RIGHT, otherR) <= 0;
        Side lesser = leftIsLess ? Side.LEFT : Side.RIGHT;
        Side otherLesser = otherLeftIsLess ? Side.LEFT : Side.RIGHT;
        int order =
                compareNames(
                        lesser, leftIsLess ? l : r, otherLesser, otherLeftIsLess ? otherL : otherR);
        if (order == 0) {
            order =
                    compareNames(
                            lesser.opposite(),
                            leftIsLess ? r : l,
                            otherLesser.opposite(),
                            otherLeftIsLess ? otherR : otherL);
        }
        return order != 0 ? order : lesser.compareTo(otherLesser);
    }

    /// By key where both sides have one; else by content, and records alike as on their side.
    private int compareNames(Side side, int row, Side otherSide, int otherRow) {
        TextColumn keys = table(side).keys();
        TextColumn otherKeys = table(otherSide).keys();
        if (leftTable.keys() != null && rightTable.keys() != null) {
            return keys == null || otherKeys == null ? 0 : keys.compare(row, otherKeys, otherRow);
        }
        int order = compareContent(side, row, otherSide, otherRow);
        return order != 0 || side != otherSide ? order : compare(side, row, otherRow);
    }

    /// The 64-bit name of a record, for the digest: of its key, or of its content without one.
    long identity(Side side, int row) {
        TextColumn keys = table(side).keys();
        return keys != null ? keys.hash(row) : contentHash(side, row);
    }

    /// Sorts `rows[from..to)` of a side in the order that breaks ties.
    void sort(Side side, int[] rows, int from, int to) {
        Order.sort(rows, from, to, (row, otherRow) -> compare(side, row, otherRow));
    }

    /// The same rows in the order of their contents.
    int[] byContent(Side side, int[] rows) {
        int[] ordered = rows.clone();
        Order.sort(
                ordered, 0, ordered.length, (row, other) -> compareContent(side, row, side, other));
        return ordered;
    }
}
