package io.tieout.cli;

import io.tieout.engine.table.Hash;
import io.tieout.engine.table.TextColumn;
import java.util.function.IntPredicate;

/// A set of pairs of a left and a right key, kept as rows of the columns that hold them: no object
/// a pair.
final class KeyPairs {
    private final TextColumn left;
    private final TextColumn right;
    private final int[] slots;
    private final int mask;
    private final int[] rows;
    private int size;

    private KeyPairs(TextColumn left, TextColumn right) {
        this.left = left;
        this.right = right;
        int capacity = (int) Math.min(1 << 30, Long.highestOneBit(Math.max(4, left.rows())) * 4);
        mask = capacity - 1;
        slots = new int[capacity];
        rows = new int[left.rows()];
    }

    /// The distinct pairs of two columns.
    ///
    /// @param counted which rows belong to it
    static KeyPairs of(TextColumn left, TextColumn right, IntPredicate counted) {
        KeyPairs pairs = new KeyPairs(left, right);
        for (int row = 0; row < left.rows(); row++) {
            if (counted.test(row)) {
                pairs.add(row);
            }
        }
        return pairs;
    }

    private void add(int row) {
        int slot = slot(this, row);
        if (slots[slot] == 0) {
            rows[size++] = row;
            slots[slot] = row + 1;
        }
    }

    /// The slot that holds the pair of a row, or the free one where it would go.
    private int slot(KeyPairs of, int row) {
        int slot = (int) Hash.combine(of.left.hash(row), of.right.hash(row)) & mask;
        while (slots[slot] != 0) {
            int mine = slots[slot] - 1;
            if (left.same(mine, of.left, row) && right.same(mine, of.right, row)) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    int size() {
        return size;
    }

    /// How many pairs of this set another has too.
    int sharedWith(KeyPairs other) {
        int shared = 0;
        for (int i = 0; i < size; i++) {
            shared += other.slots[other.slot(this, rows[i])] == 0 ? 0 : 1;
        }
        return shared;
    }

    /// Receives a pair.
    interface Receiver {
        void accept(String leftKey, String rightKey);
    }

    /// The first pairs that another set lacks, in the order of their rows.
    void forEachNotIn(KeyPairs other, int most, Receiver receiver) {
        int told = 0;
        for (int i = 0; i < size && told < most; i++) {
            if (other.slots[other.slot(this, rows[i])] == 0) {
                receiver.accept(left.text(rows[i]), right.text(rows[i]));
                told++;
            }
        }
    }
}
