package io.tieout.formats.source;

import io.tieout.engine.table.Hash;
import io.tieout.engine.table.TextColumn;
import java.util.Arrays;
import java.util.List;

/// The keys of a stored source's records. Any number of threads may ask.
public final class StoredKeys {
    private static final int ROW_BITS = 32;

    private final List<TextColumn> parts;

    /// A part and a row in it plus one; 0 where there is none.
    private final long[] table;

    StoredKeys(List<TextColumn> parts) {
        this.parts = List.copyOf(parts);
        long rows = parts.stream().mapToLong(TextColumn::rows).sum();
        table = new long[Math.toIntExact(Long.highestOneBit(Math.max(4, rows)) * 4)];
        for (int part = 0; part < parts.size(); part++) {
            TextColumn keys = parts.get(part);
            for (int row = 0; row < keys.rows(); row++) {
                int slot = slot(keys.hash(row));
                while (table[slot] != 0) {
                    slot = slot(slot + 1);
                }
                table[slot] = (long) part << ROW_BITS | (row + 1);
            }
        }
    }

    private int slot(long hash) {
        return (int) hash & (table.length - 1);
    }

    /// The first bytes of an array.
    record Key(byte[] bytes, int length) {}

    boolean contains(Key key) {
        long hash = Hash.of(key.bytes(), 0, key.length());
        for (int slot = slot(hash); table[slot] != 0; slot = slot(slot + 1)) {
            TextColumn keys = parts.get((int) (table[slot] >>> ROW_BITS));
            int row = (int) table[slot] - 1;
            if (keys.hash(row) == hash
                    && Arrays.equals(
                            key.bytes(),
                            0,
                            key.length(),
                            keys.bytes(),
                            keys.start(row),
                            keys.end(row))) {
                return true;
            }
        }
        return false;
    }
}
