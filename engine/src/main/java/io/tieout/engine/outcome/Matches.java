package io.tieout.engine.outcome;

import io.tieout.engine.plan.Pass.Status;
import java.util.Arrays;

/// All matches of a run, by column, in the order of their first left row. Each holds at least one
/// record of each
/// side; no record is in two. Rows are rows of the tables that were matched.
public final class Matches {
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
        leftStarts = Arrays.copyOf(from.leftStarts, size + 1);
        leftRows = Arrays.copyOf(from.leftRows, from.leftStarts[size]);
        rightStarts = Arrays.copyOf(from.rightStarts, size + 1);
        rightRows = Arrays.copyOf(from.rightRows, from.rightStarts[size]);
        passes = Arrays.copyOf(from.passes, size);
        flags = Arrays.copyOf(from.flags, size);
        scores = Arrays.copyOf(from.scores, size);
        differences = Arrays.copyOf(from.differences, size);
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

    /// How well the records agree, 0 to 1, to nine decimals.
    public double score(int match) {
        return scores[match] / 1e9;
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
        private int[] leftStarts = new int[17];
        private int[] leftRows = new int[16];
        private int[] rightStarts = new int[17];
        private int[] rightRows = new int[16];
        private byte[] passes = new byte[16];
        private byte[] flags = new byte[16];
        private int[] scores = new int[16];
        private long[] differences = new long[16];

        /// No matches yet.
        public Builder() {}

        /// Adds a match.
        ///
        /// @param lefts left rows, ascending
        /// @param rights right rows, ascending
        /// @param score in billionths, 0 to 10^9
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

        /// Adds all of another run's matches.
        public void addAll(Matches others) {
            for (int m = 0; m < others.size; m++) {
                int[] lefts =
                        Arrays.copyOfRange(
                                others.leftRows, others.leftStarts[m], others.leftStarts[m + 1]);
                int[] rights =
                        Arrays.copyOfRange(
                                others.rightRows, others.rightStarts[m], others.rightStarts[m + 1]);
                add(
                        lefts,
                        rights,
                        others.pass(m),
                        others.status(m),
                        others.isAmbiguous(m),
                        others.scores[m],
                        others.differences[m]);
            }
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
                int more = size * 2;
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

        /// The matches, ordered by their first left row.
        public Matches build() {
            Matches collected = new Matches(this);
            long[] order = new long[size];
            boolean sorted = true;
            for (int m = 0; m < size; m++) {
                order[m] = (long) collected.left(m, 0) << 32 | m;
                sorted &= m == 0 || order[m - 1] < order[m];
            }
            if (sorted) {
                return collected;
            }
            Arrays.parallelSort(order);
            Builder ordered = new Builder();
            for (long next : order) {
                int m = (int) next;
                int[] lefts =
                        Arrays.copyOfRange(
                                collected.leftRows,
                                collected.leftStarts[m],
                                collected.leftStarts[m + 1]);
                int[] rights =
                        Arrays.copyOfRange(
                                collected.rightRows,
                                collected.rightStarts[m],
                                collected.rightStarts[m + 1]);
                ordered.add(
                        lefts,
                        rights,
                        collected.pass(m),
                        collected.status(m),
                        collected.isAmbiguous(m),
                        collected.scores[m],
                        collected.differences[m]);
            }
            return new Matches(ordered);
        }
    }
}
