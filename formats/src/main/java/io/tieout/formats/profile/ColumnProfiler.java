package io.tieout.formats.profile;

import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.RowBatch;
import java.util.ArrayList;
import java.util.List;

/// Finds out what is in the columns of a source, batch by batch as a
/// [io.tieout.formats.source.RowSink] takes them. For one thread at a time. It costs some hundred
/// nanoseconds a cell, and a few dozen KiB a column.
public final class ColumnProfiler {
    private final List<ColumnTally> columns = new ArrayList<>();
    private long rows;

    /// Takes the rows of a batch; rejects are no rows.
    public void add(RowBatch batch) {
        byte[] bytes = batch.bytes();
        for (int row = 0; row < batch.rows(); row++) {
            for (int cell = batch.firstCell(row); cell < batch.endCell(row); cell++) {
                ColumnTally column = column(batch.column(row, cell));
                add(column, bytes, batch.from(cell), batch.to(cell), batch.kind(cell));
            }
        }
        rows += batch.rows();
    }

    private static void add(ColumnTally column, byte[] bytes, int start, int end, byte kind) {
        int from = start;
        int to = end;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        if (from < to || kind == CellKind.OBJECT) {
            column.add(bytes, from, to, kind);
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private ColumnTally column(int index) {
        while (columns.size() <= index) {
            columns.add(new ColumnTally(columns.size()));
        }
        return columns.get(index);
    }

    /// The profiles of all columns, in order.
    ///
    /// @param names all columns of the source
    public List<ColumnProfile> profiles(List<String> names) {
        List<ColumnProfile> profiles = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            profiles.add(column(i).profile(names.get(i), rows));
        }
        return profiles;
    }
}
