package io.tieout.server.job;

import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.Reject;
import io.tieout.formats.source.RowBatch;
import io.tieout.formats.source.RowSink;
import io.tieout.formats.source.RowSource;
import io.tieout.server.database.TestingCells;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Writes the rows of a source into `reconciliation_records` by plain SQL.
final class TestingRows implements RowSink {
    private static final int AT_ONCE = 1000;

    private final Handle handle;
    private final long number;
    private final UUID projectId;
    private final List<Reject> rejects = new ArrayList<>();
    private PreparedBatch batch;
    private long records;

    TestingRows(Handle handle, long number, UUID projectId) {
        this.handle = handle;
        this.number = number;
        this.projectId = projectId;
        batch = prepared();
    }

    private PreparedBatch prepared() {
        return handle.prepareBatch(
                """
                insert into reconciliation_records
                  (segment, source_number, row_number, line, project_id, cells, kinds)
                values (0, :number, :row, :line, :project, :cells, :kinds)
                """);
    }

    long records() {
        return records;
    }

    List<Reject> rejects() {
        return rejects;
    }

    @Override
    public void start(RowSource source) {}

    @Override
    public void accept(RowBatch rows) {
        rejects.addAll(rows.rejects());
        for (int row = 0; row < rows.rows(); row++) {
            add(rows, row);
            if (batch.size() == AT_ONCE) {
                flush();
            }
        }
        flush();
    }

    private void add(RowBatch rows, int row) {
        @Nullable String[] cells = new @Nullable String[rows.columns().size()];
        byte[] kinds = new byte[cells.length];
        boolean plain = true;
        for (int cell = rows.firstCell(row); cell < rows.endCell(row); cell++) {
            int column = rows.column(row, cell);
            int from = rows.from(cell);
            cells[column] =
                    new String(rows.bytes(), from, rows.to(cell) - from, StandardCharsets.UTF_8);
            kinds[column] = rows.kind(cell);
            plain &= kinds[column] == CellKind.TEXT;
        }
        batch.bind("number", number)
                .bind("row", rows.number(row))
                .bind("line", rows.line(row))
                .bind("project", projectId)
                .bind("cells", TestingCells.packed(Arrays.asList(cells)))
                .bind("kinds", plain ? null : kinds)
                .add();
        records++;
    }

    private void flush() {
        if (batch.size() > 0) {
            batch.execute();
            batch = prepared();
        }
    }
}
