package io.tieout.engine.assign;

import io.tieout.engine.block.Order;
import java.util.Arrays;

/// Assigns a component that is too large for its optimum: best score first, and among equal scores
/// in the order of pairs. Where an equal score would have had a node too, the match is tied.
final class BestFirst {
    private static final int NONE = Assignment.NONE;

    private final Graph graph;
    private final int[] leftClass;
    private final int[] rightClass;
    private final int[] edges;
    private final int[] leftEdge;
    private final boolean[] rightUsed;
    private final int[] firstOfLeft;
    private final int[] firstOfRight;
    private final boolean[] leftTied;
    private final boolean[] rightTied;

    BestFirst(Graph graph, int[] leftClass, int[] rightClass, PairOrder order) {
        this.graph = graph;
        this.leftClass = leftClass;
        this.rightClass = rightClass;
        edges = new int[graph.edges()];
        Arrays.setAll(edges, e -> e);
        Order.sort(
                edges,
                0,
                edges.length,
                (a, b) ->
                        graph.score(a) != graph.score(b)
                                ? Integer.compare(graph.score(b), graph.score(a))
                                : order.compare(
                                        graph.left(a),
                                        graph.right(a),
                                        graph.left(b),
                                        graph.right(b)));
        leftEdge = new int[graph.lefts()];
        Arrays.fill(leftEdge, NONE);
        rightUsed = new boolean[graph.rights()];
        firstOfLeft = new int[graph.lefts()];
        firstOfRight = new int[graph.rights()];
        Arrays.fill(firstOfLeft, NONE);
        Arrays.fill(firstOfRight, NONE);
        leftTied = new boolean[graph.lefts()];
        rightTied = new boolean[graph.rights()];
    }

    Solution solution() {
        int from = 0;
        while (from < edges.length) {
            int to = from + 1;
            while (to < edges.length && graph.score(edges[to]) == graph.score(edges[from])) {
                to++;
            }
            markTies(from, to);
            take(from, to);
            from = to;
        }
        return new Solution(graph, leftEdge, leftTied, rightTied, true);
    }

    private boolean isFree(int edge) {
        return leftEdge[graph.left(edge)] == NONE && !rightUsed[graph.right(edge)];
    }

    /// Marks the ends of free edges of one score that share a node, unless their other ends are
    /// interchangeable.
    private void markTies(int from, int to) {
        for (int i = from; i < to; i++) {
            int edge = edges[i];
            if (isFree(edge)) {
                int left = graph.left(edge);
                int right = graph.right(edge);
                int before = firstOfLeft[left];
                if (before == NONE || graph.score(before) != graph.score(edge)) {
                    firstOfLeft[left] = edge;
                } else if (rightClass[graph.right(before)] != rightClass[right]) {
                    tie(before);
                    tie(edge);
                }
                before = firstOfRight[right];
                if (before == NONE || graph.score(before) != graph.score(edge)) {
                    firstOfRight[right] = edge;
                } else if (leftClass[graph.left(before)] != leftClass[left]) {
                    tie(before);
                    tie(edge);
                }
            }
        }
    }

    private void tie(int edge) {
        leftTied[graph.left(edge)] = true;
        rightTied[graph.right(edge)] = true;
    }

    private void take(int from, int to) {
        for (int i = from; i < to; i++) {
            int edge = edges[i];
            if (isFree(edge)) {
                leftEdge[graph.left(edge)] = edge;
                rightUsed[graph.right(edge)] = true;
            }
        }
    }
}
