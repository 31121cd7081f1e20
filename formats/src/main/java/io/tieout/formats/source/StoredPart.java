package io.tieout.formats.source;

import io.tieout.engine.clean.Cleaner;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.source.RecordBuilder.Origin;
import io.tieout.formats.source.RecordBuilder.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the rows of a stored source, given in their order. For one thread.
public final class StoredPart {
    private final String source;
    private final int[] slots;
    private final Layout layout;
    private final RecordBuilder records;
    private final @Nullable StoredKeys without;
    private final Cleaner cleaner = new Cleaner(List.of());
    private final Cells cells;
    private final LineMap numbers = new LineMap();
    private int rows;
    private int dropped;
    private @Nullable String wrong;

    StoredPart(
            String source,
            int[] slots,
            Layout layout,
            RecordBuilder records,
            @Nullable StoredKeys without) {
        this.source = source;
        this.slots = slots;
        this.layout = layout;
        this.records = records;
        this.without = without;
        cells = new Cells(layout.slots());
    }

    /// Gives a cell of the next row. One that is not given has no value.
    ///
    /// @param index among [StoredSource#columns]
    /// @param bytes its text is `bytes[from..to)`, valid UTF-8
    /// @param kind of [CellKind], as the cell was read
    /// @throws IllegalArgumentException when the row was given the cell before
    public void cell(int index, byte[] bytes, int from, int to, byte kind) {
        int slot = slots[index];
        if (!cells.take(slot)) {
            throw new IllegalArgumentException("cell " + index + " was given before");
        }
        if (kind != CellKind.ARRAY && kind != CellKind.OBJECT) {
            cells.put(slot, bytes, from, to, kind);
        } else if (wrong == null) {
            wrong = JsonLinesParser.nested(kind, layout.columns().get(slot));
        }
    }

    /// Ends the row whose cells were given, and takes or rejects it.
    ///
    /// @param number as [RowBatch#number] gave it; ascending
    /// @param line as [RowBatch#line] gave it
    /// @throws FailureException when the row's amount has no common scale with those before it
    public void add(int number, long line) {
        if (without != null && wrong == null && without.contains(key())) {
            dropped++;
        } else {
            numbers.add(rows++, number);
            addRow(line);
        }
        cells.clear();
        wrong = null;
    }

    private void addRow(long line) {
        if (wrong != null) {
            records.reject(line, wrong);
            return;
        }
        try {
            records.add(cells, line);
        } catch (FailureException e) {
            throw new FailureException(e.failure().at(Place.of(source, line)), e);
        }
    }

    /// The row's key as its column will hold it, in the cleaner.
    private StoredKeys.Key key() {
        int slot = layout.keySlot();
        int length = cleaner.clean(cells.bytes, cells.from[slot], cells.to[slot]);
        return new StoredKeys.Key(cleaner.bytes(), length);
    }

    /// Takes a row that was rejected when the source was read.
    public void reject(Reject reject) {
        numbers.add(rows++, reject.row());
        records.reject(reject.line(), reject.column(), reject.reason());
    }

    /// How many rows were left out because a newer source has their keys.
    public int dropped() {
        return dropped;
    }

    Part build() {
        return records.build(0).from(new Origin(source, numbers));
    }
}
