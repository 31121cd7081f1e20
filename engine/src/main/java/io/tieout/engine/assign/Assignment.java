package io.tieout.engine.assign;

import java.util.Arrays;

/// An assignment of greatest total score in which each node is used at most once, found by shortest
/// augmenting paths with potentials (Kuhn 1955; Edmonds and Karp 1972).
///
/// The potentials it ends with prove the optimum: they cover every candidate's score, exactly where
/// it is chosen, and are 0 at every node left out. Whatever another optimal assignment would do
/// differently runs along candidates that are covered exactly ([Alternatives] walks them).
///
/// Cost: a shortest-path search for each left node over the part of its component that it can reach
/// below its own potential; given up when a bound on the edges visited is passed.
final class Assignment {
    /// No partner.
    static final int NONE = -1;

    private final Graph graph;
    private final int[] firstEdge;
    private final int[] edgeOf;
    private final int[] leftMate;
    private final int[] rightMate;
    private final int[] leftEdge;
    private final long[] leftPotential;
    private final long[] rightPotential;
    private final boolean optimal;

    private final LongHeap heap = new LongHeap();
    private final long[] distance;
    private final int[] parentLeft;
    private final int[] parentEdge;
    private final int[] seen;
    private int[] touched = new int[64];
    private int touchedCount;
    private int visited;
    private long work;

    private Assignment(Graph graph, long workLimit) {
        this.graph = graph;
        int lefts = graph.lefts();
        int rights = graph.rights();
        firstEdge = new int[lefts + 1];
        edgeOf = new int[graph.edges()];
        leftMate = new int[lefts];
        rightMate = new int[rights];
        leftEdge = new int[lefts];
        leftPotential = new long[lefts];
        rightPotential = new long[rights];
        distance = new long[rights];
        parentLeft = new int[rights];
        parentEdge = new int[rights];
        seen = new int[rights];
        Arrays.fill(leftMate, NONE);
        Arrays.fill(rightMate, NONE);
        Arrays.fill(leftEdge, NONE);
        Arrays.fill(distance, Long.MAX_VALUE);
        indexEdges();
        optimal = solve(workLimit);
    }

    /// Solves a graph within a bound on the edges visited.
    static Assignment of(Graph graph, long workLimit) {
        return new Assignment(graph, workLimit);
    }

    /// Whether the graph was solved within the bound; only then the rest means anything.
    boolean isOptimal() {
        return optimal;
    }

    /// The edge of a left node's candidate, or [#NONE].
    int edgeOf(int left) {
        return leftEdge[left];
    }

    long leftPotential(int left) {
        return leftPotential[left];
    }

    long rightPotential(int right) {
        return rightPotential[right];
    }

    /// Whether a candidate's score is covered exactly, so that some optimal assignment may use it.
    boolean isTight(int edge) {
        return leftPotential[graph.left(edge)] + rightPotential[graph.right(edge)]
                == graph.score(edge);
    }

    private void indexEdges() {
        for (int e = 0; e < graph.edges(); e++) {
            firstEdge[graph.left(e) + 1]++;
            leftPotential[graph.left(e)] = Math.max(leftPotential[graph.left(e)], graph.score(e));
        }
        for (int l = 0; l < graph.lefts(); l++) {
            firstEdge[l + 1] += firstEdge[l];
        }
        int[] next = Arrays.copyOf(firstEdge, graph.lefts());
        for (int e = 0; e < graph.edges(); e++) {
            edgeOf[next[graph.left(e)]++] = e;
        }
    }

    private boolean solve(long workLimit) {
        int[] order = new int[graph.rights()];
        for (int left = 0; left < graph.lefts(); left++) {
            if (firstEdge[left] < firstEdge[left + 1]) {
                augmentFrom(left, order);
                if (work > workLimit) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Finds the cheapest way to bring one more left node in: by a free right node, or by leaving
    /// out a left node (perhaps itself) whose potential is the least to lose.
    private void augmentFrom(int root, int[] reached) {
        heap.clear();
        visited = 0;
        long best = leftPotential[root];
        int bestLeft = root;
        int bestRight = NONE;
        relax(root, 0, best);
        while (!heap.isEmpty()) {
            long top = heap.remove();
            long d = top >>> 32;
            int right = (int) top;
            if (d > distance[right] || seen[right] == 2) {
                continue;
            }
            // At an equal cost only a free right node is taken: it leaves nobody out.
            if (d == best && rightMate[right] != NONE) {
                continue;
            }
            if (d > best) {
                break;
            }
            seen[right] = 2;
            reached[visited++] = right;
            if (rightMate[right] == NONE) {
                best = d;
                bestRight = right;
                break;
            }
            int left = rightMate[right];
            if (d + leftPotential[left] < best) {
                best = d + leftPotential[left];
                bestLeft = left;
            }
            relax(left, d, best);
        }
        raisePotentials(root, best, reached);
        if (bestRight != NONE) {
            flipTo(bestRight, root);
        } else if (bestLeft != root) {
            int freed = leftMate[bestLeft];
            leftMate[bestLeft] = NONE;
            leftEdge[bestLeft] = NONE;
            flipTo(freed, root);
        }
        forgetDistances();
    }

    private void relax(int left, long base, long bound) {
        for (int i = firstEdge[left]; i < firstEdge[left + 1]; i++) {
            int edge = edgeOf[i];
            int right = graph.right(edge);
            work++;
            long d = base + leftPotential[left] + rightPotential[right] - graph.score(edge);
            if (d <= bound && d < distance[right]) {
                if (distance[right] == Long.MAX_VALUE) {
                    if (touchedCount == touched.length) {
                        touched = Arrays.copyOf(touched, touchedCount * 2);
                    }
                    touched[touchedCount++] = right;
                }
                distance[right] = d;
                parentLeft[right] = left;
                parentEdge[right] = edge;
                heap.add(d << 32 | right);
            }
        }
    }

    private void raisePotentials(int root, long best, int[] reached) {
        leftPotential[root] -= best;
        for (int i = 0; i < visited; i++) {
            int right = reached[i];
            long slack = best - distance[right];
            if (slack > 0) {
                rightPotential[right] += slack;
                leftPotential[rightMate[right]] -= slack;
            }
        }
    }

    private void forgetDistances() {
        for (int i = 0; i < touchedCount; i++) {
            distance[touched[i]] = Long.MAX_VALUE;
            seen[touched[i]] = 0;
        }
        touchedCount = 0;
    }

    private void flipTo(int right, int root) {
        int at = right;
        while (true) {
            int left = parentLeft[at];
            int before = leftMate[left];
            leftMate[left] = at;
            leftEdge[left] = parentEdge[at];
            rightMate[at] = left;
            if (left == root) {
                return;
            }
            at = before;
        }
    }
}
