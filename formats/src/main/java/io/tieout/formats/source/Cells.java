package io.tieout.formats.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The values of one row by their slots: ranges of a byte array. Reused from row to row; never
/// kept.
final class Cells {
    /// The kind of a cell that has no value.
    static final byte ABSENT = -1;

    int[] from;
    int[] to;
    byte[] kinds;
    byte[] bytes = new byte[0];

    /// Whether [#bytes] may hold bytes beyond ASCII, which must then be shown to be UTF-8.
    boolean mayBeUnicode;

    /// The slots that this row has taken, in the order of its cells.
    private int[] taken = new int[16];

    private int takenCount;
    private boolean[] isTaken;
    private int written;

    Cells(int slots) {
        from = new int[slots];
        to = new int[slots];
        kinds = new byte[slots];
        isTaken = new boolean[slots];
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

    /// Takes a slot for a cell of the row, with an absent value. There may be more slots from then
    /// on.
    ///
    /// @return false when the row has taken it before
    boolean take(int slot) {
        if (slot >= from.length) {
            widen(Math.max(16, Math.max(slot + 1, from.length * 2)));
        }
        if (isTaken[slot]) {
            return false;
        }
        isTaken[slot] = true;
        kinds[slot] = ABSENT;
        if (takenCount == taken.length) {
            taken = Arrays.copyOf(taken, takenCount * 2);
        }
        taken[takenCount++] = slot;
        return true;
    }

    private void widen(int slots) {
        from = Arrays.copyOf(from, slots);
        to = Arrays.copyOf(to, slots);
        kinds = Arrays.copyOf(kinds, slots);
        isTaken = Arrays.copyOf(isTaken, slots);
    }

    /// Gives a slot that the row has taken its value, copied behind those before it.
    void put(int slot, String text, byte kind) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        put(slot, encoded, 0, encoded.length, kind);
    }

    /// Gives a slot that the row has taken its value, copied behind those before it.
    void put(int slot, byte[] source, int start, int end, byte kind) {
        int length = end - start;
        if (bytes.length - written < length) {
            int needed = Math.addExact(written, length);
            bytes = Arrays.copyOf(bytes, Math.clamp(needed * 2L, 256, Integer.MAX_VALUE - 8));
        }
        System.arraycopy(source, start, bytes, written, length);
        from[slot] = written;
        written += length;
        to[slot] = written;
        kinds[slot] = kind;
    }

    /// How many slots the row has taken.
    int taken() {
        return takenCount;
    }

    /// A slot that the row has taken.
    ///
    /// @param index in the order in which it took them, from 0
    int taken(int index) {
        return taken[index];
    }

    /// Forgets the row. Costs what the row had, however many slots there are.
    void clear() {
        for (int i = 0; i < takenCount; i++) {
            int slot = taken[i];
            from[slot] = 0;
            to[slot] = 0;
            kinds[slot] = CellKind.TEXT;
            isTaken[slot] = false;
        }
        takenCount = 0;
        written = 0;
    }
}
