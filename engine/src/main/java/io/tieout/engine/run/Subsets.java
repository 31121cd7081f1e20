package io.tieout.engine.run;

import io.tieout.engine.compare.Bounds;
import io.tieout.engine.compare.Residual;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/// Finds, for a record of the side that is one, the records of the side that is many which add up
/// to it. Two subsets that are as good, or records that another one wanted in vain, make the match
/// ambiguous. Who goes away empty searches again among what is left.
///
/// Cost: 2^(n/2) for n records that the other comparisons allow, so at most [#MOST] are searched;
/// where there are more the record is left open and counted.
final class Subsets {
    /// Most records that one subset is searched among.
    static final int MOST = 24;

    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    /// Sums of [#MOST] amounts up to this fit.
    private static final long LARGEST = Long.MAX_VALUE / (2 * MOST);

    /// Receives what is found.
    interface Receiver {
        /// A match: rows of each side, ascending, its score, whether it is ambiguous.
        void match(int[] leftRows, int[] rightRows, int points, boolean ambiguous);

        /// A unit that belongs to a match which is not the one chosen.
        void lost(Units units, int unit);
    }

    private final Records records;
    private final Units left;
    private final Units right;
    private final Side many;
    private final List<Residual> residuals = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private AmountColumn leftAmounts = new AmountColumn.Builder(0).build();
    private AmountColumn rightAmounts = leftAmounts;
    private Bounds bounds = Bounds.NOTHING;
    private double sumWeight;
    private double exactWeight;
    private double totalWeight;

    Subsets(Records records, Pass pass, Units left, Units right) {
        this.records = records;
        this.left = left;
        this.right = right;
        this.many = pass.cardinality().isMany(Side.LEFT) ? Side.LEFT : Side.RIGHT;
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            var leftColumn = records.column(Side.LEFT, field);
            var rightColumn = records.column(Side.RIGHT, field);
            totalWeight += comparison.weight();
            switch (comparison.comparison()) {
                case Comparison.Sum sum -> {
                    leftAmounts = (AmountColumn) leftColumn;
                    rightAmounts = (AmountColumn) rightColumn;
                    bounds = Bounds.of(sum.limit(), leftColumn);
                    sumWeight = comparison.weight();
                }
                case Comparison.Exact _ -> exactWeight += comparison.weight();
                case Comparison.Within _,
                        Comparison.Similar _,
                        Comparison.Contains _,
                        Comparison.StartsWith _,
                        Comparison.EndsWith _ -> {
                    residuals.add(Residual.of(comparison.comparison(), leftColumn, rightColumn));
                    weights.add(comparison.weight());
                }
            }
        }
    }

    /// Matches the units of one block, in the order that breaks ties.
    ///
    /// @return how many records were left open because too many others could belong to them
    int match(int[] lefts, int[] rights, Receiver receiver) {
        return new Block(
                        many == Side.LEFT ? rights : lefts,
                        many == Side.LEFT ? lefts : rights,
                        receiver)
                .match();
    }

    private long amount(Side side, int unit) {
        return side == Side.LEFT
                ? leftAmounts.unscaled(left.first(unit))
                : rightAmounts.unscaled(right.first(unit));
    }

    private static boolean isSummable(long amount) {
        return amount != AmountColumn.ABSENT && Math.abs(amount) <= LARGEST;
    }

    private Units units(Side side) {
        return side == Side.LEFT ? left : right;
    }

    /// What one record would take.
    ///
    /// @param one index into the block's ones
    /// @param parts indices into its parts
    /// @param wanted those of any subset that adds up
    private record Group(int one, int[] parts, int[] wanted, int points, boolean isOnly) {}

    private static final Comparator<Group> BEST_FIRST =
            Comparator.comparingInt(Group::points)
                    .reversed()
                    .thenComparingInt(group -> group.parts().length)
                    .thenComparingInt(Group::one);

    /// The search over one block.
    private final class Block {
        private final int[] ones;
        private final int[] parts;
        private final int[] oneKinds;
        private final int[] partKinds;
        private final boolean[] isUsed;
        private final boolean[] isInDoubt;
        private final Receiver receiver;
        private int skipped;

        Block(int[] ones, int[] parts, Receiver receiver) {
            this.ones = ones;
            this.parts = parts;
            this.receiver = receiver;
            this.oneKinds = Kinds.of(records, units(many.opposite()), ones);
            this.partKinds = Kinds.of(records, units(many), parts);
            this.isUsed = new boolean[parts.length];
            this.isInDoubt = new boolean[ones.length];
        }

        /// Takes the best group of all again and again; a record whose parts are gone by then
        /// searches among what is left. So what nobody takes in the end changes nothing.
        int match() {
            PriorityQueue<Group> best = new PriorityQueue<>(BEST_FIRST);
            for (int one = 0; one < ones.length; one++) {
                addBest(one, best);
            }
            List<Group> fulfilled = new ArrayList<>();
            List<int[]> taken = new ArrayList<>();
            List<Group> inVain = new ArrayList<>();
            for (Group group = best.poll(); group != null; group = best.poll()) {
                int[] parts = take(group);
                if (parts.length == 0) {
                    inVain.add(group);
                    addBest(group.one(), best);
                } else {
                    fulfilled.add(group);
                    taken.add(parts);
                }
            }
            doubt(inVain, kindsOfOnes(fulfilled, Group::parts));
            int[] wantedInVain = kindsOfOnes(inVain, Group::wanted);
            for (int i = 0; i < taken.size(); i++) {
                emit(fulfilled.get(i), taken.get(i), wantedInVain);
            }
            return skipped;
        }

        private void addBest(int one, Collection<Group> groups) {
            int[] allowed = new int[parts.length];
            double[][] scores = new double[residuals.size()][parts.length];
            int count = 0;
            for (int part = 0; part < parts.length; part++) {
                if (!isUsed[part] && allows(one, part, scores, count)) {
                    allowed[count++] = part;
                }
            }
            if (count > MOST) {
                skipped++;
            } else if (count > 0) {
                addBest(one, Arrays.copyOf(allowed, count), scores, groups);
            }
        }

        /// Notes how well a part agrees with a record, if it does.
        private boolean allows(int one, int part, double[][] scores, int at) {
            if (!isSummable(amount(many.opposite(), ones[one]))
                    || !isSummable(amount(many, parts[part]))) {
                return false;
            }
            int oneRow = units(many.opposite()).first(ones[one]);
            int partRow = units(many).first(parts[part]);
            for (int r = 0; r < scores.length; r++) {
                scores[r][at] =
                        many == Side.LEFT
                                ? residuals.get(r).score(partRow, oneRow)
                                : residuals.get(r).score(oneRow, partRow);
                if (scores[r][at] < 0) {
                    return false;
                }
            }
            return true;
        }

        private void addBest(int one, int[] allowed, double[][] scores, Collection<Group> groups) {
            long target = amount(many.opposite(), ones[one]);
            long[] amounts = new long[allowed.length];
            int[] kinds = new int[allowed.length];
            for (int i = 0; i < allowed.length; i++) {
                amounts[i] = amount(many, parts[allowed[i]]);
                kinds[i] = partKinds[allowed[i]];
            }
            SubsetSearch search = new SubsetSearch(target, amounts, kinds, worth(target, scores));
            if (search.best() == 0) {
                return;
            }
            groups.add(
                    new Group(
                            one,
                            chosen(allowed, search.best()),
                            chosen(allowed, search.anyThatMeets()),
                            search.points(),
                            search.isOnly()));
            for (int part : chosen(allowed, search.anyOfBest() & ~search.best())) {
                receiver.lost(units(many), parts[part]);
            }
        }

        private static int[] chosen(int[] allowed, int subset) {
            int[] chosen = new int[Integer.bitCount(subset)];
            int rest = subset;
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = allowed[Integer.numberOfTrailingZeros(rest)];
                rest &= rest - 1;
            }
            return chosen;
        }

        private SubsetSearch.Worth worth(long target, double[][] scores) {
            return new SubsetSearch.Worth() {
                @Override
                public boolean meets(long sum) {
                    return many == Side.LEFT ? bounds.meet(sum, target) : bounds.meet(target, sum);
                }

                @Override
                public int points(int subset, long sum) {
                    double weighted =
                            exactWeight
                                    + sumWeight
                                            * (many == Side.LEFT
                                                    ? bounds.score(sum, target)
                                                    : bounds.score(target, sum));
                    for (int r = 0; r < scores.length; r++) {
                        double worst = 1;
                        for (int rest = subset; rest != 0; rest &= rest - 1) {
                            worst = Math.min(worst, scores[r][Integer.numberOfTrailingZeros(rest)]);
                        }
                        weighted += weights.get(r) * worst;
                    }
                    return Math.max(
                            1, (int) Math.round(weighted / totalWeight * Matches.FULL_SCORE));
                }
            };
        }

        /// Puts records in doubt that could use what others have, or that had a choice, and did not
        /// get their group.
        private void doubt(List<Group> inVain, int[] had) {
            for (Group group : inVain) {
                isInDoubt[group.one()] |=
                        !group.isOnly() || isContested(group.wanted(), group.one(), had);
                if (isInDoubt[group.one()]) {
                    receiver.lost(units(many.opposite()), ones[group.one()]);
                }
            }
        }

        /// By kind of part, the kind of the records whose groups name it: [#NOBODY], or [#SEVERAL].
        private int[] kindsOfOnes(List<Group> groups, Function<Group, int[]> named) {
            int[] by = new int[parts.length];
            Arrays.fill(by, NOBODY);
            for (Group group : groups) {
                int one = oneKinds[group.one()];
                for (int part : named.apply(group)) {
                    int kind = partKinds[part];
                    by[kind] = by[kind] == NOBODY || by[kind] == one ? one : SEVERAL;
                }
            }
            return by;
        }

        /// Whether a record that is not alike names parts of the same kinds.
        private boolean isContested(int[] named, int one, int[] kindsOfOnes) {
            for (int part : named) {
                int by = kindsOfOnes[partKinds[part]];
                if (by != NOBODY && by != oneKinds[one]) {
                    return true;
                }
            }
            return false;
        }

        /// Takes parts of the kinds that a group wants, the first that are there.
        ///
        /// @return their indices; none when there are too few
        private int[] take(Group group) {
            int[] taken = new int[group.parts().length];
            for (int i = 0; i < taken.length; i++) {
                int part = group.parts()[i];
                int free = 0;
                while (free < parts.length
                        && (isUsed[free] || partKinds[free] != partKinds[part])) {
                    free++;
                }
                if (free == parts.length) {
                    for (int k = 0; k < i; k++) {
                        isUsed[taken[k]] = false;
                    }
                    return new int[0];
                }
                taken[i] = free;
                isUsed[free] = true;
            }
            return taken;
        }

        /// A match is contested when another record, not alike with its own, could use parts of the
        /// same kind and did not get its group: how many more of the kind there are does not
        /// matter, for it could be that other one's match which is right.
        private void emit(Group group, int[] taken, int[] wantedInVain) {
            int[] manyRows = new int[taken.length];
            Arrays.setAll(manyRows, i -> units(many).first(parts[taken[i]]));
            Arrays.sort(manyRows);
            int[] oneRow = {units(many.opposite()).first(ones[group.one()])};
            boolean ambiguous =
                    !group.isOnly()
                            || isInDoubt[group.one()]
                            || isContested(group.parts(), group.one(), wantedInVain);
            if (many == Side.LEFT) {
                receiver.match(manyRows, oneRow, group.points(), ambiguous);
            } else {
                receiver.match(oneRow, manyRows, group.points(), ambiguous);
            }
        }
    }
}
