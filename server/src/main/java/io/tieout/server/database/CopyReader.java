package io.tieout.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// Reads the rows of a query by binary COPY, the fastest way out. After `next` the values of one
/// row can be read, by their place from 0 on, or seen where they lie in `bytes`, without being
/// copied.
public final class CopyReader implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int HEADER_BYTES = 19;

    private static final String CANCELLED = "57014";

    private final PGConnection connection;
    private final CopyOut copy;
    private byte[] bytes = NOTHING;
    private int at;
    private boolean begun;
    private int[] from = new int[16];
    private int[] to = new int[16];

    private CopyReader(PGConnection connection, CopyOut copy) {
        this.connection = connection;
        this.copy = copy;
    }

    /// Begins to read.
    ///
    /// @param query a query without parameters, which COPY does not know
    public static CopyReader of(Connection connection, String query) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        String sql = "copy (" + query + ") to stdout (format binary)";
        return new CopyReader(postgres, postgres.getCopyAPI().copyOut(sql));
    }

    /// Goes on to the next row.
    ///
    /// @return false if there is none
    public boolean next() throws SQLException {
        while (at == bytes.length) {
            byte[] more = copy.readFromCopy();
            if (more == null) {
                return false;
            }
            bytes = more;
            at = begun ? 0 : HEADER_BYTES;
            begun = true;
        }
        int count = (short) BigEndian.SHORT.get(bytes, at);
        at += 2;
        if (count < 0) {
            at = bytes.length;
            return next();
        }
        locate(count);
        return true;
    }

    private void locate(int count) {
        if (from.length < count) {
            from = new int[count];
            to = new int[count];
        }
        for (int i = 0; i < count; i++) {
            int length = (int) BigEndian.INT.get(bytes, at);
            at += 4;
            from[i] = at;
            to[i] = length < 0 ? -1 : at + length;
            at += Math.max(0, length);
        }
    }

    /// Where the values lie; another array after `next`.
    public byte[] bytes() {
        return bytes;
    }

    /// Where a value begins in `bytes`.
    public int from(int field) {
        return from[field];
    }

    /// Where a value ends in `bytes`, exclusive.
    public int to(int field) {
        return to[field];
    }

    /// Whether a value is null; its `from` and `to` mean nothing then.
    public boolean isNull(int field) {
        return to[field] < 0;
    }

    /// An `int`.
    public int getInt(int field) {
        return (int) BigEndian.INT.get(bytes, start(field, 4));
    }

    /// A `bigint`.
    public long getLong(int field) {
        return (long) BigEndian.LONG.get(bytes, start(field, 8));
    }

    /// A `bytea`, copied.
    public byte[] getBytes(int field) {
        requireValue(field);
        return Arrays.copyOfRange(bytes, from[field], to[field]);
    }

    private int start(int field, int length) {
        if (to[field] - from[field] != length) {
            throw new IllegalStateException(
                    "value " + field + " is null, or not of " + length + " bytes");
        }
        return from[field];
    }

    private void requireValue(int field) {
        if (isNull(field)) {
            throw new IllegalStateException("value " + field + " is null");
        }
    }

    /// Ends it. Before the last row this cancels the statement, after which its transaction can
    /// only be rolled back.
    @Override
    public void close() throws SQLException {
        if (!copy.isActive()) {
            return;
        }
        connection.cancelQuery();
        try {
            // The driver's own way of cancelling fails on rows that are still under way.
            while (copy.readFromCopy() != null) {
                // Passed over.
            }
        } catch (SQLException e) {
            if (!CANCELLED.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
