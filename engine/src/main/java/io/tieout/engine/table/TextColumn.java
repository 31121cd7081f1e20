package io.tieout.engine.table;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Texts as UTF-8, end to end in one array, with a 64-bit hash each. An empty text is an absent
/// one.
public final class TextColumn implements Column {
    /// One array holds the texts of a column, so they have at most this many bytes in all.
    public static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private final byte[] bytes;
    private final int[] starts;
    private final long[] hashes;

    private TextColumn(byte[] bytes, int[] starts, long[] hashes) {
        this.bytes = bytes;
        this.starts = starts;
        this.hashes = hashes;
    }

    @Override
    public int rows() {
        return hashes.length;
    }

    @Override
    public boolean isAbsent(int row) {
        return starts[row] == starts[row + 1];
    }

    @Override
    public long hash(int row) {
        return hashes[row];
    }

    @Override
    public boolean same(int row, Column other, int otherRow) {
        TextColumn that = (TextColumn) other;
        return hashes[row] == that.hashes[otherRow]
                && Arrays.equals(
                        bytes,
                        starts[row],
                        starts[row + 1],
                        that.bytes,
                        that.starts[otherRow],
                        that.starts[otherRow + 1]);
    }

    @Override
    public String text(int row) {
        return new String(
                bytes, starts[row], starts[row + 1] - starts[row], StandardCharsets.UTF_8);
    }

    /// Compares two texts by their bytes, which is by code point.
    public int compare(int row, TextColumn other, int otherRow) {
        return Arrays.compareUnsigned(
                bytes,
                starts[row],
                starts[row + 1],
                other.bytes,
                other.starts[otherRow],
                other.starts[otherRow + 1]);
    }

    /// The array that the texts lie in; a row's is `[start(row), end(row))`. Not to be written to.
    public byte[] bytes() {
        return bytes;
    }

    /// Where a row's text starts in [#bytes()].
    public int start(int row) {
        return starts[row];
    }

    /// Where a row's text ends in [#bytes()], exclusive.
    public int end(int row) {
        return starts[row + 1];
    }

    /// The rows of several columns, one after another.
    public static TextColumn concat(List<TextColumn> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        long size = 0;
        int rows = 0;
        for (TextColumn part : parts) {
            size += part.starts[part.rows()];
            rows = Math.addExact(rows, part.rows());
        }
        if (size > MAX_BYTES) {
            throw tooLarge(size);
        }
        byte[] bytes = new byte[(int) size];
        int[] starts = new int[rows + 1];
        long[] hashes = new long[rows];
        int row = 0;
        int at = 0;
        for (TextColumn part : parts) {
            int count = part.rows();
            int length = part.starts[count];
            System.arraycopy(part.bytes, 0, bytes, at, length);
            System.arraycopy(part.hashes, 0, hashes, row, count);
            for (int i = 0; i < count; i++) {
                starts[row + i] = part.starts[i] + at;
            }
            row += count;
            at += length;
        }
        starts[rows] = at;
        return new TextColumn(bytes, starts, hashes);
    }

    private static FailureException tooLarge(long size) {
        return new FailureException(
                new Failure.LimitExceeded(
                        Place.UNKNOWN,
                        "the texts of one column have " + size + " bytes, more than " + MAX_BYTES,
                        "split the source, or clean the field so that less of it is kept"));
    }

    /// Collects texts in row order. For one thread.
    public static final class Builder {
        private byte[] bytes;
        private int[] starts;
        private long[] hashes;
        private int rows;

        /// @param expectedRows a guess that saves copying
        /// @param expectedBytes a guess that saves copying
        public Builder(int expectedRows, int expectedBytes) {
            bytes = new byte[Math.max(16, expectedBytes)];
            starts = new int[Math.max(16, expectedRows) + 1];
            hashes = new long[Math.max(16, expectedRows)];
        }

        /// Adds `source[from..to)`, which must be valid UTF-8; an empty range is an absent value.
        public void append(byte[] source, int from, int to) {
            int length = to - from;
            int at = starts[rows];
            if (rows == hashes.length) {
                int more = (int) Math.min(Integer.MAX_VALUE - 64, rows * 2L);
                hashes = Arrays.copyOf(hashes, more);
                starts = Arrays.copyOf(starts, more + 1);
            }
            if (bytes.length - at < length) {
                grow((long) at + length, bytes.length * 2L);
            }
            hashes[rows] = Hash.copy(source, from, to, bytes, at);
            starts[++rows] = at + length;
        }

        /// Makes room for texts of this many bytes in all.
        public void reserve(int more) {
            long needed = (long) starts[rows] + more;
            if (needed > bytes.length) {
                grow(needed, needed);
            }
        }

        private void grow(long needed, long wanted) {
            if (needed > MAX_BYTES) {
                throw tooLarge(needed);
            }
            int size = (int) Math.min(MAX_BYTES, Math.max(needed, wanted));
            bytes = starts[rows] == 0 ? new byte[size] : Arrays.copyOf(bytes, size);
        }

        /// Adds a text; an empty one is an absent value.
        public void append(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            append(encoded, 0, encoded.length);
        }

        /// Adds an absent value.
        public void appendAbsent() {
            append(bytes, 0, 0);
        }

        /// Takes back the last value.
        public void removeLast() {
            removeLast(1);
        }

        /// Takes back the last values.
        public void removeLast(int count) {
            rows -= count;
        }

        /// The column; the builder must not be used afterwards.
        public TextColumn build() {
            int size = starts[rows];
            return new TextColumn(
                    bytes.length == size ? bytes : Arrays.copyOf(bytes, size),
                    starts.length == rows + 1 ? starts : Arrays.copyOf(starts, rows + 1),
                    hashes.length == rows ? hashes : Arrays.copyOf(hashes, rows));
        }
    }
}
