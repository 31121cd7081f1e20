package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Field;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns the rows of one stretch of a source into typed columns and rejects. For one thread.
final class RecordBuilder {
    private static final String NO_KEY = "is empty, but names the record";
    private static final String ROW = "";

    private final List<String> columnNames;
    private final FieldReader.@Nullable Text keys;
    private final FieldReader[] readers;
    private final FieldReader.Text[] groupings;
    private final int maxRejects;
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<TotalKey, BigDecimal> rejectedTotals = new TreeMap<>();
    private final LineMap lines = new LineMap();
    private int rejected;
    private int rows;

    RecordBuilder(Layout layout, int expectedRows, int maxRejects) {
        this.maxRejects = maxRejects;
        columnNames = layout.columns();
        int keySlot = layout.keySlot();
        keys =
                keySlot == Layout.UNUSED
                        ? null
                        : new FieldReader.Text(keySlot, List.of(), expectedRows);
        List<Field> fields = layout.plan().fields();
        readers = new FieldReader[fields.size()];
        for (int f = 0; f < readers.length; f++) {
            readers[f] = FieldReader.of(fields.get(f), layout, expectedRows);
        }
        groupings =
                layout.groupings().values().stream()
                        .map(slot -> new FieldReader.Text(slot, List.of(), expectedRows))
                        .toArray(FieldReader.Text[]::new);
    }

    /// Adds a row, or rejects it when one of its values cannot be read.
    ///
    /// @param line where the row starts, from 1 within the stretch
    /// @throws FailureException at that line when the row's amount has no common scale with the
    /// amounts before it
    void add(Cells cells, long line) {
        lines.add(rows++, line);
        try {
            append(cells, line);
        } catch (FailureException e) {
            throw new FailureException(e.failure().at(new Place(null, line, 0, null)), e);
        }
    }

    private void append(Cells cells, long line) {
        if (keys != null) {
            if (cells.isBlank(keys.slot())) {
                reject(cells, line, keys.slot(), NO_KEY);
                return;
            }
            @Nullable String wrong = keys.append(cells);
            if (wrong != null) {
                reject(cells, line, keys.slot(), wrong);
                return;
            }
        }
        for (int f = 0; f < readers.length; f++) {
            @Nullable String wrong = readers[f].append(cells);
            if (wrong != null) {
                takeBack(f, 0);
                reject(cells, line, readers[f].slot(), wrong);
                return;
            }
        }
        for (int g = 0; g < groupings.length; g++) {
            @Nullable String wrong = groupings[g].append(cells);
            if (wrong != null) {
                takeBack(readers.length, g);
                reject(cells, line, groupings[g].slot(), wrong);
                return;
            }
        }
    }

    private void takeBack(int fields, int groups) {
        if (keys != null) {
            keys.removeLast();
        }
        for (int f = 0; f < fields; f++) {
            readers[f].removeLast();
        }
        for (int g = 0; g < groups; g++) {
            groupings[g].removeLast();
        }
    }

    private void reject(Cells cells, long line, int slot, String reason) {
        for (FieldReader reader : readers) {
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

    /// Rejects a row as a whole.
    ///
    /// @param line where the row starts, from 1 within the stretch
    void reject(long line, String reason) {
        reject(line, ROW, reason);
    }

    /// Rejects a row for one of its columns, before its values are read.
    ///
    /// @param line where the row starts, from 1 within the stretch
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

    /// Rows so far, rejected ones included.
    int rows() {
        return rows;
    }

    /// Whether this stretch alone has more rejects than the whole source may have.
    boolean isHopeless() {
        return rejected > maxRejects;
    }

    /// @param lineCount line ends in the stretch
    /// @param seen slots for which the stretch has a value, where the format names them row by row
    Part build(long lineCount, boolean[] seen) {
        Column[] fields = Arrays.stream(readers).map(FieldReader::build).toArray(Column[]::new);
        TextColumn[] groups =
                Arrays.stream(groupings).map(FieldReader.Text::build).toArray(TextColumn[]::new);
        return new Part(
                rows,
                rejected,
                lineCount,
                keys == null ? null : keys.build(),
                fields,
                groups,
                rejects,
                rejectedTotals,
                lines,
                seen);
    }

    /// What one stretch of a source became. Rows and lines count from its start.
    record Part(
            int rows,
            int rejected,
            long lineCount,
            @Nullable TextColumn keys,
            Column[] fields,
            TextColumn[] groupings,
            List<Reject> rejects,
            Map<TotalKey, BigDecimal> rejectedTotals,
            LineMap lines,
            boolean[] seen) {
        /// The row, from 0, that the record at an index was made of.
        int row(int index) {
            int row = index;
            for (Reject reject : rejects) {
                row += reject.row() - 1 <= row ? 1 : 0;
            }
            return row;
        }
    }

    /// What rejected amounts are added up by.
    record TotalKey(String field, String currency) implements Comparable<TotalKey> {
        @Override
        public int compareTo(TotalKey other) {
            int byField = field.compareTo(other.field);
            return byField != 0 ? byField : currency.compareTo(other.currency);
        }
    }
}
