package io.tieout.cli;

import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.util.AbstractList;
import java.util.List;

/// Finds records by their keys.
final class KeyRows {
    static final int NONE = -1;

    private final Table table;
    private final int[] slots;
    private final int mask;

    KeyRows(Table table) {
        this.table = table;
        TextColumn keys = table.keys();
        int size = keys == null ? 1 : Integer.highestOneBit(Math.max(4, keys.rows())) * 4;
        mask = size - 1;
        slots = new int[size];
        if (keys != null) {
            for (int row = 0; row < keys.rows(); row++) {
                int slot = slot(keys.hash(row));
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = row + 1;
            }
        }
    }

    private int slot(long hash) {
        return (int) (hash >>> 20) & mask;
    }

    /// The row that a key names, or [#NONE].
    int row(String key) {
        TextColumn.Builder one = new TextColumn.Builder(1, key.length());
        one.append(key);
        return row(one.build(), 0);
    }

    /// The row that the key in a row of another column names, or [#NONE].
    int row(TextColumn texts, int at) {
        TextColumn keys = table.keys();
        if (keys == null) {
            return numbered(texts.text(at));
        }
        int slot = slot(texts.hash(at));
        while (slots[slot] != 0) {
            if (keys.same(slots[slot] - 1, texts, at)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    /// Row numbers ascend.
    private int numbered(String key) {
        int number;
        try {
            number = Integer.parseInt(key);
        } catch (NumberFormatException e) {
            return NONE;
        }
        int low = 0;
        int high = table.rows() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int there = table.rowNumber(middle);
            if (there == number) {
                return middle;
            }
            if (there < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    /// All keys, made as they are asked for.
    List<String> all() {
        return new AbstractList<>() {
            @Override
            public String get(int row) {
                return table.key(row);
            }

            @Override
            public int size() {
                return table.rows();
            }
        };
    }
}
