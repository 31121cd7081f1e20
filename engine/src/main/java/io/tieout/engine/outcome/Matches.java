package io.tieout.engine.outcome;

import io.tieout.engine.plan.Pass.Status;
import java.util.Arrays;
import java.util.List;

/// All matches of a run, by column, in the order of their first left row. Each holds at least one
/// record of each side; no record is in two. Rows are rows of the tables that were matched.
public final class Matches {
    /// What a score of 1 is counted as. Scores are kept as whole numbers, so that sums of them can
    /// be compared exactly; this one has the divisors 1 to 18, so that thirds of a limit, or
    /// sevenths, are whole too.
    public static final int FULL_SCORE = 735_134_400;

    private final int size;
    private final int[] leftStarts;
    private final int[] leftRows;
    private final int[] rightStarts;
    private final int[] rightRows;
    private final byte[] passes;
    private final byte[] flags;
    private final int[] scores;
    private final long[] differences;

    private Matches(Builder from) {
        size = from.size;
        leftStarts = trimmed(from.leftStarts, size + 1);
        leftRows = trimmed(from.leftRows, from.leftStarts[size]);
        rightStarts = trimmed(from.rightStarts, size + 1);
        rightRows = trimmed(from.rightRows, from.rightStarts[size]);
        passes = Arrays.copyOf(from.passes, size);
        flags = Arrays.copyOf(from.flags, size);
        scores = trimmed(from.scores, size);
        differences = Arrays.copyOf(from.differences, size);
    }

    /// A full array is not copied: its builder would take a larger one before it wrote again.
    private static int[] trimmed(int[] array, int size) {
        return array.length == size ? array : Arrays.copyOf(array, size);
    }

    /// The matches of several parts, ordered by their first left row.
    ///
    /// @param leftTableRows rows of the left table
    /// @throws IllegalArgumentException when two matches have one first left row
    public static Matches of(List<Matches> parts, int leftTableRows) {
        int[] partOf = new int[leftTableRows];
        int[] matchOf = new int[leftTableRows];
        Arrays.fill(partOf, -1);
        long lefts = 0;
        long rights = 0;
        int size = 0;
        for (int p = 0; p < parts.size(); p++) {
            Matches part = parts.get(p);
            for (int m = 0; m < part.size; m++) {
                int first = part.leftRows[part.leftStarts[m]];
                if (partOf[first] >= 0) {
                    throw new IllegalArgumentException("left row " + first + " is in two matches");
                }
                partOf[first] = p;
                matchOf[first] = m;
            }
            lefts += part.leftStarts[part.size];
            rights += part.rightStarts[part.size];
            size += part.size;
        }
        Builder ordered = new Builder(size, Math.toIntExact(lefts), Math.toIntExact(rights));
        for (int row = 0; row < leftTableRows; row++) {
            if (partOf[row] >= 0) {
                ordered.addFrom(parts.get(partOf[row]), matchOf[row]);
            }
        }
        return new Matches(ordered);
    }

    /// How many matches.
    public int size() {
        return size;
    }

    /// How many left records the match holds.
    public int leftCount(int match) {
        return leftStarts[match + 1] - leftStarts[match];
    }

    /// The row of the match's left record number `i`, from 0, ascending.
    public int left(int match, int i) {
        return leftRows[leftStarts[match] + i];
    }

    /// How many right records the match holds.
    public int rightCount(int match) {
        return rightStarts[match + 1] - rightStarts[match];
    }

    /// The row of the match's right record number `i`, from 0, ascending.
    public int right(int match, int i) {
        return rightRows[rightStarts[match] + i];
    }

    /// The pass that made the match, as an index into the plan's passes.
    public int pass(int match) {
        return passes[match];
    }

    /// What the match is worth without a reviewer; an ambiguous one is always suggested.
    public Status status(int match) {
        return (flags[match] & Builder.SUGGESTED) != 0 ? Status.SUGGESTED : Status.CONFIRMED;
    }

    /// Whether another assignment of the same total would have matched these records otherwise.
    public boolean isAmbiguous(int match) {
        return (flags[match] & Builder.AMBIGUOUS) != 0;
    }

    /// How well the records agree, 0 to 1.
    public double score(int match) {
        return (double) scores[match] / FULL_SCORE;
    }

    /// The fields whose values are not equal though the pass allowed it: bit `f` for the plan's
    /// field `f`.
    public long differences(int match) {
        return differences[match];
    }

    /// `1:1`, `1:N`, `N:1` or `N:M`.
    public String cardinality(int match) {
        boolean manyLeft = leftCount(match) > 1;
        boolean manyRight = rightCount(match) > 1;
        return (manyLeft ? "N" : "1") + ":" + (manyRight ? (manyLeft ? "M" : "N") : "1");
    }

    /// Collects matches. For one thread.
    public static final class Builder {
        static final int SUGGESTED = 1;
        static final int AMBIGUOUS = 2;

        private int size;
        private int[] leftStarts;
        private int[] leftRows;
        private int[] rightStarts;
        private int[] rightRows;
        private byte[] passes;
        private byte[] flags;
        private int[] scores;
        private long[] differences;

        /// No matches yet.
        public Builder() {
            this(16, 16, 16);
        }

        private Builder(int matches, int lefts, int rights) {
            leftStarts = new int[matches + 1];
            leftRows = new int[lefts];
            rightStarts = new int[matches + 1];
            rightRows = new int[rights];
            passes = new byte[matches];
            flags = new byte[matches];
            scores = new int[matches];
            differences = new long[matches];
        }

        /// The matches so far, in the order in which they were added.
        public Matches build() {
            return new Matches(this);
        }

        /// Adds a match.
        ///
        /// @param lefts left rows, ascending
        /// @param rights right rows, ascending
        /// @param score 0 to [#FULL_SCORE]
        public void add(
                int[] lefts,
                int[] rights,
                int pass,
                Status status,
                boolean ambiguous,
                int score,
                long differing) {
            ensure(lefts.length, rights.length);
            int left = leftStarts[size];
            System.arraycopy(lefts, 0, leftRows, left, lefts.length);
            leftStarts[size + 1] = left + lefts.length;
            int right = rightStarts[size];
            System.arraycopy(rights, 0, rightRows, right, rights.length);
            rightStarts[size + 1] = right + rights.length;
            finish(pass, status, ambiguous, score, differing);
        }

        /// Adds a match of one left and one right record.
        public void addPair(
                int leftRow,
                int rightRow,
                int pass,
                Status status,
                boolean ambiguous,
                int score,
                long differing) {
            ensure(1, 1);
            leftRows[leftStarts[size]] = leftRow;
            leftStarts[size + 1] = leftStarts[size] + 1;
            rightRows[rightStarts[size]] = rightRow;
            rightStarts[size + 1] = rightStarts[size] + 1;
            finish(pass, status, ambiguous, score, differing);
        }

        private void addFrom(Matches part, int m) {
            int left = part.leftStarts[m];
            int lefts = part.leftStarts[m + 1] - left;
            int right = part.rightStarts[m];
            int rights = part.rightStarts[m + 1] - right;
            ensure(lefts, rights);
            System.arraycopy(part.leftRows, left, leftRows, leftStarts[size], lefts);
            leftStarts[size + 1] = leftStarts[size] + lefts;
            System.arraycopy(part.rightRows, right, rightRows, rightStarts[size], rights);
            rightStarts[size + 1] = rightStarts[size] + rights;
            passes[size] = part.passes[m];
            flags[size] = part.flags[m];
            scores[size] = part.scores[m];
            differences[size++] = part.differences[m];
        }

        private void finish(int pass, Status status, boolean ambiguous, int score, long differing) {
            passes[size] = (byte) pass;
            flags[size] =
                    (byte)
                            (ambiguous
                                    ? SUGGESTED | AMBIGUOUS
                                    : status == Status.SUGGESTED ? SUGGESTED : 0);
            scores[size] = score;
            differences[size] = differing;
            size++;
        }

        private void ensure(int lefts, int rights) {
            if (size == passes.length) {
                int more = Math.max(16, size * 2);
                leftStarts = Arrays.copyOf(leftStarts, more + 1);
                rightStarts = Arrays.copyOf(rightStarts, more + 1);
                passes = Arrays.copyOf(passes, more);
                flags = Arrays.copyOf(flags, more);
                scores = Arrays.copyOf(scores, more);
                differences = Arrays.copyOf(differences, more);
            }
            leftRows = grown(leftRows, leftStarts[size] + lefts);
            rightRows = grown(rightRows, rightStarts[size] + rights);
        }

        private static int[] grown(int[] array, int needed) {
            return needed <= array.length
                    ? array
                    : Arrays.copyOf(array, Math.max(needed, array.length * 2));
        }
    }
}
