package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands parts over to a sink, in their order: counts rows and rejects, and gives columns their
/// places.
final class RowDelivery {
    private static final String REMEDY = "correct the source, or allow more rejects";

    private final String source;
    private final ColumnNames names;
    private final RowSink sink;
    private final int maxRejects;
    private @Nullable Reject first;
    private int rows;
    private int rejected;

    RowDelivery(String source, ColumnNames names, RowSink sink, int maxRejects) {
        this.source = source;
        this.names = names;
        this.sink = sink;
        this.maxRejects = maxRejects;
    }

    /// Takes rows whose slots are the columns.
    ///
    /// @throws FailureException when there are too many rejects or rows
    void take(RawRows.Part part, long linesBefore) {
        take(part, linesBefore, new int[0]);
    }

    /// Takes rows whose slots are the names of a stretch.
    ///
    /// @throws FailureException when there are too many rejects, rows or columns
    void take(RowMembers.Part part, long linesBefore) {
        int[] columnOf = new int[part.names().size()];
        for (int slot = 0; slot < columnOf.length; slot++) {
            columnOf[slot] = names.index(part.names().get(slot));
        }
        take(part.rows(), linesBefore, columnOf);
    }

    private void take(RawRows.Part part, long linesBefore, int[] columnOf) {
        List<Reject> rejects = place(part, linesBefore);
        part.batch().place(rows, linesBefore, rejects, names.view(), columnOf);
        if (first == null && !rejects.isEmpty()) {
            first = rejects.getFirst();
        }
        rejected += part.rejected();
        if (rejected > maxRejects && first != null) {
            throw TooManyRejects.failure(source, first, rejected, maxRejects, REMEDY);
        }
        requireRows((long) rows + part.rows());
        rows += part.rows();
        if (part.rows() > 0) {
            sink.accept(part.batch());
        }
    }

    private List<Reject> place(RawRows.Part part, long linesBefore) {
        return part.rejects().stream()
                .map(
                        reject ->
                                new Reject(
                                        linesBefore + reject.line(),
                                        rows + reject.row(),
                                        reject.column(),
                                        reject.reason()))
                .toList();
    }

    private void requireRows(long count) {
        if (count > Table.MAX_ROWS) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.of(source),
                            "has more than " + Table.MAX_ROWS + " rows",
                            "split the source"));
        }
    }

    /// Rows so far, rejected ones included.
    int rows() {
        return rows;
    }

    int rejected() {
        return rejected;
    }
}
