package io.tieout.engine.run;

import io.tieout.engine.block.Order;
import io.tieout.engine.compare.Bounds;
import io.tieout.engine.compare.Residual;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds, for a record of the side that is one, the records of the side that is many which add up
/// to it. Two subsets that both do, or a record that two subsets want, make the match ambiguous;
/// subsets that differ only in records alike in every field are one.
///
/// Cost: 2^(n/2) for n records that the other comparisons allow (Horowitz and Sahni 1974), so at
/// most [#MOST] are searched; where there are more the record is left open and counted.
final class Subsets {
    /// Most records that one subset is searched among.
    static final int MOST = 24;

    /// Sums of [#MOST] amounts up to this fit.
    private static final long LARGEST = Long.MAX_VALUE / (2 * MOST);

    private static final int NONE = -1;

    /// Receives what is found.
    interface Receiver {
        /// A match: rows of each side, ascending, its score in billionths, whether it is ambiguous.
        void match(int[] leftRows, int[] rightRows, int points, boolean ambiguous);

        /// A unit of the side that is one, whose records another one has.
        void lost(Units units, int unit);
    }

    private record Group(int one, int[] many, int points, boolean unique) {}

    private final Records records;
    private final Units left;
    private final Units right;
    private final Side many;
    private final List<Residual> residuals = new ArrayList<>();
    private AmountColumn leftAmounts = new AmountColumn.Builder(0).build();
    private AmountColumn rightAmounts = leftAmounts;
    private Bounds bounds = Bounds.NOTHING;

    /// By unit of the side that is many: how many groups want it, and whether one has it. Kept from
    /// block to block, cleared after each.
    private int[] wanted = new int[0];

    private boolean[] used = new boolean[0];

    Subsets(Records records, Pass pass, Units left, Units right) {
        this.records = records;
        this.left = left;
        this.right = right;
        this.many = pass.cardinality().isMany(Side.LEFT) ? Side.LEFT : Side.RIGHT;
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            var leftColumn = records.column(Side.LEFT, field);
            var rightColumn = records.column(Side.RIGHT, field);
            switch (comparison.comparison()) {
                case Comparison.Sum sum -> {
                    leftAmounts = (AmountColumn) leftColumn;
                    rightAmounts = (AmountColumn) rightColumn;
                    bounds = Bounds.of(sum.limit(), leftColumn);
                }
                case Comparison.Exact _ -> {
                    // The block has it.
                }
                case Comparison.Within _,
                        Comparison.Similar _,
                        Comparison.Contains _,
                        Comparison.StartsWith _,
                        Comparison.EndsWith _ ->
                        residuals.add(
                                Residual.of(comparison.comparison(), leftColumn, rightColumn));
            }
        }
    }

    /// Matches the units of one block, in the order that breaks ties.
    ///
    /// @return how many records were left open because too many others could belong to them
    int match(int[] lefts, int[] rights, Receiver receiver) {
        int[] ones = many == Side.LEFT ? rights : lefts;
        int[] parts = many == Side.LEFT ? lefts : rights;
        List<Group> groups = new ArrayList<>();
        int skipped = 0;
        for (int one : ones) {
            int[] allowed = Arrays.stream(parts).filter(part -> allows(one, part)).toArray();
            if (allowed.length > MOST) {
                skipped++;
            } else if (allowed.length > 0) {
                new Search(one, allowed).addBest(groups);
            }
        }
        emit(groups, receiver);
        return skipped;
    }

    private boolean allows(int one, int part) {
        if (!isSummable(amount(many.opposite(), one)) || !isSummable(amount(many, part))) {
            return false;
        }
        int l = many == Side.LEFT ? left.first(part) : left.first(one);
        int r = many == Side.LEFT ? right.first(one) : right.first(part);
        for (Residual residual : residuals) {
            if (residual.score(l, r) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSummable(long amount) {
        return amount != AmountColumn.ABSENT && Math.abs(amount) <= LARGEST;
    }

    private long amount(Side side, int unit) {
        return side == Side.LEFT
                ? leftAmounts.unscaled(left.first(unit))
                : rightAmounts.unscaled(right.first(unit));
    }

    private int row(Side side, int unit) {
        return side == Side.LEFT ? left.first(unit) : right.first(unit);
    }

    /// The search for one record's subset: the sums of both halves' subsets, the second half's
    /// sorted; each of the first looks up its complement in the second.
    private final class Search {
        private final int one;
        private final int[] allowed;
        private final long target;

        /// Of each record, the one before it that is alike in every field; a subset that has a
        /// record has that one too, so that subsets which differ only in such are seen once.
        private final int[] twinBefore;

        private int best;
        private double bestScore = -1;
        private int found;

        Search(int one, int[] allowed) {
            this.one = one;
            this.allowed = allowed;
            this.target = amount(many.opposite(), one);
            this.twinBefore = new int[allowed.length];
            for (int i = 0; i < allowed.length; i++) {
                twinBefore[i] = NONE;
                for (int j = i - 1; j >= 0 && twinBefore[i] == NONE; j--) {
                    if (records.alike(many, row(many, allowed[i]), many, row(many, allowed[j]))) {
                        twinBefore[i] = j;
                    }
                }
            }
        }

        void addBest(List<Group> groups) {
            int half = allowed.length / 2;
            int[] first = subsets(0, half);
            int[] second = subsets(half, allowed.length);
            long[] firstSums = sums(first);
            long[] secondSums = sums(second);
            int[] order = Order.byValue(secondSums);
            for (int i = 0; i < first.length; i++) {
                int at = firstThatMeets(firstSums[i], secondSums, order);
                for (; at < order.length && meets(firstSums[i] + secondSums[order[at]]); at++) {
                    offer(first[i] | second[order[at]], firstSums[i] + secondSums[order[at]]);
                }
            }
            if (found > 0) {
                groups.add(
                        new Group(
                                one,
                                membersOf(best),
                                (int) Math.round(bestScore * 1e9),
                                found == 1));
            }
        }

        private int[] membersOf(int subset) {
            int[] members = new int[Integer.bitCount(subset)];
            int count = 0;
            for (int i = 0; i < allowed.length; i++) {
                if ((subset >>> i & 1) != 0) {
                    members[count++] = allowed[i];
                }
            }
            return members;
        }

        /// The subsets of `allowed[from..to)` as bits, without those that skip a twin.
        private int[] subsets(int from, int to) {
            int[] subsets = new int[1 << (to - from)];
            int count = 1;
            for (int i = from; i < to; i++) {
                int before = count;
                for (int s = 0; s < before; s++) {
                    int twin = twinBefore[i];
                    if (twin < from || (subsets[s] >>> twin & 1) != 0) {
                        subsets[count++] = subsets[s] | 1 << i;
                    }
                }
            }
            return Arrays.copyOf(subsets, count);
        }

        private long[] sums(int[] subsets) {
            long[] sums = new long[subsets.length];
            for (int s = 0; s < subsets.length; s++) {
                for (int rest = subsets[s]; rest != 0; rest &= rest - 1) {
                    sums[s] += amount(many, allowed[Integer.numberOfTrailingZeros(rest)]);
                }
            }
            return sums;
        }

        private int firstThatMeets(long base, long[] sums, int[] order) {
            int low = 0;
            int high = order.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                long sum = base + sums[order[middle]];
                if (sum < target && !meets(sum)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private boolean meets(long sum) {
            return many == Side.LEFT ? bounds.meet(sum, target) : bounds.meet(target, sum);
        }

        private void offer(int subset, long sum) {
            if (subset == 0 || skipsTwin(subset)) {
                return;
            }
            double score =
                    many == Side.LEFT ? bounds.score(sum, target) : bounds.score(target, sum);
            if (score > bestScore) {
                best = subset;
                bestScore = score;
                found = 1;
            } else if (score == bestScore) {
                best = isSmaller(subset, best) ? subset : best;
                found++;
            }
        }

        private boolean skipsTwin(int subset) {
            for (int rest = subset; rest != 0; rest &= rest - 1) {
                int twin = twinBefore[Integer.numberOfTrailingZeros(rest)];
                if (twin != NONE && (subset >>> twin & 1) == 0) {
                    return true;
                }
            }
            return false;
        }

        /// Fewer records first, then those that come first in the order that breaks ties.
        private static boolean isSmaller(int subset, int other) {
            int byCount = Integer.compare(Integer.bitCount(subset), Integer.bitCount(other));
            return byCount != 0
                    ? byCount < 0
                    : Integer.compareUnsigned(Integer.reverse(subset), Integer.reverse(other)) > 0;
        }
    }

    /// Unique groups that nobody contests are sure; of contested ones the best comes first.
    private void emit(List<Group> groups, Receiver receiver) {
        if (groups.isEmpty()) {
            return;
        }
        if (wanted.length == 0) {
            wanted = new int[many == Side.LEFT ? left.count() : right.count()];
            used = new boolean[wanted.length];
        }
        for (Group group : groups) {
            for (int unit : group.many()) {
                wanted[unit]++;
            }
        }
        List<Group> ordered = new ArrayList<>(groups);
        ordered.sort(
                (a, b) ->
                        a.points() != b.points()
                                ? Integer.compare(b.points(), a.points())
                                : Integer.compare(a.many().length, b.many().length));
        for (Group group : ordered) {
            boolean isTaken = false;
            boolean isContested = false;
            for (int unit : group.many()) {
                isTaken |= used[unit];
                isContested |= wanted[unit] > 1;
            }
            if (isTaken) {
                receiver.lost(many == Side.LEFT ? right : left, group.one());
                continue;
            }
            for (int unit : group.many()) {
                used[unit] = true;
            }
            emit(group, isContested || !group.unique(), receiver);
        }
        for (Group group : groups) {
            for (int unit : group.many()) {
                wanted[unit] = 0;
                used[unit] = false;
            }
        }
    }

    private void emit(Group group, boolean ambiguous, Receiver receiver) {
        int[] rows = new int[group.many().length];
        Arrays.setAll(rows, i -> row(many, group.many()[i]));
        Arrays.sort(rows);
        int[] one = {row(many.opposite(), group.one())};
        if (many == Side.LEFT) {
            receiver.match(rows, one, group.points(), ambiguous);
        } else {
            receiver.match(one, rows, group.points(), ambiguous);
        }
    }
}
