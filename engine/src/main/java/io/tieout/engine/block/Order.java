package io.tieout.engine.block;

import java.util.Arrays;

/// Stable sorting of whole numbers without an object for each.
public final class Order {
    private static final int SMALL = 16;
    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private Order() {}

    /// Which of two items comes first.
    public interface IntComparison {
        /// Negative, zero or positive, as in [java.util.Comparator].
        int compare(int one, int other);
    }

    /// Sorts `items[from..to)` by a comparison; equal items keep their order. Merge sort.
    public static void sort(int[] items, int from, int to, IntComparison comparison) {
        if (to - from > 1) {
            sort(items, from, to, comparison, new int[to - from > SMALL ? to - from : 0], from);
        }
    }

    private static void sort(
            int[] items, int from, int to, IntComparison comparison, int[] buffer, int base) {
        if (to - from <= SMALL) {
            insert(items, from, to, comparison);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(items, from, middle, comparison, buffer, base);
        sort(items, middle, to, comparison, buffer, base);
        if (comparison.compare(items[middle - 1], items[middle]) <= 0) {
            return;
        }
        System.arraycopy(items, from, buffer, from - base, middle - from);
        int left = from - base;
        int leftEnd = middle - base;
        int right = middle;
        int at = from;
        while (left < leftEnd && right < to) {
            items[at++] =
                    comparison.compare(items[right], buffer[left]) < 0
                            ? items[right++]
                            : buffer[left++];
        }
        System.arraycopy(buffer, left, items, at, leftEnd - left);
    }

    private static void insert(int[] items, int from, int to, IntComparison comparison) {
        for (int i = from + 1; i < to; i++) {
            int item = items[i];
            int at = i;
            while (at > from && comparison.compare(items[at - 1], item) > 0) {
                items[at] = items[at - 1];
                at--;
            }
            items[at] = item;
        }
    }

    /// Sorts items by a value that each has; equal ones keep their order. Radix sort: linear.
    ///
    /// @param items indices into `values`
    /// @return the items in ascending order of their values
    public static int[] byValue(int[] items, long[] values) {
        int[] from = items.clone();
        if (isAscending(from, values)) {
            return from;
        }
        int[] to = new int[from.length];
        long varying = varyingBits(from, values);
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
            if ((varying >>> shift & DIGITS - 1) == 0) {
                continue;
            }
            // The sign bit is turned so that negative values come first.
            long turned = shift == Long.SIZE - DIGIT_BITS ? Long.MIN_VALUE : 0;
            int[] starts = new int[DIGITS + 1];
            for (int item : from) {
                starts[digit(values[item] ^ turned, shift) + 1]++;
            }
            for (int d = 0; d < DIGITS; d++) {
                starts[d + 1] += starts[d];
            }
            for (int item : from) {
                to[starts[digit(values[item] ^ turned, shift)]++] = item;
            }
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    /// The numbers from 0 up to `count`, in ascending order of their values.
    public static int[] byValue(long[] values) {
        int[] all = new int[values.length];
        Arrays.setAll(all, i -> i);
        return byValue(all, values);
    }

    private static int digit(long value, int shift) {
        return (int) (value >>> shift) & DIGITS - 1;
    }

    private static boolean isAscending(int[] items, long[] values) {
        for (int i = 1; i < items.length; i++) {
            if (values[items[i - 1]] > values[items[i]]) {
                return false;
            }
        }
        return true;
    }

    private static long varyingBits(int[] items, long[] values) {
        long varying = 0;
        for (int item : items) {
            varying |= values[item] ^ values[items[0]];
        }
        return varying;
    }
}
