package io.tieout.engine.block;

import io.tieout.engine.compare.Bounds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Pairs of nodes whose values lie within bounds of each other, found by sweeping windows over
/// sorted values. With a second dimension the nodes are first put into cells of its values, so that
/// only neighbouring cells are swept against each other; within a cell both sides lie packed in the
/// order of the sweep.
public final class Sweep {
    /// Stands for no value; such a node is in no pair.
    public static final long ABSENT = Long.MIN_VALUE;

    /// A cell is so large that the bounds of a value reach over about this many of them.
    private static final long CELLS_IN_REACH = 4;

    /// The values of both sides' nodes in one comparison, and how far they may lie apart.
    ///
    /// @param left by left node, [#ABSENT] where there is none
    /// @param right by right node
    public record Dimension(long[] left, long[] right, Bounds bounds) {}

    /// Receives a pair of nodes.
    public interface Receiver {
        void accept(int left, int right);
    }

    /// One side's nodes sorted by cell, then by value.
    ///
    /// @param starts run `r` of one cell is `[starts[r], starts[r + 1])`
    /// @param cells the cell of each run, ascending
    private record Sorted(int[] nodes, long[] values, long[] second, int[] starts, long[] cells) {}

    private final Bounds bounds;
    private final @Nullable Bounds secondBounds;
    private final long cellWidth;
    private final Sorted lefts;
    private final Sorted rights;

    /// @param swept the dimension whose values are sorted
    /// @param celled the dimension that nodes are put into cells by; its bounds are fixed. Null:
    /// all are in one cell
    public Sweep(Dimension swept, @Nullable Dimension celled) {
        this.bounds = swept.bounds();
        this.secondBounds = celled == null ? null : celled.bounds();
        this.cellWidth =
                celled == null
                        ? 1
                        : Math.max(
                                1,
                                (celled.bounds().below() + celled.bounds().above())
                                        / CELLS_IN_REACH);
        this.lefts = sorted(swept.left(), celled == null ? null : celled.left());
        this.rights = sorted(swept.right(), celled == null ? null : celled.right());
    }

    private Sorted sorted(long[] values, long @Nullable [] second) {
        int[] present = new int[values.length];
        int count = 0;
        for (int node = 0; node < values.length; node++) {
            present[count] = node;
            count += values[node] != ABSENT && (second == null || second[node] != ABSENT) ? 1 : 0;
        }
        int[] order = Order.byValue(Arrays.copyOf(present, count), values);
        long[] cellOf = new long[second == null ? 0 : values.length];
        if (second != null) {
            for (int node : order) {
                cellOf[node] = Math.floorDiv(second[node], cellWidth);
            }
            order = Order.byValue(order, cellOf);
        }
        long[] packed = new long[count];
        long[] packedSecond = new long[second == null ? 0 : count];
        int[] starts = new int[count + 1];
        long[] cells = new long[count];
        int runs = 0;
        for (int i = 0; i < count; i++) {
            packed[i] = values[order[i]];
            if (second != null) {
                packedSecond[i] = second[order[i]];
            }
            long cell = second == null ? 0 : cellOf[order[i]];
            if (i == 0 || cell != cells[runs - 1]) {
                starts[runs] = i;
                cells[runs++] = cell;
            }
        }
        starts[runs] = count;
        return new Sorted(
                order,
                packed,
                packedSecond,
                Arrays.copyOf(starts, runs + 1),
                Arrays.copyOf(cells, runs));
    }

    /// How many places of left nodes there are to visit: those that have all values.
    public int places() {
        return lefts.nodes().length;
    }

    /// How many pairs the windows hold, before the second dimension is checked value by value.
    public long pairs() {
        long[] pairs = {0};
        windows(0, places(), (place, start, end) -> pairs[0] += end - start);
        return pairs[0];
    }

    /// Visits the pairs of the left nodes at places `[from, to)`.
    public void forEach(int from, int to, Receiver receiver) {
        windows(
                from,
                to,
                (place, start, end) -> {
                    int left = lefts.nodes()[place];
                    for (int at = start; at < end; at++) {
                        if (secondBounds == null
                                || secondBounds.meet(lefts.second()[place], rights.second()[at])) {
                            receiver.accept(left, rights.nodes()[at]);
                        }
                    }
                });
    }

    private interface Window {
        void accept(int place, int start, int end);
    }

    private void windows(int from, int to, Window window) {
        int run = runOf(lefts, from);
        for (int place = from; place < to; run++) {
            int end = Math.min(to, lefts.starts()[run + 1]);
            int firstRight = 0;
            int lastRight = rights.cells().length - 1;
            if (secondBounds != null) {
                long low = lefts.cells()[run] * cellWidth;
                firstRight = firstCell(minus(low, secondBounds.below()));
                lastRight =
                        firstCell(plus(low + cellWidth - 1, plus(secondBounds.above(), cellWidth)))
                                - 1;
            }
            for (int rightRun = firstRight; rightRun <= lastRight; rightRun++) {
                sweep(place, end, rightRun, window);
            }
            place = end;
        }
    }

    /// The first run of the right side whose cell is not before the cell of a value.
    private int firstCell(long value) {
        int found = Arrays.binarySearch(rights.cells(), Math.floorDiv(value, cellWidth));
        return found < 0 ? -found - 1 : found;
    }

    private static int runOf(Sorted side, int place) {
        int found = Arrays.binarySearch(side.starts(), place);
        return found < 0 ? -found - 2 : found;
    }

    // A left value's window starts and ends no earlier than the window of a smaller one.
    private void sweep(int from, int to, int rightRun, Window window) {
        long[] rightValues = rights.values();
        int last = rights.starts()[rightRun + 1];
        int start = firstOf(lefts.values()[from], rights.starts()[rightRun], last);
        int end = start;
        for (int place = from; place < to && start < last; place++) {
            long value = lefts.values()[place];
            while (start < last && isBefore(value, rightValues[start])) {
                start++;
            }
            end = Math.max(end, start);
            while (end < last
                    && (rightValues[end] <= value || bounds.meet(value, rightValues[end]))) {
                end++;
            }
            if (start < end) {
                window.accept(place, start, end);
            }
        }
    }

    private int firstOf(long value, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(value, rights.values()[middle])) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Whether a right value lies too far below a left one.
    private boolean isBefore(long left, long right) {
        return right < left && !bounds.meet(left, right);
    }

    private static long minus(long value, long reach) {
        long result = value - reach;
        return result > value ? Long.MIN_VALUE : result;
    }

    private static long plus(long value, long reach) {
        long result = value + reach;
        return result < value ? Long.MAX_VALUE : result;
    }
}
