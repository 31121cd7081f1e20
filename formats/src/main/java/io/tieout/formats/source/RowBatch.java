package io.tieout.formats.source;

import java.util.Arrays;
import java.util.List;

/// Rows of a source as they are, in their order: what is in each cell, and nothing of what it may
/// mean. Valid only until the sink returns.
///
/// Cells are numbered throughout the batch; those of a row are `[firstCell(row), endCell(row))`, in
/// the order of their columns. A row has no cell where it has no value (JSON's null or a missing
/// member, nothing in a sheet); an empty text is a cell of no bytes.
public final class RowBatch {
    private final boolean dense;
    private int rows;
    private int[] numbers = new int[64];
    private int[] lines = new int[64];
    private int[] cellEnds = new int[64];
    private int[] columns = new int[0];
    private int[] from = new int[256];
    private int[] to = new int[256];
    private byte[] kinds = new byte[0];
    private byte[] bytes = new byte[0];
    private int written;
    private List<String> names = List.of();
    private List<Reject> rejects = List.of();
    private int rowsBefore;
    private long linesBefore;

    /// @param dense whether each row has a cell in each column, and all cells are texts
    RowBatch(boolean dense) {
        this.dense = dense;
    }

    /// How many rows there are, rejected ones not counted.
    public int rows() {
        return rows;
    }

    /// The columns known so far; further batches may know more, behind these.
    public List<String> columns() {
        return names;
    }

    /// Rows of the source that come after those of the batch before and are no records, in order.
    public List<Reject> rejects() {
        return rejects;
    }

    /// The row's number among all rows of the source, from 1, rejected ones counted: what names the
    /// record where a plan names no key.
    public int number(int row) {
        return rowsBefore + numbers[row];
    }

    /// The line on which the row starts, from 1; of a sheet, the number of the sheet's row.
    public long line(int row) {
        return linesBefore + lines[row];
    }

    /// The row's first cell.
    public int firstCell(int row) {
        return row == 0 ? 0 : cellEnds[row - 1];
    }

    /// The cell after the row's last.
    public int endCell(int row) {
        return cellEnds[row];
    }

    /// The index among [#columns] of a cell of the row; ascending within it.
    public int column(int row, int cell) {
        return dense ? cell - firstCell(row) : columns[cell];
    }

    /// What the format itself says of the cell, of [CellKind].
    public byte kind(int cell) {
        return dense ? CellKind.TEXT : kinds[cell];
    }

    /// The array that the cells' texts lie in, valid UTF-8 without NUL; not to be written to.
    public byte[] bytes() {
        return bytes;
    }

    /// Where the cell's text starts in [#bytes].
    public int from(int cell) {
        return from[cell];
    }

    /// Where the cell's text ends in [#bytes], exclusive.
    public int to(int cell) {
        return to[cell];
    }

    void clear() {
        rows = 0;
        written = 0;
        rejects = List.of();
    }

    /// How many bytes of text were copied into the batch.
    int copied() {
        return written;
    }

    /// Lets cells lie in an array of the caller's.
    void over(byte[] text) {
        bytes = text;
    }

    /// Makes room for a row of so many cells.
    ///
    /// @return the first of them
    int reserve(int cells) {
        if (rows == numbers.length) {
            numbers = Arrays.copyOf(numbers, rows * 2);
            lines = Arrays.copyOf(lines, rows * 2);
            cellEnds = Arrays.copyOf(cellEnds, rows * 2);
        }
        int first = firstCell(rows);
        int end = Math.addExact(first, cells);
        if (end > from.length) {
            int room = (int) Math.min(Integer.MAX_VALUE - 8, end * 2L);
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
        }
        if (!dense && end > columns.length) {
            columns = Arrays.copyOf(columns, from.length);
            kinds = Arrays.copyOf(kinds, from.length);
        }
        return first;
    }

    /// Says where a text lies.
    void cell(int cell, int start, int end) {
        from[cell] = start;
        to[cell] = end;
    }

    /// Copies a value into the batch.
    void cell(int cell, int column, byte[] text, int start, int end, byte kind) {
        int length = end - start;
        if (bytes.length - written < length) {
            long room = Math.max(1 << 16, (written + (long) length) * 2);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, room));
        }
        System.arraycopy(text, start, bytes, written, length);
        cell(cell, written, written + length);
        written += length;
        columns[cell] = column;
        kinds[cell] = kind;
    }

    /// Ends the row whose cells were given.
    ///
    /// @param number from 1 within the part
    /// @param line from 1 within the part
    void endRow(int number, int line, int endCell) {
        numbers[rows] = number;
        lines[rows] = line;
        cellEnds[rows++] = endCell;
    }

    /// Says what comes before the batch, and what its columns are.
    ///
    /// @param columnOf the index among the names for each column that was given to a cell; empty
    /// where the two are the same
    void place(
            int rowsBefore,
            long linesBefore,
            List<Reject> found,
            List<String> names,
            int[] columnOf) {
        this.rowsBefore = rowsBefore;
        this.linesBefore = linesBefore;
        this.names = names;
        rejects = found;
        if (columnOf.length > 0) {
            for (int row = 0; row < rows; row++) {
                sort(firstCell(row), endCell(row), columnOf);
            }
        }
    }

    /// Puts cells in the order of their columns. Objects mostly have the same order, and then this
    /// is one step a cell.
    private void sort(int first, int end, int[] columnOf) {
        boolean sorted = true;
        for (int i = first; i < end; i++) {
            columns[i] = columnOf[columns[i]];
            sorted &= i == first || columns[i - 1] < columns[i];
        }
        if (sorted) {
            return;
        }
        int count = end - first;
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = (long) columns[first + i] << 32 | (first + i);
        }
        Arrays.sort(order);
        int[] starts = Arrays.copyOfRange(from, first, end);
        int[] stops = Arrays.copyOfRange(to, first, end);
        byte[] marks = Arrays.copyOfRange(kinds, first, end);
        for (int i = 0; i < count; i++) {
            int old = (int) order[i] - first;
            columns[first + i] = (int) (order[i] >>> 32);
            from[first + i] = starts[old];
            to[first + i] = stops[old];
            kinds[first + i] = marks[old];
        }
    }
}
