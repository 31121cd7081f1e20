package io.tieout.engine.run;

import io.tieout.engine.assign.Graph;
import io.tieout.engine.block.Grams;
import io.tieout.engine.compare.Bounds;
import io.tieout.engine.compare.Values;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.TextColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which pairs of one block are scored: all of a small one; of a large one those inside the sorted
/// window of a `within` comparison, or that share rare pieces of a text.
final class Candidates {
    /// Below this many pairs a block is scored whole: sorting would cost more than it saves.
    private static final long SMALL = 1_024;

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
    sealed interface Scan {
        /// Pairs that will be scored, at most.
        long pairs();

        /// Adds the candidates of left nodes `[from, to)` in scan order to a graph of the block's
        /// nodes.
        void score(int from, int to, PairScore score, Graph into);
    }

    /// Chooses the scan of a block with the fewest pairs.
    ///
    /// @param lefts left units; node `i` is `lefts[i]`
    /// @param rights right units
    Scan scan(int[] lefts, int[] rights) {
        Scan best = new Whole(lefts, rights);
        if (best.pairs() <= SMALL) {
            return best;
        }
        Scan text = null;
        for (FieldComparison comparison : pass.match()) {
            int field = records.fieldIndex(comparison.field());
            Column leftColumn = records.column(Side.LEFT, field);
            Column rightColumn = records.column(Side.RIGHT, field);
            if (comparison.comparison() instanceof Comparison.Within within) {
                Scan window =
                        new Window(
                                this,
                                lefts,
                                rights,
                                leftColumn,
                                rightColumn,
                                Bounds.of(within, leftColumn));
                best = window.pairs() < best.pairs() ? window : best;
            } else if (text == null && leftColumn instanceof TextColumn texts) {
                text =
                        grams(
                                lefts,
                                rights,
                                texts,
                                (TextColumn) rightColumn,
                                comparison.comparison());
            }
        }
        // An index on text is worth its making only where windows leave much to do.
        return text != null && text.pairs() < best.pairs() / 4 ? text : best;
    }

    private @Nullable Scan grams(
            int[] lefts,
            int[] rights,
            TextColumn leftTexts,
            TextColumn rightTexts,
            Comparison comparison) {
        Grams.Kind kind = Grams.kindFor(comparison);
        if (kind == Grams.Kind.NONE || !left.areSingle() || !right.areSingle()) {
            return null;
        }
        int[] leftRows = Arrays.stream(lefts).map(left::first).toArray();
        int[] rightRows = Arrays.stream(rights).map(right::first).toArray();
        return new Shared(
                lefts,
                rights,
                Grams.of(kind, comparison, leftTexts, leftRows, rightTexts, rightRows));
    }

    /// Every pair.
    private record Whole(int[] lefts, int[] rights) implements Scan {
        @Override
        public long pairs() {
            return (long) lefts.length * rights.length;
        }

        @Override
        public void score(int from, int to, PairScore score, Graph into) {
            for (int l = from; l < to; l++) {
                for (int r = 0; r < rights.length; r++) {
                    int points = score.of(lefts[l], rights[r]);
                    if (points > 0) {
                        into.add(l, r, points);
                    }
                }
            }
        }
    }

    /// Pairs whose texts share rare pieces.
    private record Shared(int[] lefts, int[] rights, Grams grams) implements Scan {
        @Override
        public long pairs() {
            return grams.pairs();
        }

        @Override
        public void score(int from, int to, PairScore score, Graph into) {
            int[] stamps = new int[rights.length];
            for (int l = from; l < to; l++) {
                int node = l;
                grams.forEachRight(
                        l,
                        stamps,
                        r -> {
                            int points = score.of(lefts[node], rights[r]);
                            if (points > 0) {
                                into.add(node, r, points);
                            }
                        });
            }
        }
    }

    /// Pairs inside a window over sorted values.
    private static final class Window implements Scan {
        private final int[] lefts;
        private final int[] rights;
        private final int[] leftOrder;
        private final int[] rightOrder;
        private final int[] windowStart;
        private final int[] windowEnd;
        private final long pairs;

        Window(
                Candidates of,
                int[] lefts,
                int[] rights,
                Column leftColumn,
                Column rightColumn,
                Bounds bounds) {
            this.lefts = lefts;
            this.rights = rights;
            long[] leftValues = values(of.left, lefts, leftColumn);
            long[] rightValues = values(of.right, rights, rightColumn);
            leftOrder = sorted(leftValues);
            rightOrder = sorted(rightValues);
            windowStart = new int[leftOrder.length];
            windowEnd = new int[leftOrder.length];
            pairs = findWindows(leftValues, rightValues, bounds);
        }

        /// The values by node. A group is placed by its first record: all its members must agree
        /// with
        /// the other side, so that one must.
        private static long[] values(Units units, int[] nodes, Column column) {
            Values values = Values.of(column);
            long[] found = new long[nodes.length];
            for (int i = 0; i < nodes.length; i++) {
                int row = units.first(nodes[i]);
                found[i] = column.isAbsent(row) ? Long.MIN_VALUE : values.at(row);
            }
            return found;
        }

        /// Nodes by value, those without one left out; equal values by node.
        private static int[] sorted(long[] values) {
            return java.util.stream.IntStream.range(0, values.length)
                    .filter(i -> values[i] != Long.MIN_VALUE)
                    .boxed()
                    .sorted((a, b) -> Long.compare(values[a], values[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private long findWindows(long[] leftValues, long[] rightValues, Bounds bounds) {
            int start = 0;
            int end = 0;
            long total = 0;
            for (int i = 0; i < leftOrder.length; i++) {
                long value = leftValues[leftOrder[i]];
                while (start < rightOrder.length
                        && rightValues[rightOrder[start]] < value
                        && !bounds.meet(value, rightValues[rightOrder[start]])) {
                    start++;
                }
                end = Math.max(end, start);
                while (end < rightOrder.length
                        && (rightValues[rightOrder[end]] <= value
                                || bounds.meet(value, rightValues[rightOrder[end]]))) {
                    end++;
                }
                windowStart[i] = start;
                windowEnd[i] = end;
                total += end - start;
            }
            return total;
        }

        @Override
        public long pairs() {
            return pairs;
        }

        @Override
        public void score(int from, int to, PairScore score, Graph into) {
            for (int i = from; i < Math.min(to, leftOrder.length); i++) {
                int l = leftOrder[i];
                for (int at = windowStart[i]; at < windowEnd[i]; at++) {
                    int points = score.of(lefts[l], rights[rightOrder[at]]);
                    if (points > 0) {
                        into.add(l, rightOrder[at], points);
                    }
                }
            }
        }
    }
}
