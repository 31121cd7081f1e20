package io.tieout.engine.assign;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Which parts of an optimal assignment another optimal one would do differently, when exchanging
/// interchangeable nodes does not count.
///
/// Interchangeable nodes have the same candidates with the same scores, and the same potentials, so
/// an assignment is described by how many pairs there are between each two classes, and how many of
/// a class are left out. Such a number can change when a cycle of alternatives runs through it that
/// does more than go there and back.
final class Ties {
    private static final int NONE = Assignment.NONE;

    /// Steps after which the rest is called tied without looking: a person then decides.
    private static final long MOST_STEPS = 200_000_000L;

    private final Graph graph;
    private final Assignment assignment;
    private final int[] leftEdge;
    private final boolean[] rightUsed;
    private final int[] leftClass;
    private final int[] rightClass;
    private final int leftClasses;
    private final int outside;
    private final Digraph arcs;
    private final int[] component;
    private final Map<Long, Boolean> changeable = new HashMap<>();

    /// @param leftEdge the edge of each left node's match, or [Assignment#NONE]
    Ties(Graph graph, Assignment assignment, int[] leftEdge, int[] leftClass, int[] rightClass) {
        this.graph = graph;
        this.assignment = assignment;
        this.leftEdge = leftEdge;
        this.leftClass = leftClass;
        this.rightClass = rightClass;
        leftClasses = Arrays.stream(leftClass).max().orElse(-1) + 1;
        outside = leftClasses + Arrays.stream(rightClass).max().orElse(-1) + 1;
        rightUsed = new boolean[graph.rights()];
        arcs = new Digraph(outside + 1);
        addArcs();
        arcs.index();
        component = arcs.components();
    }

    private void addArcs() {
        for (int e = 0; e < graph.edges(); e++) {
            if (assignment.isTight(e)) {
                int from = leftClass[graph.left(e)];
                int to = leftClasses + rightClass[graph.right(e)];
                arcs.add(from, to);
                if (leftEdge[graph.left(e)] == e) {
                    rightUsed[graph.right(e)] = true;
                    arcs.add(to, from);
                }
            }
        }
        for (int left = 0; left < graph.lefts(); left++) {
            if (leftEdge[left] == NONE) {
                arcs.add(outside, leftClass[left]);
            } else if (assignment.leftPotential(left) == 0) {
                arcs.add(leftClass[left], outside);
            }
        }
        for (int right = 0; right < graph.rights(); right++) {
            int node = leftClasses + rightClass[right];
            if (!rightUsed[right]) {
                arcs.add(node, outside);
            } else if (assignment.rightPotential(right) == 0) {
                arcs.add(outside, node);
            }
        }
    }

    boolean[] leftTied() {
        boolean[] tied = new boolean[graph.lefts()];
        for (int left = 0; left < tied.length; left++) {
            int edge = leftEdge[left];
            int partner = edge == NONE ? outside : leftClasses + rightClass[graph.right(edge)];
            tied[left] = isChangeable(leftClass[left], partner);
        }
        return tied;
    }

    boolean[] rightTied() {
        boolean[] tied = new boolean[graph.rights()];
        for (int left = 0; left < leftEdge.length; left++) {
            if (leftEdge[left] != NONE) {
                int right = graph.right(leftEdge[left]);
                tied[right] = isChangeable(leftClass[left], leftClasses + rightClass[right]);
            }
        }
        for (int right = 0; right < tied.length; right++) {
            if (!rightUsed[right]) {
                tied[right] = isChangeable(outside, leftClasses + rightClass[right]);
            }
        }
        return tied;
    }

    /// Whether fewer can go from one class to another: another way leads there.
    private boolean isChangeable(int from, int to) {
        if (component[from] != component[to]) {
            return false;
        }
        if (arcs.steps() > MOST_STEPS) {
            return true;
        }
        return changeable.computeIfAbsent(
                (long) from << Integer.SIZE | to, _ -> arcs.reachesRoundabout(from, to));
    }
}
