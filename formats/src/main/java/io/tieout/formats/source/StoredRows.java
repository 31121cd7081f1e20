package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.source.RecordBuilder.Part;
import java.util.ArrayList;
import java.util.List;

/// Makes one side's table of rows that were read before, by [RowReader], and stored: the second way
/// to what [SourceReader] gives. What the plan says of how a source is read is not used.
///
/// ```java
/// StoredRows rows = new StoredRows(plan, Side.LEFT, 0);
/// StoredSource source = rows.source("bank", columns);
/// StoredPart part = source.part(1000);
/// // for each row, for each i of source.columns() that it has a cell in:
/// part.cell(i, bytes, from, to, kind);
/// part.add(number, line);
/// SourceRead read = rows.assemble(info, List.of(source));
/// ```
public final class StoredRows {
    private final Layout layout;
    private final int maxRejects;

    /// @param maxRejects most rows that may be rejected in all
    public StoredRows(Plan plan, Side side, int maxRejects) {
        if (maxRejects < 0) {
            throw new IllegalArgumentException("rejects are allowed from 0, not " + maxRejects);
        }
        layout = new Layout(plan, side);
        this.maxRejects = maxRejects;
    }

    /// A stored source whose rows are to be in the table.
    ///
    /// @param name for messages: of the data source
    /// @param columns as [RowsRead#columns] gave them
    /// @throws FailureException when a column that the plan names is not there
    public StoredSource source(String name, List<String> columns) {
        int[] slotOf = layout.resolve(columns, Place.of(name), "");
        return new StoredSource(name, slotOf, layout, maxRejects);
    }

    /// The table of all rows, in the order of the sources, and of the parts in each. Their parts
    /// must not be used afterwards, nor their keys.
    ///
    /// Several sources need a key in the plan. A key that two of them have is a failure, so a
    /// record that another replaces is to be left out before: [StoredSource#partWithout].
    ///
    /// @param info of the source, or of the newest of several; its rows are counted anew
    /// @throws FailureException when there are more rejects than allowed, keys repeat, amounts of
    /// one column have no common scale, or several sources have no keys
    public SourceRead assemble(SourceInfo info, List<StoredSource> sources) {
        if (sources.size() > 1 && layout.keySlot() == Layout.UNUSED) {
            throw new FailureException(
                    new Failure.InvalidPlan(
                            Place.UNKNOWN,
                            "the records of several sources cannot be told apart by their row"
                                    + " numbers",
                            "name the column that names them with `"
                                    + layout.side().word()
                                    + ".key` in the plan"));
        }
        List<Part> parts = new ArrayList<>();
        sources.forEach(source -> parts.addAll(source.built()));
        if (parts.isEmpty()) {
            parts.add(new RecordBuilder(layout, 0, maxRejects).build(0));
        }
        Assembly assembly =
                new Assembly(
                        info.name(),
                        layout,
                        parts,
                        1,
                        maxRejects,
                        "correct the source or the plan, or allow more rejects");
        assembly.requireFewRejects();
        SourceInfo counted =
                new SourceInfo(
                        info.name(),
                        info.format(),
                        info.compression(),
                        info.sha256(),
                        info.bytes(),
                        assembly.rows());
        return assembly.read(counted);
    }
}
