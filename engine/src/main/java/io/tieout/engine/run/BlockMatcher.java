package io.tieout.engine.run;

import io.tieout.engine.assign.Components;
import io.tieout.engine.assign.Graph;
import io.tieout.engine.assign.PairOrder;
import io.tieout.engine.assign.Solution;
import io.tieout.engine.block.LongIndex;
import io.tieout.engine.block.Order;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Side;
import java.util.Arrays;

/// Matches the units of blocks, block by block. Owns the buffers for it, so each thread has one.
final class BlockMatcher {
    private static final int FULL = Matches.FULL_SCORE;

    private final PassContext context;
    private final Records records;
    private final Units left;
    private final Units right;
    private final PairScore score;
    private final Candidates candidates;
    private final Subsets subsets;
    private final Graph graph = new Graph();
    private final boolean searchesSubsets;
    private final boolean isAlwaysFull;
    private final boolean isOfRecords;
    private final Status status;
    private final long equalFields;
    private int approximated;

    BlockMatcher(PassContext context) {
        this.context = context;
        this.records = context.records();
        this.left = context.left();
        this.right = context.right();
        this.score = new PairScore(records, context.pass(), left, right);
        this.candidates = new Candidates(records, context.pass(), left, right);
        this.subsets = new Subsets(records, context.pass(), left, right);
        this.searchesSubsets = context.pass().searchesSubsets();
        this.isAlwaysFull = score.isAlwaysFull();
        this.isOfRecords = left.areSingle() && right.areSingle();
        this.status = context.pass().status();
        this.equalFields = context.key().equalFields();
    }

    /// Components that were too large for an optimum, and records whose subsets were too many.
    int approximated() {
        return approximated;
    }

    /// Matches a block of one unit of each side.
    void matchPair(int leftUnit, int rightUnit, Matches.Builder matches) {
        if (searchesSubsets) {
            match(new int[] {leftUnit}, new int[] {rightUnit}, matches);
            return;
        }
        int points = isAlwaysFull ? FULL : score.of(leftUnit, rightUnit);
        if (points > 0) {
            emitPair(leftUnit, rightUnit, points, false, matches);
        }
    }

    /// Matches one block.
    void match(int[] lefts, int[] rights, Matches.Builder matches) {
        if (searchesSubsets) {
            sort(Side.LEFT, lefts);
            sort(Side.RIGHT, rights);
            approximated += subsets.match(lefts, rights, subsetsInto(matches));
        } else if (isAlwaysFull) {
            sort(Side.LEFT, lefts);
            sort(Side.RIGHT, rights);
            matchEqualScores(lefts, rights, matches);
        } else {
            graph.reset(lefts.length, rights.length);
            Candidates.Scan scan = candidates.scan(lefts, rights);
            score(scan, 0, scan.places(), lefts, rights, graph);
            assign(graph, lefts, rights, matches);
        }
    }

    private Subsets.Receiver subsetsInto(Matches.Builder matches) {
        return new Subsets.Receiver() {
            @Override
            public void match(int[] leftRows, int[] rightRows, int points, boolean ambiguous) {
                emit(leftRows, rightRows, points, ambiguous, matches);
            }

            @Override
            public void lost(Units units, int unit) {
                context.lost().mark(units, unit);
            }
        };
    }

    /// Adds the candidates among the pairs at places `[from, to)` of a scan to a graph.
    void score(Candidates.Scan scan, int from, int to, int[] lefts, int[] rights, Graph into) {
        scan.forEach(
                from,
                to,
                (l, r) -> {
                    int points = score.of(lefts[l], rights[r]);
                    if (points > 0) {
                        into.add(l, r, points);
                    }
                });
    }

    /// Chooses among the candidates of a block and emits the matches.
    void assign(Graph found, int[] lefts, int[] rights, Matches.Builder matches) {
        Components.forEach(
                found,
                (a, b) -> records.compare(Side.LEFT, left.first(lefts[a]), left.first(lefts[b])),
                (a, b) ->
                        records.compare(Side.RIGHT, right.first(rights[a]), right.first(rights[b])),
                new Components.Receiver() {
                    @Override
                    public void single(int l, int r, int points) {
                        emitPair(lefts[l], rights[r], points, false, matches);
                    }

                    @Override
                    public void several(int[] leftNodes, int[] rightNodes, Graph component) {
                        solve(
                                units(leftNodes, lefts),
                                units(rightNodes, rights),
                                component,
                                matches);
                    }
                });
    }

    private static int[] units(int[] nodes, int[] units) {
        int[] found = new int[nodes.length];
        Arrays.setAll(found, i -> units[nodes[i]]);
        return found;
    }

    private void solve(int[] lefts, int[] rights, Graph component, Matches.Builder matches) {
        context.stopIfCancelled();
        Solution solution =
                Solution.of(
                        component,
                        Kinds.of(records, left, lefts),
                        Kinds.of(records, right, rights),
                        order(lefts, rights),
                        Solution.DEFAULT_WORK);
        approximated += solution.isApproximate() ? 1 : 0;
        for (int l = 0; l < lefts.length; l++) {
            int r = solution.rightOf(l);
            if (r != Solution.NONE) {
                boolean tied = solution.isLeftTied(l) || solution.isRightTied(r);
                emitPair(lefts[l], rights[r], solution.scoreOf(l), tied, matches);
            } else if (solution.isLeftTied(l)) {
                context.lost().mark(left, lefts[l]);
            }
        }
        for (int r = 0; r < rights.length; r++) {
            if (solution.leftOf(r) == Solution.NONE && solution.isRightTied(r)) {
                context.lost().mark(right, rights[r]);
            }
        }
    }

    private PairOrder order(int[] lefts, int[] rights) {
        return (l, r, otherL, otherR) ->
                records.comparePairs(
                        left.first(lefts[l]),
                        right.first(rights[r]),
                        left.first(lefts[otherL]),
                        right.first(rights[otherR]),
                        isOfRecords);
    }

    /// Every pair scores 1, so the only question is whether it matters who is paired with whom.
    ///
    /// @param lefts in the order that breaks ties
    private void matchEqualScores(int[] lefts, int[] rights, Matches.Builder matches) {
        int[] kindsOfLefts = Kinds.of(records, left, lefts);
        int[] kindsOfRights = Kinds.of(records, right, rights);
        int leftKinds = count(kindsOfLefts);
        int rightKinds = count(kindsOfRights);
        boolean sure =
                (leftKinds == 1 && rightKinds == 1)
                        || (leftKinds == 1 && lefts.length >= rights.length)
                        || (rightKinds == 1 && rights.length >= lefts.length);
        boolean[] leftUsed = new boolean[lefts.length];
        boolean[] rightUsed = new boolean[rights.length];
        if (isOfRecords && leftKinds + rightKinds > 2) {
            pairAlike(lefts, rights, leftUsed, rightUsed, sure, matches);
        }
        int r = 0;
        for (int l = 0; l < lefts.length; l++) {
            while (r < rights.length && rightUsed[r]) {
                r++;
            }
            if (!leftUsed[l] && r < rights.length) {
                leftUsed[l] = true;
                rightUsed[r] = true;
                emitPair(lefts[l], rights[r], FULL, !sure, matches);
            }
        }
        if (!sure) {
            markLost(left, lefts, kindsOfLefts, leftUsed, rights.length);
            markLost(right, rights, kindsOfRights, rightUsed, lefts.length);
        }
    }

    /// Marks what another assignment could have matched: where a kind has all of the other side
    /// already, what is left of it is too many in any assignment.
    private void markLost(Units units, int[] nodes, int[] kinds, boolean[] used, int others) {
        int[] matched = new int[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            matched[kinds[i]] += used[i] ? 1 : 0;
        }
        for (int i = 0; i < nodes.length; i++) {
            if (!used[i] && matched[kinds[i]] < others) {
                context.lost().mark(units, nodes[i]);
            }
        }
    }

    /// Among equal scores the suggestion that a person would make: records alike in every field.
    private void pairAlike(
            int[] lefts,
            int[] rights,
            boolean[] leftUsed,
            boolean[] rightUsed,
            boolean sure,
            Matches.Builder matches) {
        LongIndex contents = new LongIndex(rights.length);
        int[] firstWaiting = new int[rights.length];
        int[] nextWaiting = new int[rights.length];
        Arrays.fill(firstWaiting, -1);
        for (int r = rights.length - 1; r >= 0; r--) {
            int content = contents.add(records.contentHash(Side.RIGHT, right.first(rights[r])));
            nextWaiting[r] = firstWaiting[content];
            firstWaiting[content] = r;
        }
        for (int l = 0; l < lefts.length; l++) {
            int row = left.first(lefts[l]);
            int content = contents.find(records.contentHash(Side.LEFT, row));
            int r = content == LongIndex.NONE ? -1 : firstWaiting[content];
            if (r >= 0 && records.alike(Side.LEFT, row, Side.RIGHT, right.first(rights[r]))) {
                firstWaiting[content] = nextWaiting[r];
                leftUsed[l] = true;
                rightUsed[r] = true;
                emitPair(lefts[l], rights[r], FULL, !sure, matches);
            }
        }
    }

    private void sort(Side side, int[] units) {
        Units of = side == Side.LEFT ? left : right;
        Order.sort(
                units, 0, units.length, (a, b) -> records.compare(side, of.first(a), of.first(b)));
    }

    private static int count(int[] kinds) {
        int most = 0;
        for (int kind : kinds) {
            most = Math.max(most, kind);
        }
        return most + 1;
    }

    private void emitPair(
            int leftUnit, int rightUnit, int points, boolean tied, Matches.Builder matches) {
        if (isOfRecords) {
            int l = left.first(leftUnit);
            int r = right.first(rightUnit);
            matches.addPair(
                    l,
                    r,
                    context.passIndex(),
                    status,
                    tied,
                    points,
                    records.differences(l, r, equalFields));
        } else {
            emit(left.rows(leftUnit), right.rows(rightUnit), points, tied, matches);
        }
    }

    private void emit(
            int[] lefts, int[] rights, int points, boolean tied, Matches.Builder matches) {
        long differing = records.groupDifferences(lefts, rights);
        matches.add(lefts, rights, context.passIndex(), status, tied, points, differing);
    }
}
