package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Field;
import io.tieout.engine.table.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns the rows of one stretch of a source into typed columns and rejects. For one thread.
final class RecordBuilder implements RowTaker<RecordBuilder.Part> {
    private static final String ROW = "";

    private final List<String> columnNames;

    /// The key's, if there is a key, then those of the fields, then those of the groupings.
    private final FieldReader[] columns;

    private final int maxRejects;
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<TotalKey, BigDecimal> rejectedTotals = new TreeMap<>();
    private final LineMap lines = new LineMap();
    private int rejected;
    private int rows;

    RecordBuilder(Layout layout, int expectedRows, int maxRejects) {
        this.maxRejects = maxRejects;
        columnNames = layout.columns();
        List<FieldReader> readers = new ArrayList<>();
        if (layout.keySlot() != Layout.UNUSED) {
            readers.add(FieldReader.Text.key(layout.keySlot(), expectedRows));
        }
        for (Field field : layout.plan().fields()) {
            readers.add(FieldReader.of(field, layout, expectedRows));
        }
        for (int slot : layout.groupings().values()) {
            readers.add(new FieldReader.Text(slot, List.of(), expectedRows));
        }
        columns = readers.toArray(FieldReader[]::new);
    }

    /// Adds a row, or rejects it when one of its values cannot be read.
    ///
    /// @param line where the row starts, from 1 within the stretch
    /// @throws FailureException at that line when the row's amount has no common scale with the
    /// amounts before it
    @Override
    public void add(Cells cells, long line) {
        lines.add(rows++, line);
        try {
            append(cells, line);
        } catch (FailureException e) {
            throw new FailureException(e.failure().at(new Place(null, line, 0, null)), e);
        }
    }

    /// Adds rows as [#add] does, a column at a time as long as nothing is wrong with any of them.
    @Override
    public void addAll(Spans rows) {
        if (!appendAll(rows)) {
            for (int row = 0; row < rows.rows(); row++) {
                rows.show(row);
                add(rows.cells, rows.line(row));
            }
            return;
        }
        for (int row = 0; row < rows.rows(); row++) {
            lines.add(this.rows++, rows.line(row));
        }
    }

    /// @return false when a row is wrong; then nothing was added
    private boolean appendAll(Spans rows) {
        for (int c = 0; c < columns.length; c++) {
            int count = columns[c].appendAll(rows);
            if (count < rows.rows()) {
                takeBack(c, rows.rows());
                columns[c].removeLast(count);
                return false;
            }
        }
        return true;
    }

    private void append(Cells cells, long line) {
        for (int c = 0; c < columns.length; c++) {
            @Nullable String wrong = columns[c].append(cells);
            if (wrong != null) {
                takeBack(c, 1);
                reject(cells, line, columns[c].slot(), wrong);
                return;
            }
        }
    }

    private void takeBack(int before, int count) {
        for (int c = 0; c < before; c++) {
            columns[c].removeLast(count);
        }
    }

    private void reject(Cells cells, long line, int slot, String reason) {
        for (FieldReader reader : columns) {
            if (reader instanceof DecimalReader decimals) {
                decimals.total(cells)
                        .ifPresent(
                                total ->
                                        rejectedTotals.merge(
                                                new TotalKey(total.field(), total.currency()),
                                                total.total(),
                                                BigDecimal::add));
            }
        }
        keep(line, columnNames.get(slot), reason);
    }

    @Override
    public void reject(long line, String reason) {
        reject(line, ROW, reason);
    }

    @Override
    public void reject(long line, int slot, String reason) {
        reject(line, columnNames.get(slot), reason);
    }

    /// Rejects a row for a column that the plan may not know.
    void reject(long line, String column, String reason) {
        lines.add(rows++, line);
        keep(line, column, reason);
    }

    private void keep(long line, String column, String reason) {
        rejected++;
        // One more than allowed fails the whole source, so no more need be remembered.
        if (rejects.size() <= maxRejects) {
            rejects.add(new Reject(line, rows, column, reason));
        }
    }

    /// Whether this stretch alone has more rejects than the whole source may have.
    boolean isHopeless() {
        return rejected > maxRejects;
    }

    @Override
    public Part build(long lineCount) {
        return new Part(
                rows,
                rejected,
                lineCount,
                Arrays.stream(columns).map(FieldReader::build).toArray(Column[]::new),
                rejects,
                rejectedTotals,
                lines,
                null);
    }

    /// What one stretch of a source became. Rows and lines count from its start.
    ///
    /// @param columns the key's, if there is a key, then the fields', then the groupings'
    /// @param origin where the rows were stored; null: they follow on those of the part before
    record Part(
            int rows,
            int rejected,
            long lineCount,
            Column[] columns,
            List<Reject> rejects,
            Map<TotalKey, BigDecimal> rejectedTotals,
            LineMap lines,
            @Nullable Origin origin)
            implements Parsed {
        /// The same, of rows that were stored.
        Part from(Origin where) {
            return new Part(
                    rows, rejected, lineCount, columns, rejects, rejectedTotals, lines, where);
        }

        /// How many records there are.
        int records() {
            return rows - rejected;
        }

        /// The number in its source of a row, from 1.
        ///
        /// @param row from 0
        /// @param rowsBefore rows of all parts before
        int number(int row, int rowsBefore) {
            return origin == null ? rowsBefore + row + 1 : (int) origin.numbers().line(row);
        }

        /// The row, from 0, that the record at an index was made of.
        int row(int index) {
            int row = index;
            for (Reject reject : rejects) {
                row += reject.row() - 1 <= row ? 1 : 0;
            }
            return row;
        }
    }

    /// Where the rows of a part were stored.
    ///
    /// @param source the name of the data source
    /// @param numbers which number each row has there, as [LineMap] has lines
    record Origin(String source, LineMap numbers) {}

    /// What rejected amounts are added up by.
    record TotalKey(String field, String currency) implements Comparable<TotalKey> {
        @Override
        public int compareTo(TotalKey other) {
            int byField = field.compareTo(other.field);
            return byField != 0 ? byField : currency.compareTo(other.currency);
        }
    }
}
