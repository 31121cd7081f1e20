package io.tieout.server.database;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cells of a record as they are kept: for each column in order its length in bytes plus one
/// and its UTF-8, or 0 where the cell is absent. Lengths are in groups of seven bits, the lowest
/// first; all but the last have the high bit set. Columns beyond the last cell are absent.
///
/// An array of texts says the same, and PostgreSQL takes twice as long to read and write it.
///
/// A reader is used for one record after the other, by one thread.
public final class PackedCells {
    static final byte ABSENT = 0;
    static final int LONGEST_LENGTH_BYTES = 5;

    private static final int GROUP_BITS = 7;
    private static final int MORE = 0x80;
    private static final int NONE = -1;

    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int count;

    /// Finds the cells of a record.
    ///
    /// @throws IllegalStateException where the bytes are not those of cells
    public void read(byte[] bytes, int from, int to) {
        count = 0;
        int at = from;
        while (at < to) {
            int lengthPlusOne = 0;
            int shift = 0;
            byte group;
            do {
                if (at == to || shift >= Integer.SIZE) {
                    throw damaged();
                }
                group = bytes[at++];
                lengthPlusOne |= (group & (MORE - 1)) << shift;
                shift += GROUP_BITS;
            } while ((group & MORE) != 0);
            int length = lengthPlusOne - 1;
            if (length < NONE || length > to - at) {
                throw damaged();
            }
            add(at, length);
            at += Math.max(length, 0);
        }
    }

    private static IllegalStateException damaged() {
        return new IllegalStateException("the cells of a record are damaged");
    }

    private void add(int start, int length) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = length == NONE ? NONE : start;
        ends[count] = start + length;
        count++;
    }

    /// Whether the record has nothing in a column.
    public boolean isAbsent(int column) {
        return column >= count || starts[column] == NONE;
    }

    /// Where the cell of a column begins, which is not absent.
    public int from(int column) {
        return starts[column];
    }

    /// Where the cell of a column ends, which is not absent.
    public int to(int column) {
        return ends[column];
    }

    /// The cells of one record as texts, up to the last that it has; null for one that is absent.
    public static List<@Nullable String> texts(byte[] packed) {
        PackedCells cells = new PackedCells();
        cells.read(packed, 0, packed.length);
        List<@Nullable String> texts = new ArrayList<>(cells.count);
        for (int column = 0; column < cells.count; column++) {
            texts.add(
                    cells.isAbsent(column)
                            ? null
                            : new String(
                                    packed,
                                    cells.from(column),
                                    cells.to(column) - cells.from(column),
                                    StandardCharsets.UTF_8));
        }
        return texts;
    }

    static int putLength(byte[] buffer, int from, int value) {
        int at = from;
        int rest = value;
        while (rest >= MORE) {
            buffer[at++] = (byte) ((rest & (MORE - 1)) | MORE);
            rest >>>= GROUP_BITS;
        }
        buffer[at++] = (byte) rest;
        return at;
    }
}
