package io.tieout.formats.source;

import java.util.Arrays;

/// Which line each row starts on. Rows mostly follow each other line by line, so only the places
/// where they do not are kept: blank lines, and rows with line ends in quotes.
final class LineMap {
    private int[] rows = new int[4];
    private long[] offsets = new long[4];
    private int size;

    /// Says where a row starts; rows come in order.
    void add(int row, long line) {
        long offset = line - row;
        if (size > 0 && offsets[size - 1] == offset) {
            return;
        }
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        rows[size] = row;
        offsets[size++] = offset;
    }

    /// The line on which a row starts.
    long line(int row) {
        int at = Arrays.binarySearch(rows, 0, size, row);
        int place = at >= 0 ? at : -at - 2;
        return row + offsets[place];
    }
}
