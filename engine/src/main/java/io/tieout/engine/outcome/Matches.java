package io.tieout.engine.outcome;

import io.tieout.engine.plan.Pass.Status;
import java.util.Arrays;
import java.util.List;

/// All matches of a run, in the order of their first left row. Each holds at least one record of
/// each side; no record is in two. Rows are rows of the tables that were matched.
public final class Matches {
    /// What a score of 1 is counted as. Scores are kept as whole numbers, so that sums of them can
    /// be compared exactly; this one has the divisors 1 to 18, so that thirds of a limit, or
    /// sevenths, are whole too.
    public static final int FULL_SCORE = 735_134_400;

    /// Longs for each match: its rows, how it came about, its differences. Side by side, for
    /// matches are found in an order that has nothing to do with that of the rows, and what lies
    /// together is fetched together.
    private static final int WIDTH = 3;

    private static final int SUGGESTED = 1;
    private static final int AMBIGUOUS = 2;
    private static final int PASS_SHIFT = 32;
    private static final int FLAGS_SHIFT = 40;

    private final int size;

    /// A pair has its left row in the upper half of the first long and its right row in the lower;
    /// another match has there the complement of its index into the groups.
    private final long[] data;

    private final Groups groups;

    private Matches(int size, long[] data, Groups groups) {
        this.size = size;
        this.data = data;
        this.groups = groups;
    }

    /// The matches of several parts together.
    ///
    /// @param leftTableRows rows of the left table
    public static Matches of(List<Matches> parts, int leftTableRows) {
        int[] partOf = new int[leftTableRows];
        int size = 0;
        for (int p = 0; p < parts.size(); p++) {
            Matches part = parts.get(p);
            for (int m = 0; m < part.size; m++) {
                partOf[part.left(m, 0)] = p + 1;
            }
            size = Math.addExact(size, part.size);
        }
        Builder merged = new Builder(size);
        int[] next = new int[parts.size()];
        for (int part : partOf) {
            if (part > 0) {
                merged.addFrom(parts.get(part - 1), next[part - 1]++);
            }
        }
        return merged.build();
    }

    /// How many matches.
    public int size() {
        return size;
    }

    /// How many left records the match holds.
    public int leftCount(int match) {
        long rows = data[match * WIDTH];
        return rows >= 0 ? 1 : groups.lefts[(int) ~rows].length;
    }

    /// The row of the match's left record number `i`, from 0, ascending.
    public int left(int match, int i) {
        long rows = data[match * WIDTH];
        return rows >= 0 ? (int) (rows >>> Integer.SIZE) : groups.lefts[(int) ~rows][i];
    }

    /// How many right records the match holds.
    public int rightCount(int match) {
        long rows = data[match * WIDTH];
        return rows >= 0 ? 1 : groups.rights[(int) ~rows].length;
    }

    /// The row of the match's right record number `i`, from 0, ascending.
    public int right(int match, int i) {
        long rows = data[match * WIDTH];
        return rows >= 0 ? (int) rows : groups.rights[(int) ~rows][i];
    }

    /// The pass that made the match, as an index into the plan's passes.
    public int pass(int match) {
        return (byte) (data[match * WIDTH + 1] >>> PASS_SHIFT);
    }

    /// What the match is worth without a reviewer; an ambiguous one is always suggested.
    public Status status(int match) {
        return (flags(match) & SUGGESTED) != 0 ? Status.SUGGESTED : Status.CONFIRMED;
    }

    /// Whether another assignment of the same total would have matched these records otherwise.
    public boolean isAmbiguous(int match) {
        return (flags(match) & AMBIGUOUS) != 0;
    }

    private int flags(int match) {
        return (int) (data[match * WIDTH + 1] >>> FLAGS_SHIFT);
    }

    /// How well the records agree, 0 to 1.
    public double score(int match) {
        return (double) (int) data[match * WIDTH + 1] / FULL_SCORE;
    }

    /// The fields whose values are not equal though the pass allowed it: bit `f` for the plan's
    /// field `f`.
    public long differences(int match) {
        return data[match * WIDTH + 2];
    }

    /// `1:1`, `1:N`, `N:1` or `N:M`.
    public String cardinality(int match) {
        boolean manyLeft = leftCount(match) > 1;
        boolean manyRight = rightCount(match) > 1;
        return (manyLeft ? "N" : "1") + ":" + (manyRight ? (manyLeft ? "M" : "N") : "1");
    }

    /// The rows of the matches that are no pairs.
    private static final class Groups {
        private int count;
        private int[][] lefts = new int[0][];
        private int[][] rights = new int[0][];

        int add(int[] leftRows, int[] rightRows) {
            if (count == lefts.length) {
                lefts = Arrays.copyOf(lefts, Math.max(16, count * 2));
                rights = Arrays.copyOf(rights, lefts.length);
            }
            lefts[count] = leftRows;
            rights[count] = rightRows;
            return count++;
        }
    }

    /// Collects matches. For one thread.
    public static final class Builder {
        private int size;
        private long[] data;
        private final Groups groups = new Groups();

        /// No matches yet.
        public Builder() {
            this(16);
        }

        private Builder(int matches) {
            data = new long[Math.multiplyExact(matches, WIDTH)];
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
            if (lefts.length == 1 && rights.length == 1) {
                addPair(lefts[0], rights[0], pass, status, ambiguous, score, differing);
            } else {
                long rows = ~(long) groups.add(lefts.clone(), rights.clone());
                add(rows, about(pass, status, ambiguous, score), differing);
            }
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
            long rows = (long) leftRow << Integer.SIZE | rightRow;
            add(rows, about(pass, status, ambiguous, score), differing);
        }

        private static long about(int pass, Status status, boolean ambiguous, int score) {
            long flags =
                    ambiguous ? SUGGESTED | AMBIGUOUS : status == Status.SUGGESTED ? SUGGESTED : 0;
            return flags << FLAGS_SHIFT | (long) pass << PASS_SHIFT | score;
        }

        private void addFrom(Matches part, int m) {
            long rows = part.data[m * WIDTH];
            if (rows < 0) {
                int group = (int) ~rows;
                rows = ~(long) groups.add(part.groups.lefts[group], part.groups.rights[group]);
            }
            add(rows, part.data[m * WIDTH + 1], part.data[m * WIDTH + 2]);
        }

        private void add(long rows, long about, long differing) {
            int at = size * WIDTH;
            if (at == data.length) {
                data = Arrays.copyOf(data, Math.multiplyExact(Math.max(16, size * 2), WIDTH));
            }
            data[at] = rows;
            data[at + 1] = about;
            data[at + 2] = differing;
            size++;
        }

        /// The matches, ordered by their first left row; the builder must not be used afterwards.
        public Matches build() {
            int used = size * WIDTH;
            Matches built =
                    new Matches(
                            size, data.length == used ? data : Arrays.copyOf(data, used), groups);
            for (int m = 1; m < size; m++) {
                if (built.left(m - 1, 0) > built.left(m, 0)) {
                    return built.sorted();
                }
            }
            return built;
        }
    }

    private Matches sorted() {
        long[] order = new long[size];
        for (int m = 0; m < size; m++) {
            order[m] = (long) left(m, 0) << Integer.SIZE | m;
        }
        Arrays.sort(order);
        long[] ordered = new long[data.length];
        for (int m = 0; m < size; m++) {
            System.arraycopy(data, (int) order[m] * WIDTH, ordered, m * WIDTH, WIDTH);
        }
        return new Matches(size, ordered, groups);
    }
}
