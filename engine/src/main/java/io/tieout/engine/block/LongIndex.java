package io.tieout.engine.block;

import java.util.Arrays;

/// Numbers distinct longs from 0 in the order in which they come. Open addressing; the longs should
/// be hashes or hashed, for their low bits choose the place. For one thread while it grows.
public final class LongIndex {
    /// Stands for a long that has no number.
    public static final int NONE = -1;

    /// Bits of the filter for each slot.
    private static final int FILTER = 8;

    private long[] values;
    private int[] slots;

    /// A bit for each hash that occurs, small enough for the cache: most of what is looked for is
    /// not there.
    private long[] filter;

    private int count;

    /// @param expected how many distinct longs there may be; a guess that saves copying
    public LongIndex(int expected) {
        int size = Integer.highestOneBit(Math.clamp(expected, 8, 1 << 28) * 2 - 1) * 2;
        values = new long[size / 2];
        slots = new int[size];
        Arrays.fill(slots, NONE);
        filter = new long[size / (Long.SIZE / FILTER)];
    }

    /// How many distinct longs have a number.
    public int size() {
        return count;
    }

    /// The long of a number.
    public long value(int number) {
        return values[number];
    }

    /// The number of a long, a new one if it has none yet.
    public int add(long value) {
        int slot = slotOf(value);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        if (count == values.length) {
            grow();
            slot = slotOf(value);
        }
        values[count] = value;
        slots[slot] = count;
        note(value);
        return count++;
    }

    /// The number of a long, or [#NONE].
    public int find(long value) {
        int bit = bitOf(value);
        return (filter[bit >>> 6] >>> bit & 1) == 0 ? NONE : slots[slotOf(value)];
    }

    private void note(long value) {
        int bit = bitOf(value);
        filter[bit >>> 6] |= 1L << bit;
    }

    private int bitOf(long value) {
        return (int) (value ^ value >>> 32) & slots.length * FILTER - 1;
    }

    private int slotOf(long value) {
        int mask = slots.length - 1;
        int slot = (int) (value ^ value >>> 32) & mask;
        while (slots[slot] != NONE && values[slots[slot]] != value) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, NONE);
        values = Arrays.copyOf(values, slots.length / 2);
        filter = new long[slots.length / (Long.SIZE / FILTER)];
        for (int number = 0; number < count; number++) {
            slots[slotOf(values[number])] = number;
            note(values[number]);
        }
    }
}
