package io.tieout.engine.assign;

import io.tieout.engine.block.Order;
import io.tieout.engine.block.Order.IntComparison;
import java.util.Arrays;

/// The connected components of a graph of candidates. What is assigned in one does not touch
/// another.
public final class Components {
    private final Graph graph;
    private final int[] parent;
    private final int[] local;

    private Components(Graph graph) {
        this.graph = graph;
        this.parent = new int[graph.lefts() + graph.rights()];
        this.local = new int[parent.length];
        Arrays.setAll(parent, node -> node);
    }

    /// Receives the components of a graph.
    public interface Receiver {
        /// A component of one candidate.
        void single(int left, int right, int score);

        /// A component of several.
        ///
        /// @param lefts its left nodes, in the order that breaks ties
        /// @param rights the same for its right nodes
        /// @param component node `i` stands for `lefts[i]` or `rights[i]`
        void several(int[] lefts, int[] rights, Graph component);
    }

    /// Visits the components that have a candidate.
    ///
    /// @param leftOrder the order of left nodes that breaks ties
    /// @param rightOrder the same for right nodes
    public static void forEach(
            Graph graph, IntComparison leftOrder, IntComparison rightOrder, Receiver receiver) {
        new Components(graph).visit(leftOrder, rightOrder, receiver);
    }

    private void visit(IntComparison leftOrder, IntComparison rightOrder, Receiver receiver) {
        for (int e = 0; e < graph.edges(); e++) {
            parent[root(graph.left(e))] = root(graph.lefts() + graph.right(e));
        }
        int[] starts = new int[parent.length + 1];
        for (int e = 0; e < graph.edges(); e++) {
            starts[root(graph.left(e)) + 1]++;
        }
        for (int node = 0; node < parent.length; node++) {
            starts[node + 1] += starts[node];
        }
        int[] edges = new int[graph.edges()];
        int[] next = Arrays.copyOf(starts, parent.length);
        for (int e = 0; e < graph.edges(); e++) {
            edges[next[root(graph.left(e))]++] = e;
        }
        for (int node = 0; node < parent.length; node++) {
            int size = starts[node + 1] - starts[node];
            if (size == 1) {
                int e = edges[starts[node]];
                receiver.single(graph.left(e), graph.right(e), graph.score(e));
            } else if (size > 1) {
                several(
                        Arrays.copyOfRange(edges, starts[node], starts[node + 1]),
                        leftOrder,
                        rightOrder,
                        receiver);
            }
        }
    }

    private int root(int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private void several(
            int[] edges, IntComparison leftOrder, IntComparison rightOrder, Receiver receiver) {
        int[] lefts = ends(edges, true);
        int[] rights = ends(edges, false);
        Order.sort(lefts, 0, lefts.length, leftOrder);
        Order.sort(rights, 0, rights.length, rightOrder);
        for (int i = 0; i < lefts.length; i++) {
            local[lefts[i]] = i;
        }
        for (int i = 0; i < rights.length; i++) {
            local[graph.lefts() + rights[i]] = i;
        }
        long[] places = new long[edges.length];
        for (int i = 0; i < edges.length; i++) {
            places[i] =
                    (long) local[graph.left(edges[i])] << Integer.SIZE
                            | local[graph.lefts() + graph.right(edges[i])];
        }
        Graph component = new Graph(edges.length);
        component.reset(lefts.length, rights.length);
        // In one order, whatever the scan that found the candidates.
        for (int i : Order.byValue(places)) {
            component.add(
                    (int) (places[i] >>> Integer.SIZE), (int) places[i], graph.score(edges[i]));
        }
        receiver.several(lefts, rights, component);
    }

    private int[] ends(int[] edges, boolean isLeft) {
        int[] nodes = new int[edges.length];
        for (int i = 0; i < edges.length; i++) {
            nodes[i] = isLeft ? graph.left(edges[i]) : graph.right(edges[i]);
        }
        Arrays.sort(nodes);
        int distinct = 0;
        for (int i = 0; i < nodes.length; i++) {
            if (i == 0 || nodes[i] != nodes[i - 1]) {
                nodes[distinct++] = nodes[i];
            }
        }
        return Arrays.copyOf(nodes, distinct);
    }
}
