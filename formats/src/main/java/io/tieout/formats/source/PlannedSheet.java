package io.tieout.formats.source;

import io.tieout.engine.failure.Place;
import io.tieout.formats.source.RecordBuilder.Part;

/// A sheet whose rows become the records of a plan.
final class PlannedSheet implements SheetRows {
    private final Layout layout;
    private final RecordBuilder records;
    private int[] slotOf = new int[0];

    PlannedSheet(Layout layout, RecordBuilder records) {
        this.layout = layout;
        this.records = records;
    }

    @Override
    public void columns(String sheet, Header header, Place place) {
        slotOf = layout.resolve(header.names(), place, "sheet `" + sheet + "`");
    }

    @Override
    public int slots() {
        return layout.slots();
    }

    @Override
    public int slot(int column) {
        return column < slotOf.length ? slotOf[column] : Layout.UNUSED;
    }

    @Override
    public RowTaker<?> rows() {
        return records;
    }

    @Override
    public boolean wantsMore() {
        return !records.isHopeless();
    }

    /// All records.
    Part part() {
        return records.build(0);
    }
}
