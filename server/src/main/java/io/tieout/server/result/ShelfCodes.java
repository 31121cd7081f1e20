package io.tieout.server.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/// Finds the shelf of each result that is stored, by a number that its traits make, without making
/// an object for each.
final class ShelfCodes {
    private static final int START = 64;

    private final LongFunction<Traits> traits;

    /// Slots of codes plus one, 0 where there is none, and the ordinals at these slots.
    private long[] codes = new long[START];

    private int[] ordinals = new int[START];
    private final List<Traits> shelves = new ArrayList<>();
    private long[] counts = new long[START];

    /// @param traits of a code, which is not negative
    ShelfCodes(LongFunction<Traits> traits) {
        this.traits = traits;
    }

    /// The ordinal of a code's shelf, on which one more result lies now.
    int place(long code) {
        int ordinal = ordinal(code);
        counts[ordinal]++;
        return ordinal;
    }

    private int ordinal(long code) {
        int slot = slot(code, codes.length);
        while (codes[slot] != 0) {
            if (codes[slot] == code + 1) {
                return ordinals[slot];
            }
            slot = (slot + 1) & (codes.length - 1);
        }
        return add(code, slot);
    }

    private static int slot(long code, int slots) {
        long mixed = code * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> Integer.SIZE) & (slots - 1);
    }

    private int add(long code, int slot) {
        int ordinal = shelves.size();
        shelves.add(traits.apply(code));
        codes[slot] = code + 1;
        ordinals[slot] = ordinal;
        if (ordinal + 1 == counts.length) {
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        if (shelves.size() * 2 > codes.length) {
            grow();
        }
        return ordinal;
    }

    private void grow() {
        long[] oldCodes = codes;
        int[] oldOrdinals = ordinals;
        codes = new long[oldCodes.length * 2];
        ordinals = new int[codes.length];
        for (int i = 0; i < oldCodes.length; i++) {
            if (oldCodes[i] != 0) {
                int slot = slot(oldCodes[i] - 1, codes.length);
                while (codes[slot] != 0) {
                    slot = (slot + 1) & (codes.length - 1);
                }
                codes[slot] = oldCodes[i];
                ordinals[slot] = oldOrdinals[i];
            }
        }
    }

    /// The shelves of a job with what lies on them.
    List<Shelf> shelves(long jobNumber) {
        List<Shelf> all = new ArrayList<>();
        for (int ordinal = 0; ordinal < shelves.size(); ordinal++) {
            long number = Places.shelf(jobNumber, ordinal);
            all.add(new Shelf(number, shelves.get(ordinal), counts[ordinal], counts[ordinal]));
        }
        return all;
    }
}
