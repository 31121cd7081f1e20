package io.tieout.engine.assign;

import java.util.Arrays;

/// A sparse bipartite graph of candidates with whole-number scores. Nodes are numbered from 0 on
/// each side. Reused from block to block; for one thread.
public final class Graph {
    private int lefts;
    private int rights;
    private int edges;
    private int[] edgeLeft;
    private int[] edgeRight;
    private int[] edgeScore;

    /// A graph without nodes.
    public Graph() {
        this(64);
    }

    /// @param expectedEdges a guess that saves copying
    public Graph(int expectedEdges) {
        int size = Math.max(1, expectedEdges);
        edgeLeft = new int[size];
        edgeRight = new int[size];
        edgeScore = new int[size];
    }

    /// Starts an empty graph.
    public void reset(int leftNodes, int rightNodes) {
        lefts = leftNodes;
        rights = rightNodes;
        edges = 0;
    }

    /// Adds a candidate; each pair at most once.
    ///
    /// @param score 1 to a billion
    public void add(int left, int right, int score) {
        if (edges == edgeLeft.length) {
            edgeLeft = Arrays.copyOf(edgeLeft, edges * 2);
            edgeRight = Arrays.copyOf(edgeRight, edges * 2);
            edgeScore = Arrays.copyOf(edgeScore, edges * 2);
        }
        edgeLeft[edges] = left;
        edgeRight[edges] = right;
        edgeScore[edges++] = score;
    }

    /// Adds all candidates of another graph over the same nodes.
    public void addAll(Graph other) {
        for (int e = 0; e < other.edges; e++) {
            add(other.edgeLeft[e], other.edgeRight[e], other.edgeScore[e]);
        }
    }

    /// How many left nodes.
    public int lefts() {
        return lefts;
    }

    /// How many right nodes.
    public int rights() {
        return rights;
    }

    /// How many candidates.
    public int edges() {
        return edges;
    }

    /// The left node of a candidate.
    public int left(int edge) {
        return edgeLeft[edge];
    }

    /// The right node of a candidate.
    public int right(int edge) {
        return edgeRight[edge];
    }

    /// The score of a candidate.
    public int score(int edge) {
        return edgeScore[edge];
    }
}
