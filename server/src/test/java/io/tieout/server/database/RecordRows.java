package io.tieout.server.database;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// Records to be loaded by tests.
final class RecordRows {
    static final List<String> COLUMNS =
            List.of("source_number", "row_number", "line", "project_id", "cells");

    private static final byte[] CELL = "some cell".getBytes(StandardCharsets.UTF_8);

    private RecordRows() {}

    static void write(CopyWriter writer, int segment, long source, long rows, UUID project)
            throws SQLException {
        for (int row = 1; row <= rows; row++) {
            writer.startRow();
            writer.writeInt(segment);
            writer.writeLong(source);
            writer.writeInt(row);
            writer.writeLong(row + 1);
            writer.writeUuid(project);
            writer.startTextArray();
            writer.writeElement(CELL, 0, CELL.length);
            writer.writeNullElement();
            writer.endArray();
        }
    }
}
