package io.tieout.formats.source;

import io.tieout.engine.table.TextColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds a key that two records share. Rows are spread by the first bits of their keys' hashes into
/// sets small enough for a core's cache, since a table of all rows would miss it at every step.
final class DistinctKeys {
    private static final int ROWS_OF_A_SET = 1 << 12;
    private static final int MAX_SET_BITS = 16;

    private final TextColumn keys;

    /// The low 32 bits of a key's hash, then the row plus one.
    private final long[] entries;

    /// Where each set starts among the entries.
    private final int[] starts;

    private long[] table = new long[ROWS_OF_A_SET * 4];
    private int first = Integer.MAX_VALUE;
    private int second = Integer.MAX_VALUE;

    /// Two rows with one key; the second is the first row of the table that repeats another.
    record Repeat(int first, int second) {}

    private DistinctKeys(TextColumn keys) {
        this.keys = keys;
        int rows = keys.rows();
        int bits =
                Math.clamp(
                        32 - Integer.numberOfLeadingZeros(rows / ROWS_OF_A_SET), 1, MAX_SET_BITS);
        entries = new long[rows];
        starts = new int[(1 << bits) + 1];
        spread(64 - bits);
    }

    /// The first repetition, or null where all keys are distinct.
    static @Nullable Repeat find(TextColumn keys) {
        DistinctKeys search = new DistinctKeys(keys);
        for (int set = 0; set + 1 < search.starts.length; set++) {
            search.searchSet(search.starts[set], search.starts[set + 1]);
        }
        return search.second == Integer.MAX_VALUE ? null : new Repeat(search.first, search.second);
    }

    private void spread(int shift) {
        int rows = keys.rows();
        for (int row = 0; row < rows; row++) {
            starts[(int) (keys.hash(row) >>> shift) + 1]++;
        }
        for (int set = 1; set < starts.length; set++) {
            starts[set] += starts[set - 1];
        }
        int[] next = Arrays.copyOf(starts, starts.length - 1);
        for (int row = 0; row < rows; row++) {
            long hash = keys.hash(row);
            entries[next[(int) (hash >>> shift)]++] = hash << 32 | (row + 1);
        }
    }

    /// Rows come in order within a set, so the first repetition found there is its first.
    private void searchSet(int from, int to) {
        int size = Integer.highestOneBit(Math.max(4, to - from)) * 4;
        if (size > table.length) {
            table = new long[size];
        }
        Arrays.fill(table, 0, size, 0);
        for (int i = from; i < to; i++) {
            long entry = entries[i];
            int slot = (int) (entry >>> 32) & (size - 1);
            for (; table[slot] != 0; slot = (slot + 1) & (size - 1)) {
                if (table[slot] >>> 32 == entry >>> 32
                        && keys.same((int) entry - 1, keys, (int) table[slot] - 1)) {
                    keep((int) table[slot] - 1, (int) entry - 1);
                    return;
                }
            }
            table[slot] = entry;
        }
    }

    private void keep(int one, int other) {
        if (other < second) {
            first = one;
            second = other;
        }
    }
}
