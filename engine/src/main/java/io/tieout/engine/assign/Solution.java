package io.tieout.engine.assign;

import java.util.Arrays;

/// What one component's nodes are matched with: of all assignments with the greatest total score
/// the one whose pairs come first in a given order, and which of its pairs another of them would
/// have done otherwise. A component too large for that is assigned best score first, and says so.
public final class Solution {
    /// No partner.
    public static final int NONE = Assignment.NONE;

    /// Edge visits that one component may take: seconds.
    public static final long DEFAULT_WORK = 500_000_000L;

    private final Graph graph;
    private final int[] leftEdge;
    private final int[] rightEdge;
    private final boolean[] leftTied;
    private final boolean[] rightTied;
    private final boolean approximate;

    Solution(
            Graph graph,
            int[] leftEdge,
            boolean[] leftTied,
            boolean[] rightTied,
            boolean approximate) {
        this.graph = graph;
        this.leftEdge = leftEdge;
        this.leftTied = leftTied;
        this.rightTied = rightTied;
        this.approximate = approximate;
        rightEdge = new int[graph.rights()];
        Arrays.fill(rightEdge, NONE);
        for (int edge : leftEdge) {
            if (edge != NONE) {
                rightEdge[graph.right(edge)] = edge;
            }
        }
    }

    /// Solves a component.
    ///
    /// @param graph its edges by left node
    /// @param leftClass a number from 0 for each left node, equal for interchangeable ones
    /// @param rightClass the same for right nodes
    /// @param order which pairs are preferred among equally good assignments
    /// @param workLimit edge visits after which the optimum is given up
    public static Solution of(
            Graph graph, int[] leftClass, int[] rightClass, PairOrder order, long workLimit) {
        Assignment assignment = Assignment.of(graph, workLimit);
        if (!assignment.isOptimal()) {
            return new BestFirst(graph, leftClass, rightClass, order).solution();
        }
        Alternatives alternatives = new Alternatives(graph, assignment);
        if (alternatives.isOnly()) {
            return new Solution(
                    graph,
                    alternatives.leftEdges(),
                    new boolean[graph.lefts()],
                    new boolean[graph.rights()],
                    false);
        }
        alternatives.prefer(order, workLimit);
        Ties ties = new Ties(graph, assignment, alternatives.leftEdges(), leftClass, rightClass);
        return new Solution(
                graph, alternatives.leftEdges(), ties.leftTied(), ties.rightTied(), false);
    }

    /// The right node matched with a left one, or [#NONE].
    public int rightOf(int left) {
        return leftEdge[left] == NONE ? NONE : graph.right(leftEdge[left]);
    }

    /// The left node matched with a right one, or [#NONE].
    public int leftOf(int right) {
        return rightEdge[right] == NONE ? NONE : graph.left(rightEdge[right]);
    }

    /// The score of a left node's match; 0 without one.
    public int scoreOf(int left) {
        return leftEdge[left] == NONE ? 0 : graph.score(leftEdge[left]);
    }

    /// Whether another assignment of the same total would match a left node otherwise, or leave it
    /// out, or not leave it out. Exchanging interchangeable nodes does not count.
    public boolean isLeftTied(int left) {
        return leftTied[left];
    }

    /// The same for a right node.
    public boolean isRightTied(int right) {
        return rightTied[right];
    }

    /// Whether the total may fall short of the optimum because the component was too large.
    public boolean isApproximate() {
        return approximate;
    }
}
