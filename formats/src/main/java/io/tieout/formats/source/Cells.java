package io.tieout.formats.source;

import java.util.Arrays;

/// The values of one row, in the slots of a [Layout]: ranges of a byte array. Reused from row to
/// row; never kept.
final class Cells {
    /// As written in a text file.
    static final byte TEXT = 0;

    /// A number that the format itself marks as one, written with a point and no grouping.
    static final byte NUMBER = 1;

    /// A number in a sheet, which may stand for a date.
    static final byte SERIAL = 2;

    /// A date or date-time that the format itself marks as one, in ISO 8601.
    static final byte DATE = 3;

    final int[] from;
    final int[] to;
    final byte[] kinds;
    byte[] bytes = new byte[0];

    /// Whether [#bytes] may hold bytes beyond ASCII, which must then be shown to be UTF-8.
    boolean mayBeUnicode;

    Cells(int slots) {
        from = new int[slots];
        to = new int[slots];
        kinds = new byte[slots];
    }

    boolean isBlank(int slot) {
        return firstVisible(slot) == to[slot];
    }

    /// Where the slot's text starts after its blanks.
    int firstVisible(int slot) {
        int i = from[slot];
        while (i < to[slot] && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    /// Where the slot's text ends before its blanks.
    int lastVisible(int slot) {
        int i = to[slot];
        while (i > from[slot] && (bytes[i - 1] == ' ' || bytes[i - 1] == '\t')) {
            i--;
        }
        return i;
    }

    /// Whether the slot's bytes are valid UTF-8.
    boolean isReadable(int slot) {
        return !mayBeUnicode || Utf8.isValid(bytes, from[slot], to[slot]);
    }

    void clear() {
        Arrays.fill(from, 0);
        Arrays.fill(to, 0);
        Arrays.fill(kinds, TEXT);
    }
}
