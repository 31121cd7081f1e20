package io.tieout.engine.run;

import io.tieout.engine.assign.Assignment;
import io.tieout.engine.assign.Graph;
import io.tieout.engine.assign.Ties;
import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One pass over the records that earlier passes left open. Both sides are partitioned by key, each
/// partition is matched block by block on one thread, and what they find is put together in the
/// order
/// of the partitions. A pass that wants nothing equal is one block, whose pairs are scored by all
/// threads.
final class PassRun {
    private final Records records;
    private final Pass pass;
    private final int passIndex;
    private final Key key;
    private final Units left;
    private final Units right;
    private final RunLimits limits;
    private final Workers workers;
    private final Progress progress;
    private final Candidates candidates;
    private final Lost lost;
    private final AtomicInteger approximated = new AtomicInteger();

    /// The records that tied for a match and were left out.
    record Lost(boolean[] left, boolean[] right) {}

    PassRun(
            Records records,
            int passIndex,
            int[] openLeft,
            int[] openRight,
            RunLimits limits,
            Workers workers,
            Progress progress,
            Lost lost) {
        this.records = records;
        this.pass = records.plan().passes().get(passIndex);
        this.passIndex = passIndex;
        this.key = new Key(records, pass);
        this.left = units(Side.LEFT, openLeft);
        this.right = units(Side.RIGHT, openRight);
        this.limits = limits;
        this.workers = workers;
        this.progress = progress;
        this.candidates = new Candidates(records, pass, left, right);
        this.lost = lost;
    }

    private Units units(Side side, int[] open) {
        if (pass.together(side).isEmpty()) {
            return Units.single(side, open);
        }
        List<io.tieout.engine.table.Column> together = new ArrayList<>();
        for (String name : pass.together(side)) {
            together.add(records.grouping(side, name));
        }
        // Records that disagree in what the pass wants equal cannot belong to one match.
        together.addAll(key.exactColumns(side));
        return Units.grouped(records, side, open, together);
    }

    /// What a pass found.
    record Found(List<Matches.Builder> matches, long estimatedPairs, int approximated) {}

    Found run() {
        Blocks blocks = Blocks.of(key, left, right, workers);
        long estimate = estimate(blocks);
        if (estimate > limits.maxPairs()) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.at("/passes/" + passIndex),
                            "pass \""
                                    + pass.name()
                                    + "\" would compare "
                                    + String.format(java.util.Locale.ROOT, "%,d", estimate)
                                    + " pairs, more than the limit of "
                                    + String.format(
                                            java.util.Locale.ROOT, "%,d", limits.maxPairs()),
                            "add an exact comparison, tighten a `within`, or raise --max-pairs"));
        }
        progress.phase("pass " + pass.name(), blocks.partitions());
        List<Matches.Builder> found =
                workers.map(
                        blocks.partitions(),
                        () -> new Matcher(),
                        (matcher, partition) -> {
                            stopIfCancelled();
                            Matches.Builder matches = new Matches.Builder();
                            blocks.forEach(
                                    partition,
                                    (lefts, rights) -> matcher.match(lefts, rights, matches));
                            progress.advance(1);
                            return matches;
                        });
        return new Found(found, estimate, approximated.get());
    }

    private void stopIfCancelled() {
        if (progress.isCancelled()) {
            throw new FailureException(
                    new Failure.Cancelled(
                            Place.UNKNOWN,
                            "the run was cancelled in pass \"" + pass.name() + "\"",
                            "run it again"));
        }
    }

    /// An upper bound by counts alone where that is enough, else the pairs of every block's scan.
    private long estimate(Blocks blocks) {
        long bound = blocks.pairsAtMost();
        if (bound <= limits.maxPairs() / 4) {
            return bound;
        }
        List<Long> counted =
                workers.map(
                        blocks.partitions(),
                        () -> candidates,
                        (scans, partition) -> {
                            stopIfCancelled();
                            long[] pairs = {0};
                            blocks.forEach(
                                    partition,
                                    (lefts, rights) ->
                                            pairs[0] +=
                                                    pass.searchesSubsets()
                                                            ? (long) lefts.length + rights.length
                                                            : scoredPairs(scans, lefts, rights));
                            return pairs[0];
                        });
        return counted.stream().mapToLong(Long::longValue).sum();
    }

    private long scoredPairs(Candidates scans, int[] lefts, int[] rights) {
        boolean tiesOnly = new PairScore(records, pass, left, right).isAlwaysFull();
        return tiesOnly ? Math.max(lefts.length, rights.length) : scans.scan(lefts, rights).pairs();
    }

    /// Matches blocks; owns the buffers for it, so each thread has one.
    private final class Matcher {
        private final PairScore score = new PairScore(records, pass, left, right);
        private final Graph graph = new Graph();
        private final Subsets subsets = new Subsets(records, pass, left, right);

        void match(int[] lefts, int[] rights, Matches.Builder matches) {
            if (pass.searchesSubsets()) {
                sort(Side.LEFT, lefts);
                sort(Side.RIGHT, rights);
                approximated.addAndGet(
                        subsets.match(
                                lefts,
                                rights,
                                (l, r, points, tied) -> emit(l, r, points, tied, matches)));
                return;
            }
            if (lefts.length == 1 && rights.length == 1) {
                int points = score.isAlwaysFull() ? 1_000_000_000 : score.of(lefts[0], rights[0]);
                if (points > 0) {
                    emitPair(lefts[0], rights[0], points, false, matches);
                }
                return;
            }
            sort(Side.LEFT, lefts);
            sort(Side.RIGHT, rights);
            if (score.isAlwaysFull()) {
                matchEqualScores(lefts, rights, matches);
            } else {
                matchByScore(lefts, rights, matches);
            }
        }

        /// Every pair scores 1, so the only question is whether it matters who is paired with whom.
        private void matchEqualScores(int[] lefts, int[] rights, Matches.Builder matches) {
            int[] leftClass = classes(left, lefts);
            int[] rightClass = classes(right, rights);
            boolean leftAlike = Arrays.stream(leftClass).max().orElse(0) == 0;
            boolean rightAlike = Arrays.stream(rightClass).max().orElse(0) == 0;
            boolean sure =
                    (leftAlike && rightAlike)
                            || (leftAlike && lefts.length >= rights.length)
                            || (rightAlike && rights.length >= lefts.length);
            boolean[] leftUsed = new boolean[lefts.length];
            boolean[] rightUsed = new boolean[rights.length];
            pairAlikeFirst(lefts, rights, leftUsed, rightUsed, sure, matches);
            int r = 0;
            for (int l = 0; l < lefts.length; l++) {
                while (r < rights.length && rightUsed[r]) {
                    r++;
                }
                if (!leftUsed[l] && r < rights.length) {
                    leftUsed[l] = true;
                    rightUsed[r] = true;
                    emitPair(lefts[l], rights[r], 1_000_000_000, !sure, matches);
                }
            }
            for (int l = 0; !sure && l < lefts.length; l++) {
                if (!leftUsed[l]) {
                    markLost(lost.left(), left, lefts[l]);
                }
            }
            for (int i = 0; !sure && i < rights.length; i++) {
                if (!rightUsed[i]) {
                    markLost(lost.right(), right, rights[i]);
                }
            }
        }

        /// Among equal scores the suggestion that a person would make: records alike in every
        /// field.
        private void pairAlikeFirst(
                int[] lefts,
                int[] rights,
                boolean[] leftUsed,
                boolean[] rightUsed,
                boolean sure,
                Matches.Builder matches) {
            if (!left.areSingle() || !right.areSingle()) {
                return;
            }
            java.util.Map<Long, java.util.ArrayDeque<Integer>> waiting = new java.util.HashMap<>();
            for (int r = 0; r < rights.length; r++) {
                waiting.computeIfAbsent(
                                records.contentHash(Side.RIGHT, right.first(rights[r])),
                                _ -> new java.util.ArrayDeque<>())
                        .add(r);
            }
            for (int l = 0; l < lefts.length; l++) {
                var twins = waiting.get(records.contentHash(Side.LEFT, left.first(lefts[l])));
                if (twins != null && !twins.isEmpty()) {
                    int r = twins.remove();
                    leftUsed[l] = true;
                    rightUsed[r] = true;
                    emitPair(lefts[l], rights[r], 1_000_000_000, !sure, matches);
                }
            }
        }

        private void matchByScore(int[] lefts, int[] rights, Matches.Builder matches) {
            graph.reset(lefts.length, rights.length);
            Candidates.Scan scan = candidates.scan(lefts, rights);
            if (!key.isSelective() && scan.pairs() > 100_000) {
                scoreByAll(scan, lefts, rights);
            } else {
                scan.score(0, lefts.length, score, graph);
            }
            Assignment assignment = Assignment.of(graph);
            if (assignment.isApproximate()) {
                approximated.incrementAndGet();
            }
            Ties ties = Ties.of(graph, assignment, classes(left, lefts), classes(right, rights));
            for (int l = 0; l < lefts.length; l++) {
                int r = assignment.rightOf(l);
                if (r != Assignment.NONE) {
                    emitPair(
                            lefts[l],
                            rights[r],
                            assignment.scoreOf(l),
                            ties.isLeftTied(l) || ties.isRightTied(r),
                            matches);
                } else if (ties.isLeftTied(l)) {
                    markLost(lost.left(), left, lefts[l]);
                }
            }
            for (int r = 0; r < rights.length; r++) {
                if (assignment.leftOf(r) == Assignment.NONE && ties.isRightTied(r)) {
                    markLost(lost.right(), right, rights[r]);
                }
            }
        }

        /// The one block of a pass without a key is scored by helpers of its own, since the run's
        /// threads may all be waiting for this block.
        private void scoreByAll(Candidates.Scan scan, int[] lefts, int[] rights) {
            int chunk = Math.max(256, lefts.length / (workers.count() * 16));
            int chunks = (lefts.length + chunk - 1) / chunk;
            try (Workers own = new Workers(workers.count())) {
                List<Graph> parts =
                        own.map(
                                chunks,
                                () -> new PairScore(records, pass, left, right),
                                (mine, number) -> {
                                    stopIfCancelled();
                                    Graph part = new Graph();
                                    part.reset(lefts.length, rights.length);
                                    scan.score(
                                            number * chunk,
                                            Math.min(lefts.length, (number + 1) * chunk),
                                            mine,
                                            part);
                                    return part;
                                });
                parts.forEach(graph::addAll);
            }
        }

        private void emitPair(
                int leftUnit, int rightUnit, int points, boolean tied, Matches.Builder matches) {
            if (left.areSingle() && right.areSingle()) {
                int l = left.first(leftUnit);
                int r = right.first(rightUnit);
                matches.addPair(
                        l, r, passIndex, pass.status(), tied, points, records.differences(l, r));
            } else {
                emit(left.rows(leftUnit), right.rows(rightUnit), points, tied, matches);
            }
        }

        private void emit(
                int[] lefts, int[] rights, int points, boolean tied, Matches.Builder matches) {
            long differing = records.groupDifferences(lefts, rights);
            matches.add(lefts, rights, passIndex, pass.status(), tied, points, differing);
        }
    }

    private void sort(Side side, int[] units) {
        Units of = side == Side.LEFT ? left : right;
        if (units.length > 1) {
            int[] sorted =
                    Arrays.stream(units)
                            .boxed()
                            .sorted((a, b) -> records.compare(side, of.first(a), of.first(b)))
                            .mapToInt(Integer::intValue)
                            .toArray();
            System.arraycopy(sorted, 0, units, 0, sorted.length);
        }
    }

    private static void markLost(boolean[] marks, Units units, int unit) {
        for (int i = 0; i < units.size(unit); i++) {
            marks[units.row(unit, i)] = true;
        }
    }

    /// A number from 0 for each unit, equal for single records that are alike in every field of the
    /// plan.
    private int[] classes(Units units, int[] nodes) {
        int[] classes = new int[nodes.length];
        if (!units.areSingle()) {
            return java.util.stream.IntStream.range(0, nodes.length).toArray();
        }
        java.util.Map<Long, List<Integer>> byHash = new java.util.HashMap<>();
        int count = 0;
        for (int i = 0; i < nodes.length; i++) {
            int row = units.first(nodes[i]);
            List<Integer> known =
                    byHash.computeIfAbsent(
                            records.contentHash(units.side(), row), _ -> new ArrayList<>(1));
            classes[i] = -1;
            for (int other : known) {
                if (records.alike(units.side(), units.first(nodes[other]), units.side(), row)) {
                    classes[i] = classes[other];
                }
            }
            if (classes[i] < 0) {
                classes[i] = count++;
                known.add(i);
            }
        }
        return classes;
    }
}
