package io.tieout.server.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.profile.ColumnProfile;
import io.tieout.formats.profile.ColumnProfiler;
import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.Reject;
import io.tieout.formats.source.RowBatch;
import io.tieout.formats.source.RowSink;
import io.tieout.formats.source.RowSource;
import io.tieout.server.database.CopyWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes the rows of an upload into `reconciliation_records` as they are read.
final class RecordSink implements RowSink {
    /// The columns that are written, after the segment.
    static final List<String> COLUMNS =
            List.of("source_number", "row_number", "line", "project_id", "key", "cells", "kinds");

    private final CopyWriter writer;
    private final int segment;
    private final long sourceNumber;
    private final UUID projectId;
    private final Optional<String> keyColumn;
    private final String sourceName;
    private final ColumnProfiler profiler = new ColumnProfiler();
    private final List<Reject> rejects = new ArrayList<>();
    private byte[] kinds = new byte[64];
    private int keyIndex = -1;
    private long records;
    private @Nullable RowSource source;

    RecordSink(CopyWriter writer, int segment, PendingLoad load, String sourceName) {
        this.writer = writer;
        this.segment = segment;
        this.sourceNumber = load.number();
        this.projectId = load.projectId();
        this.keyColumn = load.keyColumn();
        this.sourceName = sourceName;
    }

    /// A row could not be sent to the database.
    static final class WriteFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final SQLException sql;

        WriteFailed(SQLException sql) {
            super(sql);
            this.sql = sql;
        }

        SQLException sql() {
            return sql;
        }
    }

    @Override
    public void start(RowSource started) {
        source = started;
        findKey(started.columns());
    }

    @Override
    public void accept(RowBatch batch) {
        if (keyIndex < 0) {
            findKey(batch.columns());
        }
        rejects.addAll(batch.rejects());
        try {
            for (int row = 0; row < batch.rows(); row++) {
                write(batch, row);
            }
        } catch (SQLException e) {
            throw new WriteFailed(e);
        }
        records += batch.rows();
        profiler.add(batch);
    }

    private void findKey(List<String> columns) {
        keyIndex = keyColumn.map(columns::indexOf).orElse(-1);
    }

    private void write(RowBatch batch, int row) throws SQLException {
        writer.startRow();
        writer.writeInt(segment);
        writer.writeLong(sourceNumber);
        writer.writeInt(batch.number(row));
        writer.writeLong(batch.line(row));
        writer.writeUuid(projectId);
        writeKey(batch, row);
        int first = batch.firstCell(row);
        int end = batch.endCell(row);
        boolean plain = true;
        int column = 0;
        writer.startCells();
        for (int cell = first; cell < end; cell++, column++) {
            for (; column < batch.column(row, cell); column++) {
                writer.writeAbsentCell();
            }
            writer.writeCell(batch.bytes(), batch.from(cell), batch.to(cell));
            plain &= batch.kind(cell) == CellKind.TEXT;
        }
        writer.endCells();
        if (plain) {
            writer.writeNull();
        } else {
            writeKinds(batch, row, column);
        }
    }

    private void writeKey(RowBatch batch, int row) {
        for (int cell = batch.firstCell(row); keyIndex >= 0 && cell < batch.endCell(row); cell++) {
            if (batch.column(row, cell) == keyIndex) {
                writer.writeText(batch.bytes(), batch.from(cell), batch.to(cell));
                return;
            }
        }
        writer.writeNull();
    }

    private void writeKinds(RowBatch batch, int row, int columns) {
        if (kinds.length < columns) {
            kinds = new byte[columns * 2];
        }
        java.util.Arrays.fill(kinds, 0, columns, CellKind.TEXT);
        for (int cell = batch.firstCell(row); cell < batch.endCell(row); cell++) {
            kinds[batch.column(row, cell)] = batch.kind(cell);
        }
        writer.writeBytes(kinds, 0, columns);
    }

    /// Checks, once all rows were read, that the column is there which names the records.
    void requireKey(List<String> columns) {
        if (keyColumn.isPresent() && !columns.contains(keyColumn.get())) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(sourceName),
                            "there is no column `" + keyColumn.get() + "`, which `key` names",
                            "name one of its columns, or leave `key` out"));
        }
    }

    RowSource source() {
        if (source == null) {
            throw new IllegalStateException("nothing was read");
        }
        return source;
    }

    long records() {
        return records;
    }

    List<Reject> rejects() {
        return rejects;
    }

    List<ColumnProfile> profiles(List<String> columns) {
        return profiler.profiles(columns);
    }
}
