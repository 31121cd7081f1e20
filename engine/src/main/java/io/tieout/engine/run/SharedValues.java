package io.tieout.engine.run;

import io.tieout.engine.block.LongIndex;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.TextColumn;

/// For open records of one side, the records of the other side that share their value of one field,
/// where these are few.
final class SharedValues {
    /// A value that more records than this share says little about which one is meant.
    private static final int FEW = 32;

    /// Texts are looked at for telling records apart until this many are, as a share of the column.
    private static final int SAMPLE = 1 << 16;

    private final int[] valueOf;
    private final int[] counts;
    private final int[] starts;
    private final int[] rows;
    private final boolean tellsApart;

    /// @param open rows of `side`
    SharedValues(Records records, Side side, int field, int[] open) {
        Column mine = records.column(side, field);
        Column theirs = records.column(side.opposite(), field);
        LongIndex values = new LongIndex(open.length);
        valueOf = new int[open.length];
        for (int i = 0; i < open.length; i++) {
            valueOf[i] = mine.isAbsent(open[i]) ? LongIndex.NONE : values.add(mine.hash(open[i]));
        }
        counts = new int[values.size()];
        for (int row = 0; row < theirs.rows(); row++) {
            int value = theirs.isAbsent(row) ? LongIndex.NONE : values.find(theirs.hash(row));
            if (value != LongIndex.NONE) {
                counts[value]++;
            }
        }
        starts = new int[counts.length + 1];
        for (int value = 0; value < counts.length; value++) {
            starts[value + 1] = starts[value] + (counts[value] <= FEW ? counts[value] : 0);
        }
        rows = new int[starts[counts.length]];
        int[] next = starts.clone();
        for (int row = 0; row < theirs.rows(); row++) {
            int value = theirs.isAbsent(row) ? LongIndex.NONE : values.find(theirs.hash(row));
            if (value != LongIndex.NONE && counts[value] <= FEW) {
                rows[next[value]++] = row;
            }
        }
        tellsApart = mine instanceof TextColumn && isDistinct(mine) && isDistinct(theirs);
    }

    /// Whether nearly all texts of the column are distinct. Looked at are those whose hash falls
    /// into a share of all hashes, so that the order of rows does not show.
    private static boolean isDistinct(Column column) {
        long shares = Math.max(1, column.rows() / SAMPLE);
        LongIndex distinct = new LongIndex(Math.min(SAMPLE, column.rows()));
        int seen = 0;
        for (int row = 0; row < column.rows(); row++) {
            if (!column.isAbsent(row) && Long.remainderUnsigned(column.hash(row), shares) == 0) {
                distinct.add(column.hash(row));
                seen++;
            }
        }
        return distinct.size() * 10L >= seen * 9L;
    }

    /// Whether records that share a value of this field are most likely the same thing.
    boolean tellsRecordsApart() {
        return tellsApart;
    }

    /// How many records of the other side share the value of open record `i`, if it has one; 64-bit
    /// hashes are counted, not values.
    int sharers(int i) {
        return valueOf[i] == LongIndex.NONE ? 0 : counts[valueOf[i]];
    }

    /// How many records of the other side may share the value of open record `i`; 0 where they are
    /// many.
    int count(int i) {
        return valueOf[i] == LongIndex.NONE ? 0 : starts[valueOf[i] + 1] - starts[valueOf[i]];
    }

    /// One of them, from 0. Only its hash is known to be equal.
    int row(int i, int k) {
        return rows[starts[valueOf[i]] + k];
    }
}
