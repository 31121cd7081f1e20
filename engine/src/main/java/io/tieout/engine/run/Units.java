package io.tieout.engine.run;

import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.Hash;
import java.util.Arrays;
import java.util.List;

/// What one side of a pass matches: its open records one by one, or groups of them. A unit is named
/// by
/// its first record in the order that breaks ties, so the order of rows never shows.
final class Units {
    private final Side side;
    private final int[] rows;
    private final int[] starts;

    private Units(Side side, int[] rows, int[] starts) {
        this.side = side;
        this.rows = rows;
        this.starts = starts;
    }

    /// Each open record a unit of its own.
    static Units single(Side side, int[] openRows) {
        return new Units(side, openRows, new int[0]);
    }

    /// Open records grouped by equal values; records that lack one of them belong to no unit.
    static Units grouped(Records records, Side side, int[] openRows, List<Column> together) {
        long[] order = new long[openRows.length];
        long[] hashes = new long[openRows.length];
        int count = 0;
        for (int row : openRows) {
            long hash = 0;
            boolean whole = true;
            for (Column column : together) {
                whole &= !column.isAbsent(row);
                hash = Hash.combine(hash, column.hash(row));
            }
            if (whole) {
                hashes[count] = hash;
                order[count++] = row;
            }
        }
        int[] rows = inOrderOf(hashes, order, count);
        int[] starts = new int[count + 1];
        int units = 0;
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && alike(together, rows[from], rows[to])) {
                to++;
            }
            int[] members = Arrays.copyOfRange(rows, from, to);
            records.sort(side, members, members.length);
            System.arraycopy(members, 0, rows, from, members.length);
            starts[units++] = from;
            from = to;
        }
        starts[units] = count;
        return new Units(side, Arrays.copyOf(rows, count), Arrays.copyOf(starts, units + 1));
    }

    private static int[] inOrderOf(long[] hashes, long[] rows, int count) {
        Integer[] index = new Integer[count];
        for (int i = 0; i < count; i++) {
            index[i] = i;
        }
        Arrays.parallelSort(
                index,
                (a, b) -> {
                    int byHash = Long.compare(hashes[a], hashes[b]);
                    return byHash != 0 ? byHash : Long.compare(rows[a], rows[b]);
                });
        int[] sorted = new int[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = (int) rows[index[i]];
        }
        return sorted;
    }

    private static boolean alike(List<Column> together, int row, int otherRow) {
        for (Column column : together) {
            if (!column.same(row, column, otherRow)) {
                return false;
            }
        }
        return true;
    }

    Side side() {
        return side;
    }

    int count() {
        return starts.length == 0 ? rows.length : starts.length - 1;
    }

    boolean areSingle() {
        return starts.length == 0;
    }

    /// The record that names the unit.
    int first(int unit) {
        return starts.length == 0 ? rows[unit] : rows[starts[unit]];
    }

    int size(int unit) {
        return starts.length == 0 ? 1 : starts[unit + 1] - starts[unit];
    }

    /// Record number `i` of the unit.
    int row(int unit, int i) {
        return starts.length == 0 ? rows[unit] : rows[starts[unit] + i];
    }

    /// The unit's rows, ascending.
    int[] rows(int unit) {
        if (starts.length == 0) {
            return new int[] {rows[unit]};
        }
        int[] members = Arrays.copyOfRange(rows, starts[unit], starts[unit + 1]);
        Arrays.sort(members);
        return members;
    }

    /// The sum of an amount over the unit; [AmountColumn#ABSENT] when a record has none or the sum
    /// does
    /// not fit.
    long sum(AmountColumn amounts, int unit) {
        long sum = 0;
        for (int i = 0; i < size(unit); i++) {
            long value = amounts.unscaled(row(unit, i));
            long next = sum + value;
            if (value == AmountColumn.ABSENT || ((sum ^ next) & (value ^ next)) < 0) {
                return AmountColumn.ABSENT;
            }
            sum = next;
        }
        return sum;
    }
}
