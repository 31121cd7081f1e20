package io.tieout.engine.run;

import io.tieout.engine.block.Sweep;
import io.tieout.engine.block.Sweep.Dimension;
import io.tieout.engine.block.TextIndex;
import io.tieout.engine.compare.Bounds;
import io.tieout.engine.compare.Values;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.TextColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which pairs of one block are scored: all of a small one; of a large one those inside the sorted
/// windows of its `within` and `sum` comparisons, or that share rare pieces of a text.
final class Candidates {
    /// Below this many pairs a block is scored whole: sorting would cost more than it saves.
    private static final long SMALL = 2_048;

    /// A second dimension is worth its sorting from this many pairs for each node.
    private static final long CELLS_WORTH = 4;

    /// An index of texts is worth its making from this many pairs for each of its texts.
    private static final long INDEX_WORTH = 64;

    /// Jaro-Winkler is compared in full up to this many pairs, for its index may miss some.
    private static final long UNSURE_WORTH = 100_000_000;

    /// Cells are not made of bounds beyond this: nothing would be left to tell apart.
    private static final long WIDEST_CELL = 1L << 60;

    private final Records records;
    private final Pass pass;
    private final Units left;
    private final Units right;

    Candidates(Records records, Pass pass, Units left, Units right) {
        this.records = records;
        this.pass = pass;
        this.left = left;
        this.right = right;
    }

    /// How the pairs of one block are found.
    interface Scan {
        /// Pairs that will be looked at, at most.
        long pairs();

        /// Left nodes in the order in which they are visited.
        int places();

        /// Visits the pairs of the left nodes at places `[from, to)`, each once.
        void forEach(int from, int to, Sweep.Receiver receiver);
    }

    /// Chooses the scan of a block with the fewest pairs.
    ///
    /// @param lefts left units; node `i` is `lefts[i]`
    /// @param rights right units
    Scan scan(int[] lefts, int[] rights) {
        Scan best = new Whole(lefts.length, rights.length);
        if (best.pairs() <= SMALL) {
            return best;
        }
        List<Dimension> dimensions = dimensions(lefts, rights);
        for (Dimension swept : dimensions) {
            best = fewer(best, new Swept(new Sweep(swept, null)));
        }
        long few = CELLS_WORTH * (lefts.length + (long) rights.length);
        for (int celled = 0; celled < dimensions.size(); celled++) {
            for (int swept = 0; swept < dimensions.size(); swept++) {
                if (best.pairs() > few
                        && swept != celled
                        && isNarrow(dimensions.get(celled).bounds())) {
                    best =
                            fewer(
                                    best,
                                    new Swept(
                                            new Sweep(
                                                    dimensions.get(swept),
                                                    dimensions.get(celled))));
                }
            }
        }
        return withIndex(best, lefts, rights);
    }

    private static Scan fewer(Scan best, Scan other) {
        return other.pairs() < best.pairs() ? other : best;
    }

    private static boolean isNarrow(Bounds bounds) {
        return bounds.isFixed() && bounds.below() < WIDEST_CELL && bounds.above() < WIDEST_CELL;
    }

    private List<Dimension> dimensions(int[] lefts, int[] rights) {
        List<Dimension> dimensions = new ArrayList<>();
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            Column leftColumn = records.column(Side.LEFT, field);
            Column rightColumn = records.column(Side.RIGHT, field);
            switch (comparison.comparison()) {
                case Comparison.Within within ->
                        dimensions.add(
                                new Dimension(
                                        values(left, lefts, leftColumn),
                                        values(right, rights, rightColumn),
                                        Bounds.of(within, leftColumn)));
                case Comparison.Sum sum ->
                        dimensions.add(
                                new Dimension(
                                        sums(left, lefts, (AmountColumn) leftColumn),
                                        sums(right, rights, (AmountColumn) rightColumn),
                                        Bounds.of(sum.limit(), leftColumn)));
                case Comparison.Exact _,
                        Comparison.Similar _,
                        Comparison.Contains _,
                        Comparison.StartsWith _,
                        Comparison.EndsWith _ -> {
                    // No numbers to sort by.
                }
            }
        }
        return dimensions;
    }

    /// The values by node. A group is placed by its first record: all its members must agree with
    /// the other side, so that one must.
    private static long[] values(Units units, int[] nodes, Column column) {
        Values values = Values.of(column);
        long[] found = new long[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            int row = units.first(nodes[i]);
            found[i] = column.isAbsent(row) ? Sweep.ABSENT : values.at(row);
        }
        return found;
    }

    private static long[] sums(Units units, int[] nodes, AmountColumn amounts) {
        long[] sums = new long[nodes.length];
        Arrays.setAll(sums, i -> units.sum(amounts, nodes[i]));
        return sums;
    }

    private Scan withIndex(Scan best, int[] lefts, int[] rights) {
        if (!left.areSingle()
                || !right.areSingle()
                || best.pairs() / INDEX_WORTH < lefts.length + rights.length) {
            return best;
        }
        for (FieldComparison comparison : pass.match()) {
            if (comparison.comparison() instanceof Comparison.Similar similar
                    && (similar.similarity() != Similarity.JARO_WINKLER
                            || best.pairs() > UNSURE_WORTH)) {
                int field = records.fieldIndex(comparison.field());
                TextIndex index =
                        new TextIndex(
                                similar,
                                (TextColumn) records.column(Side.LEFT, field),
                                rows(left, lefts),
                                (TextColumn) records.column(Side.RIGHT, field),
                                rows(right, rights));
                if (index.pairs() < best.pairs()) {
                    best = new Indexed(index, lefts.length);
                }
            }
        }
        return best;
    }

    private static int[] rows(Units units, int[] nodes) {
        return Arrays.stream(nodes).map(units::first).toArray();
    }

    /// Every pair.
    private record Whole(int places, int rights) implements Scan {
        @Override
        public long pairs() {
            return (long) places * rights;
        }

        @Override
        public void forEach(int from, int to, Sweep.Receiver receiver) {
            for (int left = from; left < to; left++) {
                for (int right = 0; right < rights; right++) {
                    receiver.accept(left, right);
                }
            }
        }
    }

    /// Pairs inside windows over sorted values.
    private static final class Swept implements Scan {
        private final Sweep sweep;
        private final long pairs;

        Swept(Sweep sweep) {
            this.sweep = sweep;
            this.pairs = sweep.pairs();
        }

        @Override
        public long pairs() {
            return pairs;
        }

        @Override
        public int places() {
            return sweep.places();
        }

        @Override
        public void forEach(int from, int to, Sweep.Receiver receiver) {
            sweep.forEach(from, to, receiver);
        }
    }

    /// Pairs whose texts share rare pieces.
    private record Indexed(TextIndex index, int places) implements Scan {
        @Override
        public long pairs() {
            return index.pairs();
        }

        @Override
        public void forEach(int from, int to, Sweep.Receiver receiver) {
            index.forEach(from, to, receiver);
        }
    }
}
