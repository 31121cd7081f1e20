package io.tieout.server.database;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
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
    private int fields;
    private int[] elementFrom = new int[16];
    private int[] elementTo = new int[16];

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
        fields = count;
        for (int i = 0; i < count; i++) {
            int length = (int) BigEndian.INT.get(bytes, at);
            at += 4;
            from[i] = at;
            to[i] = length < 0 ? -1 : at + length;
            at += Math.max(0, length);
        }
    }

    /// How many values the row has.
    public int fields() {
        return fields;
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

    /// A `smallint`.
    public short getShort(int field) {
        return (short) BigEndian.SHORT.get(bytes, start(field, 2));
    }

    /// An `int`.
    public int getInt(int field) {
        return (int) BigEndian.INT.get(bytes, start(field, 4));
    }

    /// A `bigint`.
    public long getLong(int field) {
        return (long) BigEndian.LONG.get(bytes, start(field, 8));
    }

    /// A `boolean`.
    public boolean getBoolean(int field) {
        return bytes[start(field, 1)] != 0;
    }

    /// A `uuid`.
    public UUID getUuid(int field) {
        int start = start(field, 16);
        return new UUID(
                (long) BigEndian.LONG.get(bytes, start),
                (long) BigEndian.LONG.get(bytes, start + 8));
    }

    /// A `text`.
    public String getText(int field) {
        requireValue(field);
        return new String(bytes, from[field], to[field] - from[field], StandardCharsets.UTF_8);
    }

    /// A `bytea`, copied.
    public byte[] getBytes(int field) {
        requireValue(field);
        return Arrays.copyOfRange(bytes, from[field], to[field]);
    }

    /// A `date`, as days since 1970-01-01.
    public int getDate(int field) {
        return getInt(field) + CopyWriter.EPOCH_DAY;
    }

    /// A `timestamptz`, as microseconds since 1970-01-01T00:00Z.
    public long getTimestamp(int field) {
        return getLong(field) + CopyWriter.EPOCH_MICROS;
    }

    /// A `numeric` that is a number, with the decimals it was written with.
    public BigDecimal getNumeric(int field) {
        requireValue(field);
        return NumericBytes.read(bytes, from[field]);
    }

    /// A `jsonb`, as its text.
    public String getJson(int field) {
        requireValue(field);
        return new String(
                bytes, from[field] + 1, to[field] - from[field] - 1, StandardCharsets.UTF_8);
    }

    /// Finds the elements of a one-dimensional array, to be seen by `elementFrom` and `elementTo`
    /// until another is asked for.
    ///
    /// @return how many there are
    public int elements(int field) {
        requireValue(field);
        int place = from[field];
        if ((int) BigEndian.INT.get(bytes, place) == 0) {
            return 0;
        }
        int count = (int) BigEndian.INT.get(bytes, place + 12);
        if (elementFrom.length < count) {
            elementFrom = new int[count];
            elementTo = new int[count];
        }
        place += 20;
        for (int i = 0; i < count; i++) {
            int length = (int) BigEndian.INT.get(bytes, place);
            place += 4;
            elementFrom[i] = place;
            elementTo[i] = length < 0 ? -1 : place + length;
            place += Math.max(0, length);
        }
        return count;
    }

    /// Where an element begins in `bytes`.
    public int elementFrom(int element) {
        return elementFrom[element];
    }

    /// Where an element ends in `bytes`, exclusive; negative if it is null.
    public int elementTo(int element) {
        return elementTo[element];
    }

    /// An element of a `bigint[]`.
    public long elementLong(int element) {
        return (long) BigEndian.LONG.get(bytes, elementFrom[element]);
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
