package io.tieout.engine.run;

import io.tieout.engine.block.Order;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.Hash;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// What one side of a pass matches: its open records one by one, or groups of them. A unit is named
/// by its first record in the order that breaks ties, so the order of rows never shows.
final class Units {
    private final Side side;
    private final int[] rows;
    private final int[] starts;

    private Units(Side side, int[] rows, int[] starts) {
        this.side = side;
        this.rows = rows;
        this.starts = starts;
    }

    /// Each open record a unit of its own. A unit is then called by its row.
    static Units single(Side side, int[] openRows) {
        return new Units(side, openRows, new int[0]);
    }

    /// Open records grouped by equal values; records that lack one of them belong to no unit.
    ///
    /// @param together columns that the records of a unit agree in
    /// @param summed columns whose amounts are added up: a unit is in one currency, and where an
    /// amount is missing there is no unit, for its sum is not known
    static Units grouped(
            Records records,
            Side side,
            int[] openRows,
            List<Column> together,
            List<AmountColumn> summed) {
        int[] whole = withValues(openRows, together);
        long[] hashes = new long[whole.length];
        Arrays.setAll(hashes, i -> hash(together, whole[i]));
        int[] rows = new int[whole.length];
        int[] byHash = Order.byValue(hashes);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = whole[byHash[i]];
        }
        int[] kept = new int[rows.length];
        int[] starts = new int[rows.length + 1];
        int units = 0;
        int from = 0;
        while (from < rows.length) {
            int first = rows[from];
            int end =
                    gather(
                            rows,
                            from,
                            endOfHash(together, rows, from),
                            row -> alike(together, first, row));
            while (from < end && !isAnyAbsent(summed, rows, from, end)) {
                int member = rows[from];
                int to = gather(rows, from, end, row -> sameCurrency(summed, member, row));
                records.sort(side, rows, from, to);
                System.arraycopy(rows, from, kept, starts[units], to - from);
                starts[units + 1] = starts[units] + to - from;
                units++;
                from = to;
            }
            from = end;
        }
        return new Units(
                side, Arrays.copyOf(kept, starts[units]), Arrays.copyOf(starts, units + 1));
    }

    private static boolean isAnyAbsent(List<AmountColumn> summed, int[] rows, int from, int to) {
        for (AmountColumn amounts : summed) {
            for (int i = from; i < to; i++) {
                if (amounts.isAbsent(rows[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int[] withValues(int[] openRows, List<Column> together) {
        int[] whole = new int[openRows.length];
        int count = 0;
        for (int row : openRows) {
            whole[count] = row;
            boolean complete = true;
            for (Column column : together) {
                complete &= !column.isAbsent(row);
            }
            count += complete ? 1 : 0;
        }
        return Arrays.copyOf(whole, count);
    }

    /// Moves the members of a group among `rows[from + 1..to)` next to `rows[from]`.
    ///
    /// @return where they end
    private static int gather(int[] rows, int from, int to, IntPredicate isMember) {
        int end = from + 1;
        for (int at = end; at < to; at++) {
            if (isMember.test(rows[at])) {
                int moved = rows[at];
                System.arraycopy(rows, end, rows, end + 1, at - end);
                rows[end++] = moved;
            }
        }
        return end;
    }

    /// Where the rows end that have the hash of `rows[from]`.
    private static int endOfHash(List<Column> together, int[] rows, int from) {
        long hash = hash(together, rows[from]);
        int to = from + 1;
        while (to < rows.length && hash(together, rows[to]) == hash) {
            to++;
        }
        return to;
    }

    private static boolean sameCurrency(List<AmountColumn> summed, int row, int otherRow) {
        for (AmountColumn amounts : summed) {
            if (!amounts.sameCurrency(row, amounts, otherRow)) {
                return false;
            }
        }
        return true;
    }

    private static long hash(List<Column> together, int row) {
        long hash = 0;
        for (Column column : together) {
            hash = Hash.combine(hash, column.hash(row));
        }
        return hash;
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
        return areSingle() ? rows.length : starts.length - 1;
    }

    boolean areSingle() {
        return starts.length == 0;
    }

    /// The unit at a place, from 0 up to [#count()].
    int id(int place) {
        return areSingle() ? rows[place] : place;
    }

    /// The record that names the unit.
    int first(int unit) {
        return areSingle() ? unit : rows[starts[unit]];
    }

    int size(int unit) {
        return areSingle() ? 1 : starts[unit + 1] - starts[unit];
    }

    /// Record number `i` of the unit.
    int row(int unit, int i) {
        return areSingle() ? unit : rows[starts[unit] + i];
    }

    /// The unit's rows, ascending.
    int[] rows(int unit) {
        if (areSingle()) {
            return new int[] {unit};
        }
        int[] members = Arrays.copyOfRange(rows, starts[unit], starts[unit + 1]);
        Arrays.sort(members);
        return members;
    }

    /// The sum of an amount over the unit; [AmountColumn#ABSENT] when a record has none or the sum
    /// does not fit.
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
