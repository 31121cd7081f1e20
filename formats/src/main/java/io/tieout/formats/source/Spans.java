package io.tieout.formats.source;

import java.util.Arrays;

/// Where the values of many rows lie in one array of bytes, by their slots: what lets each column
/// be read in a loop of its own. Reused from stretch to stretch.
final class Spans {
    private static final int USUAL_ROWS = 1 << 12;
    private static final int USUAL_VALUES = 1 << 18;

    /// Shows one row at a time.
    final Cells cells;

    final int[][] from;
    final int[][] to;
    private int[] lines;
    private int rows;

    Spans(int slots) {
        int room = Math.clamp(USUAL_VALUES / Math.max(1, slots), 16, USUAL_ROWS);
        cells = new Cells(slots);
        from = new int[slots][room];
        to = new int[slots][room];
        lines = new int[room];
    }

    /// How many rows there are; the next one is written at this index.
    int rows() {
        return rows;
    }

    /// Takes in the row whose places were written.
    ///
    /// @param line where it starts, from 1 within the stretch
    void add(int line) {
        lines[rows++] = line;
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, rows * 2);
            for (int slot = 0; slot < from.length; slot++) {
                from[slot] = Arrays.copyOf(from[slot], rows * 2);
                to[slot] = Arrays.copyOf(to[slot], rows * 2);
            }
        }
    }

    /// Forgets all rows.
    void clear() {
        rows = 0;
    }

    /// The line on which a row starts.
    int line(int row) {
        return lines[row];
    }

    /// Shows one value of a row.
    void show(int row, int slot) {
        cells.from[slot] = from[slot][row];
        cells.to[slot] = to[slot][row];
    }

    /// Shows all values of a row.
    void show(int row) {
        for (int slot = 0; slot < from.length; slot++) {
            show(row, slot);
        }
    }

    /// How many bytes the values of a slot have in all; no column is larger than a stretch.
    int bytes(int slot) {
        int[] ends = to[slot];
        int[] starts = from[slot];
        int bytes = 0;
        for (int row = 0; row < rows; row++) {
            bytes += ends[row] - starts[row];
        }
        return bytes;
    }
}
