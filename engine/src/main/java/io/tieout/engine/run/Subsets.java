package io.tieout.engine.run;

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
/// to it. Two
/// subsets that both do, or a record that two subsets want, make the match ambiguous.
///
/// Cost: 2^(n/2) for n records that the other comparisons allow (Horowitz and Sahni 1974), so at
/// most
/// [#MOST] are searched; where there are more the record is left open and counted.
final class Subsets {
    /// Most records that one subset is searched among.
    static final int MOST = 24;

    /// Receives a match: rows of each side, ascending, its score in billionths, whether it is
    /// ambiguous.
    interface Receiver {
        void accept(int[] leftRows, int[] rightRows, int points, boolean ambiguous);
    }

    private record Group(int one, int[] many, int points, boolean unique) {}

    private final Units left;
    private final Units right;
    private final Side many;
    private final AmountColumn[] amounts = new AmountColumn[2];
    private final List<Residual> residuals = new ArrayList<>();
    private Bounds bounds = Bounds.NOTHING;

    Subsets(Records records, Pass pass, Units left, Units right) {
        this.left = left;
        this.right = right;
        this.many = pass.cardinality().isMany(Side.LEFT) ? Side.LEFT : Side.RIGHT;
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            var leftColumn = records.column(Side.LEFT, field);
            var rightColumn = records.column(Side.RIGHT, field);
            switch (comparison.comparison()) {
                case Comparison.Sum sum -> {
                    amounts[0] = (AmountColumn) leftColumn;
                    amounts[1] = (AmountColumn) rightColumn;
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
                search(one, allowed, groups);
            }
        }
        emit(groups, receiver);
        return skipped;
    }

    private boolean allows(int one, int part) {
        int l = many == Side.LEFT ? left.first(part) : left.first(one);
        int r = many == Side.LEFT ? right.first(one) : right.first(part);
        if (amounts[0].isAbsent(l) || amounts[1].isAbsent(r)) {
            return false;
        }
        for (Residual residual : residuals) {
            if (residual.score(l, r) < 0) {
                return false;
            }
        }
        return true;
    }

    private long amount(Side side, int unit) {
        return side == Side.LEFT
                ? amounts[0].unscaled(left.first(unit))
                : amounts[1].unscaled(right.first(unit));
    }

    /// The sums of both halves' subsets, sorted; each of the first looks up its complement in the
    /// second.
    private void search(int one, int[] allowed, List<Group> groups) {
        long target = amount(many.opposite(), one);
        int half = allowed.length / 2;
        long[] first = sums(allowed, 0, half);
        long[] second = sums(allowed, half, allowed.length);
        Integer[] order = new Integer[second.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(second[a], second[b]));
        int best = 0;
        int found = 0;
        double bestScore = -1;
        for (int mask = 0; mask < first.length; mask++) {
            int at = firstThatMeets(target, first[mask], second, order);
            for (; at < order.length && meets(target, first[mask] + second[order[at]]); at++) {
                int subset = mask | order[at] << half;
                if (subset == 0) {
                    continue;
                }
                double score = score(target, first[mask] + second[order[at]]);
                if (score > bestScore || (score == bestScore && isSmaller(subset, best))) {
                    found = score > bestScore ? 1 : found + 1;
                    bestScore = score;
                    best = subset;
                } else if (score == bestScore) {
                    found++;
                }
            }
        }
        if (found > 0) {
            int chosen = best;
            int[] members =
                    java.util.stream.IntStream.range(0, allowed.length)
                            .filter(i -> (chosen & 1 << i) != 0)
                            .map(i -> allowed[i])
                            .toArray();
            groups.add(new Group(one, members, (int) Math.round(bestScore * 1e9), found == 1));
        }
    }

    /// Fewer records first, then those that come first in the order that breaks ties.
    private static boolean isSmaller(int subset, int other) {
        int byCount = Integer.compare(Integer.bitCount(subset), Integer.bitCount(other));
        return byCount != 0 ? byCount < 0 : Integer.reverse(subset) > Integer.reverse(other);
    }

    private int firstThatMeets(long target, long base, long[] second, Integer[] order) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long sum = base + second[order[middle]];
            long one = many == Side.LEFT ? sum : target;
            long other = many == Side.LEFT ? target : sum;
            boolean tooLow = sum < target && !bounds.meet(one, other);
            if (tooLow) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean meets(long target, long sum) {
        return many == Side.LEFT ? bounds.meet(sum, target) : bounds.meet(target, sum);
    }

    private double score(long target, long sum) {
        return many == Side.LEFT ? bounds.score(sum, target) : bounds.score(target, sum);
    }

    /// The sum of every subset of `units[from..to)`, by its bits.
    private long[] sums(int[] units, int from, int to) {
        long[] sums = new long[1 << (to - from)];
        for (int mask = 1; mask < sums.length; mask++) {
            int last = Integer.numberOfTrailingZeros(mask);
            sums[mask] = Math.addExact(sums[mask & (mask - 1)], amount(many, units[from + last]));
        }
        return sums;
    }

    /// Unique groups that nobody contests are sure; of contested ones the best comes first.
    private void emit(List<Group> groups, Receiver receiver) {
        java.util.Map<Integer, Integer> wanted = new java.util.HashMap<>();
        for (Group group : groups) {
            for (int unit : group.many()) {
                wanted.merge(unit, 1, Integer::sum);
            }
        }
        List<Group> ordered = new ArrayList<>(groups);
        ordered.sort(
                (a, b) ->
                        a.points() != b.points()
                                ? Integer.compare(b.points(), a.points())
                                : Integer.compare(a.many().length, b.many().length));
        java.util.Set<Integer> used = new java.util.HashSet<>();
        for (Group group : ordered) {
            if (Arrays.stream(group.many()).anyMatch(used::contains)) {
                continue;
            }
            boolean contested = false;
            for (int unit : group.many()) {
                used.add(unit);
                contested |= wanted.getOrDefault(unit, 0) > 1;
            }
            int[] manyRows =
                    Arrays.stream(group.many())
                            .map(unit -> many == Side.LEFT ? left.first(unit) : right.first(unit))
                            .sorted()
                            .toArray();
            int[] oneRow = {many == Side.LEFT ? right.first(group.one()) : left.first(group.one())};
            boolean ambiguous = contested || !group.unique();
            if (many == Side.LEFT) {
                receiver.accept(manyRows, oneRow, group.points(), ambiguous);
            } else {
                receiver.accept(oneRow, manyRows, group.points(), ambiguous);
            }
        }
    }
}
