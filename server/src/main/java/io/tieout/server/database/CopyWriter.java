package io.tieout.server.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/// Writes rows into a table by binary COPY, the fastest way in. For each row `startRow`, then one
/// value for each column in their order; at the end `finish`. One buffer is used throughout, and
/// nothing is made per row.
///
/// A table with row-level security takes no COPY; partitions have none, and belong to the owner.
public final class CopyWriter implements AutoCloseable {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int SEND_BYTES = 1 << 16;
    private static final int UNFINISHED = -1;

    private final CopyIn copy;
    private final int columns;
    private byte[] buffer = new byte[SEND_BYTES + SEND_BYTES / 4];
    private int size;
    private int left;
    private long rows;
    private int cellsAt = UNFINISHED;

    private CopyWriter(CopyIn copy, int columns) {
        this.copy = copy;
        this.columns = columns;
    }

    /// Begins to copy.
    ///
    /// @param table a name as it is written in SQL
    /// @param columns names as they are written in SQL
    /// @param freeze whether the rows are written as if they had always been there; only into a
    ///     table made or emptied in the same transaction
    public static CopyWriter into(
            Connection connection, String table, List<String> columns, boolean freeze)
            throws SQLException {
        requireName(table);
        columns.forEach(CopyWriter::requireName);
        String sql =
                "copy "
                        + table
                        + " ("
                        + String.join(", ", columns)
                        + ") from stdin (format binary"
                        + (freeze ? ", freeze true)" : ")");
        CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
        CopyWriter writer = new CopyWriter(manager.copyIn(sql), columns.size());
        writer.append(HEADER, 0, HEADER.length);
        return writer;
    }

    private static void requireName(String name) {
        if (!name.matches("[a-z_][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a name of ours: " + name);
        }
    }

    /// Begins a row; the one before must be complete.
    public void startRow() throws SQLException {
        requireComplete();
        // Only here, so that a length within a row can still be filled in.
        if (size >= SEND_BYTES) {
            send();
        }
        ensure(2);
        putShort(columns);
        left = columns;
        rows++;
    }

    private void requireComplete() {
        if (left != 0 || cellsAt != UNFINISHED) {
            throw new IllegalStateException("row " + rows + " lacks " + left + " of its values");
        }
    }

    /// SQL's null.
    public void writeNull() {
        field(-1, 0);
    }

    /// An `int`.
    public void writeInt(int value) {
        field(4, 4);
        putInt(value);
    }

    /// A `bigint`.
    public void writeLong(long value) {
        field(8, 8);
        putLong(value);
    }

    /// A `uuid`.
    public void writeUuid(UUID value) {
        field(16, 16);
        putLong(value.getMostSignificantBits());
        putLong(value.getLeastSignificantBits());
    }

    /// A `text`, from UTF-8 without NUL.
    public void writeText(byte[] utf8, int from, int to) {
        field(to - from, to - from);
        put(utf8, from, to);
    }

    /// A `text`.
    public void writeText(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writeText(utf8, 0, utf8.length);
    }

    /// A `bytea`.
    public void writeBytes(byte[] bytes, int from, int to) {
        writeText(bytes, from, to);
    }

    /// Begins the cells of a record, a `bytea` as [PackedCells] reads it. They follow in the order
    /// of their columns, then `endCells`.
    public void startCells() {
        field(0, 0);
        cellsAt = size;
    }

    /// A cell, from UTF-8.
    public void writeCell(byte[] utf8, int from, int to) {
        requireCells();
        ensure(PackedCells.LONGEST_LENGTH_BYTES + to - from);
        size = PackedCells.putLength(buffer, size, to - from + 1);
        put(utf8, from, to);
    }

    /// A cell that is absent.
    public void writeAbsentCell() {
        requireCells();
        ensure(1);
        buffer[size++] = PackedCells.ABSENT;
    }

    private void requireCells() {
        if (cellsAt == UNFINISHED) {
            throw new IllegalStateException("a cell outside of a record's cells");
        }
    }

    /// Ends the cells of a record.
    public void endCells() {
        requireCells();
        putIntAt(cellsAt - 4, size - cellsAt);
        cellsAt = UNFINISHED;
    }

    /// Sends what is left and ends the COPY. The transaction is the caller's to commit.
    ///
    /// @return rows written
    public long finish() throws SQLException {
        requireComplete();
        ensure(2);
        putShort(-1);
        send();
        return copy.endCopy();
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer, 0, size);
        size = 0;
    }

    // Begins a value of a length, and makes room for what is written at once.
    private void field(int length, int room) {
        if (left == 0 || cellsAt != UNFINISHED) {
            throw new IllegalStateException("row " + rows + " has all its values");
        }
        left--;
        ensure(4 + room);
        putInt(length);
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            int wanted = Math.addExact(size, more);
            buffer = Arrays.copyOf(buffer, Math.max(wanted, wanted + (wanted >> 1)));
        }
    }

    private void append(byte[] bytes, int from, int to) {
        ensure(to - from);
        put(bytes, from, to);
    }

    private void put(byte[] bytes, int from, int to) {
        System.arraycopy(bytes, from, buffer, size, to - from);
        size += to - from;
    }

    private void putShort(int value) {
        BigEndian.SHORT.set(buffer, size, (short) value);
        size += 2;
    }

    private void putInt(int value) {
        BigEndian.INT.set(buffer, size, value);
        size += 4;
    }

    private void putIntAt(int at, int value) {
        BigEndian.INT.set(buffer, at, value);
    }

    private void putLong(long value) {
        BigEndian.LONG.set(buffer, size, value);
        size += 8;
    }

    /// Gives up what was not finished; nothing of it is kept.
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
