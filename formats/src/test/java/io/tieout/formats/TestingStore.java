package io.tieout.formats;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.source.Reject;
import io.tieout.formats.source.RowBatch;
import io.tieout.formats.source.RowOptions;
import io.tieout.formats.source.RowReader;
import io.tieout.formats.source.RowSink;
import io.tieout.formats.source.RowSource;
import io.tieout.formats.source.RowsRead;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import io.tieout.formats.source.StoredKeys;
import io.tieout.formats.source.StoredPart;
import io.tieout.formats.source.StoredRows;
import io.tieout.formats.source.StoredSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the rows of a source as a platform would, in memory.
public final class TestingStore implements RowSink {
    private final List<Row> rows = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private @Nullable RowSource source;
    private @Nullable RowsRead read;

    /// A row as it was stored, with its cells by their columns.
    public record Row(int number, long line, Map<Integer, Cell> cells) {}

    /// A cell as it was stored.
    public record Cell(String text, byte kind) {}

    /// Reads and keeps a source.
    public static TestingStore of(SourceInput input, RowOptions options) {
        TestingStore store = new TestingStore();
        store.read = RowReader.read(input, options, store);
        return store;
    }

    @Override
    public void start(RowSource found) {
        if (source != null) {
            throw new IllegalStateException("started twice");
        }
        source = found;
    }

    @Override
    public void accept(RowBatch batch) {
        if (source == null) {
            throw new IllegalStateException("not started");
        }
        for (int row = 0; row < batch.rows(); row++) {
            Map<Integer, Cell> cells = new LinkedHashMap<>();
            int before = -1;
            for (int cell = batch.firstCell(row); cell < batch.endCell(row); cell++) {
                int column = batch.column(row, cell);
                if (column <= before || column >= batch.columns().size()) {
                    throw new IllegalStateException("column " + column + " after " + before);
                }
                before = column;
                int from = batch.from(cell);
                String text =
                        new String(
                                batch.bytes(), from, batch.to(cell) - from, StandardCharsets.UTF_8);
                cells.put(column, new Cell(text, batch.kind(cell)));
            }
            rows.add(new Row(batch.number(row), batch.line(row), cells));
        }
        rejects.addAll(batch.rejects());
    }

    public RowSource source() {
        return Objects.requireNonNull(source);
    }

    public RowsRead read() {
        return Objects.requireNonNull(read);
    }

    public List<Row> rows() {
        return rows;
    }

    public List<Reject> rejects() {
        return rejects;
    }

    public List<String> columns() {
        return read().columns();
    }

    /// The texts of a column; null where a row has none.
    public List<@Nullable String> texts(String column) {
        int index = columns().indexOf(column);
        List<@Nullable String> texts = new ArrayList<>();
        for (Row row : rows) {
            Cell cell = row.cells().get(index);
            texts.add(cell == null ? null : cell.text());
        }
        return texts;
    }

    /// What a plan makes of the stored rows.
    ///
    /// @param parts in how many parts the rows are given
    public SourceRead table(Plan plan, Side side, int maxRejects, int parts) {
        StoredRows stored = new StoredRows(plan, side, maxRejects);
        StoredSource into = stored.source(read().info().name(), columns());
        fill(into, parts, Optional.empty());
        return stored.assemble(read().info(), List.of(into));
    }

    /// Gives all rows, and the rejects among them, to parts of a source.
    ///
    /// @return how many rows were left out for a newer source's keys
    public int fill(StoredSource into, int parts, Optional<StoredKeys> newer) {
        int each = (rows.size() + parts - 1) / parts;
        int dropped = 0;
        int reject = 0;
        for (int p = 0; p < parts; p++) {
            int end = Math.min(rows.size(), (p + 1) * each);
            StoredPart part =
                    newer.isPresent() ? into.partWithout(newer.get(), each) : into.part(each);
            for (Row row : rows.subList(Math.min(end, p * each), end)) {
                while (reject < rejects.size() && rejects.get(reject).row() < row.number()) {
                    part.reject(rejects.get(reject++));
                }
                add(row, into.columns(), part);
            }
            while (p == parts - 1 && reject < rejects.size()) {
                part.reject(rejects.get(reject++));
            }
            dropped += part.dropped();
        }
        return dropped;
    }

    private static void add(Row row, int[] columns, StoredPart part) {
        for (int i = 0; i < columns.length; i++) {
            Cell cell = row.cells().get(columns[i]);
            if (cell != null) {
                // Not at the start of an array, as nothing promises that.
                byte[] text = (">" + cell.text()).getBytes(StandardCharsets.UTF_8);
                part.cell(i, Arrays.copyOf(text, text.length + 3), 1, text.length, cell.kind());
            }
        }
        part.add(row.number(), row.line());
    }
}
