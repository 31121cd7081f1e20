package io.tieout.engine.assign;

import io.tieout.engine.block.Order;
import java.util.Arrays;

/// The optimal assignments of a graph, reached from one of them.
///
/// Two optimal assignments differ along alternating cycles and paths of tight candidates whose ends
/// may be left out. With one more node that stands for being left out, every such path is a cycle
/// that runs left to right over unused tight candidates and right to left over used ones.
final class Alternatives {
    private static final int NONE = Assignment.NONE;

    private final Graph graph;
    private final int outside;
    private final boolean[] mayBeOut;
    private final boolean[] settled;
    private final int[] leftEdge;
    private final int[] rightEdge;
    private final int[] tight;
    private final int[] leftStarts;
    private final int[] came;
    private final int[] cameBy;
    private final int[] queue;
    private final int[] changeable;
    private long steps;

    Alternatives(Graph graph, Assignment assignment) {
        this.graph = graph;
        int lefts = graph.lefts();
        outside = lefts + graph.rights();
        mayBeOut = new boolean[outside];
        settled = new boolean[outside];
        leftEdge = new int[lefts];
        rightEdge = new int[graph.rights()];
        Arrays.fill(rightEdge, NONE);
        for (int left = 0; left < lefts; left++) {
            mayBeOut[left] = assignment.leftPotential(left) == 0;
            leftEdge[left] = assignment.edgeOf(left);
            if (leftEdge[left] != NONE) {
                rightEdge[graph.right(leftEdge[left])] = leftEdge[left];
            }
        }
        for (int right = 0; right < graph.rights(); right++) {
            mayBeOut[lefts + right] = assignment.rightPotential(right) == 0;
        }
        leftStarts = new int[lefts + 1];
        int[] found = new int[graph.edges()];
        int count = 0;
        // Edges of a component come by left node.
        for (int e = 0; e < graph.edges(); e++) {
            if (assignment.isTight(e)) {
                found[count++] = e;
                leftStarts[graph.left(e) + 1]++;
            }
        }
        for (int left = 0; left < lefts; left++) {
            leftStarts[left + 1] += leftStarts[left];
        }
        tight = Arrays.copyOf(found, count);
        came = new int[outside + 1];
        cameBy = new int[outside + 1];
        queue = new int[outside + 1];
        changeable = findChangeable();
    }

    /// The edge of each left node's match, or [Assignment#NONE].
    int[] leftEdges() {
        return leftEdge;
    }

    /// Whether there is no other optimal assignment.
    boolean isOnly() {
        return changeable.length == 0;
    }

    /// The tight edges that some optimal assignment uses and another does not.
    private int[] findChangeable() {
        int lefts = graph.lefts();
        Digraph arcs = new Digraph(outside + 1);
        for (int e : tight) {
            int right = lefts + graph.right(e);
            if (leftEdge[graph.left(e)] == e) {
                arcs.add(right, graph.left(e));
            } else {
                arcs.add(graph.left(e), right);
            }
        }
        for (int node = 0; node < outside; node++) {
            boolean matched = isMatched(node);
            if (matched ? mayBeOut[node] && node < lefts : node >= lefts) {
                arcs.add(node, outside);
            } else if (matched ? mayBeOut[node] : node < lefts) {
                arcs.add(outside, node);
            }
        }
        arcs.index();
        int[] component = arcs.components();
        return Arrays.stream(tight)
                .filter(e -> component[graph.left(e)] == component[lefts + graph.right(e)])
                .toArray();
    }

    private boolean isMatched(int node) {
        return node < graph.lefts()
                ? leftEdge[node] != NONE
                : rightEdge[node - graph.lefts()] != NONE;
    }

    /// Moves to the optimal assignment whose pairs come first in an order: each pair, from the most
    /// preferred, is used if an optimal assignment has it together with those before it. Stops on
    /// the way when that takes more than `workLimit` steps.
    void prefer(PairOrder order, long workLimit) {
        int[] edges = changeable.clone();
        Order.sort(
                edges,
                0,
                edges.length,
                (a, b) ->
                        order.compare(
                                graph.left(a), graph.right(a), graph.left(b), graph.right(b)));
        for (int edge : edges) {
            int left = graph.left(edge);
            int right = graph.lefts() + graph.right(edge);
            if (steps > workLimit) {
                return;
            }
            if (!settled[left] && !settled[right] && (leftEdge[left] == edge || turn(edge))) {
                settled[left] = true;
                settled[right] = true;
            }
        }
    }

    /// Brings an unused edge in, if nodes that are not settled allow it.
    private boolean turn(int edge) {
        int goal = graph.left(edge);
        int start = graph.lefts() + graph.right(edge);
        if (!search(start, goal)) {
            return false;
        }
        int[] added = new int[queue.length];
        int count = 0;
        added[count++] = edge;
        for (int node = goal; node != start; node = came[node]) {
            int by = cameBy[node];
            if (by != NONE) {
                boolean isUsed = node < graph.lefts();
                if (isUsed) {
                    leftEdge[graph.left(by)] = NONE;
                    rightEdge[graph.right(by)] = NONE;
                } else {
                    added[count++] = by;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            leftEdge[graph.left(added[i])] = added[i];
            rightEdge[graph.right(added[i])] = added[i];
        }
        return true;
    }

    /// Breadth first over the arcs between nodes that are not settled; remembers how it came.
    private boolean search(int start, int goal) {
        Arrays.fill(came, NONE);
        steps += outside / 8;
        came[start] = start;
        int size = 0;
        queue[size++] = start;
        for (int at = 0; at < size && came[goal] == NONE; at++) {
            size = expand(queue[at], size);
        }
        return came[goal] != NONE;
    }

    private int expand(int node, int queued) {
        int size = queued;
        int lefts = graph.lefts();
        steps++;
        if (node == outside) {
            steps += outside;
            for (int other = 0; other < outside; other++) {
                if (isMatched(other) ? mayBeOut[other] && other >= lefts : other < lefts) {
                    size = reach(other, node, NONE, size);
                }
            }
        } else if (node < lefts) {
            steps += leftStarts[node + 1] - leftStarts[node];
            for (int i = leftStarts[node]; i < leftStarts[node + 1]; i++) {
                if (leftEdge[node] != tight[i]) {
                    size = reach(lefts + graph.right(tight[i]), node, tight[i], size);
                }
            }
            if (leftEdge[node] != NONE && mayBeOut[node]) {
                size = reach(outside, node, NONE, size);
            }
        } else if (rightEdge[node - lefts] == NONE) {
            size = reach(outside, node, NONE, size);
        } else {
            int edge = rightEdge[node - lefts];
            size = reach(graph.left(edge), node, edge, size);
        }
        return size;
    }

    private int reach(int node, int from, int by, int queued) {
        if (came[node] != NONE || (node != outside && settled[node])) {
            return queued;
        }
        came[node] = from;
        cameBy[node] = by;
        queue[queued] = node;
        return queued + 1;
    }
}
