package io.tieout.engine.outcome;

import java.util.Arrays;

/// The records of one side that no pass matched, by column, in the order of their rows.
public final class Breaks {
    /// Stands for no nearest record.
    public static final int NONE = -1;

    /// Why a record is a break.
    public enum Kind {
        /// Nothing on the other side comes near.
        MISSING("missing"),
        /// The nearest record of the other side agrees in all but some fields.
        DIFFERS("differs"),
        /// A twin on its own side was matched instead.
        DUPLICATE("duplicate"),
        /// It tied with another record for a match and was not the one suggested.
        AMBIGUOUS("ambiguous");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// The kind as outcome files write it.
        public String word() {
            return word;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private final int[] rows;
    private final byte[] kinds;
    private final long[] fields;
    private final int[] nearest;

    private Breaks(int[] rows, byte[] kinds, long[] fields, int[] nearest) {
        this.rows = rows;
        this.kinds = kinds;
        this.fields = fields;
        this.nearest = nearest;
    }

    /// How many breaks.
    public int size() {
        return rows.length;
    }

    /// The record's row in its table.
    public int row(int index) {
        return rows[index];
    }

    /// Why the record is a break.
    public Kind kind(int index) {
        return KINDS[kinds[index]];
    }

    /// The fields in which the nearest record differs: bit `f` for the plan's field `f`; 0 without
    /// one.
    public long fields(int index) {
        return fields[index];
    }

    /// The row of the nearest record of the other side, or [#NONE].
    public int nearest(int index) {
        return nearest[index];
    }

    /// Collects breaks in the order of their rows. For one thread.
    public static final class Builder {
        private int size;
        private int[] rows = new int[16];
        private byte[] kinds = new byte[16];
        private long[] fields = new long[16];
        private int[] nearest = new int[16];

        /// No breaks yet.
        public Builder() {}

        /// Adds a break.
        public void add(int row, Kind kind, long differing, int nearestRow) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, size * 2);
                kinds = Arrays.copyOf(kinds, size * 2);
                fields = Arrays.copyOf(fields, size * 2);
                nearest = Arrays.copyOf(nearest, size * 2);
            }
            rows[size] = row;
            kinds[size] = (byte) kind.ordinal();
            fields[size] = differing;
            nearest[size++] = nearestRow;
        }

        /// The breaks.
        public Breaks build() {
            return new Breaks(
                    Arrays.copyOf(rows, size),
                    Arrays.copyOf(kinds, size),
                    Arrays.copyOf(fields, size),
                    Arrays.copyOf(nearest, size));
        }
    }
}
