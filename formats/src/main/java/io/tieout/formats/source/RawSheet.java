package io.tieout.formats.source;

import io.tieout.engine.failure.Place;
import java.util.function.BiConsumer;

/// A sheet whose rows are taken as they are.
final class RawSheet implements SheetRows {
    private static final int BATCH_SIZE = 1 << 20;

    private final ColumnNames names;
    private final RawRows rows;
    private final RowDelivery delivery;
    private final BiConsumer<String, Header> found;

    /// @param names of the columns, which a row that goes further right adds to
    /// @param found hears of the sheet and its header
    RawSheet(
            ColumnNames names,
            RawRows rows,
            RowDelivery delivery,
            BiConsumer<String, Header> found) {
        this.names = names;
        this.rows = rows;
        this.delivery = delivery;
        this.found = found;
    }

    @Override
    public void columns(String sheet, Header header, Place place) {
        names.addHeader(header.names(), place);
        found.accept(sheet, header);
    }

    @Override
    public int slots() {
        return names.size();
    }

    @Override
    public int slot(int column) {
        names.growTo(column + 1);
        return column;
    }

    @Override
    public RowTaker<?> rows() {
        return rows;
    }

    @Override
    public boolean wantsMore() {
        if (rows.size() >= BATCH_SIZE || rows.isHopeless()) {
            flush();
        }
        return true;
    }

    /// Hands over the rows so far.
    void flush() {
        delivery.take(rows.build(0), 0);
        rows.clear();
    }
}
