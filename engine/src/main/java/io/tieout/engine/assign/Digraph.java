package io.tieout.engine.assign;

import java.util.Arrays;

/// A directed graph: its strongly connected components (Tarjan 1972, without recursion), and
/// whether one node reaches another.
final class Digraph {
    private final int nodes;
    private int[] from = new int[64];
    private int[] to = new int[64];
    private int count;
    private int[] first = new int[0];
    private int[] targets = new int[0];
    private int[] component = new int[0];
    private int[] seenIn = new int[0];
    private int[] queue = new int[0];
    private int round;
    private long steps;

    Digraph(int nodes) {
        this.nodes = nodes;
    }

    void add(int fromNode, int toNode) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
        }
        from[count] = fromNode;
        to[count++] = toNode;
    }

    /// Finds the components; to be called after the last arc is added and before anything is asked.
    void index() {
        first = new int[nodes + 1];
        for (int a = 0; a < count; a++) {
            first[from[a] + 1]++;
        }
        for (int n = 0; n < nodes; n++) {
            first[n + 1] += first[n];
        }
        targets = new int[count];
        int[] next = Arrays.copyOf(first, nodes);
        for (int a = 0; a < count; a++) {
            targets[next[from[a]]++] = to[a];
        }
        component = new int[nodes];
        Search search = new Search();
        for (int start = 0; start < nodes; start++) {
            search.from(start);
        }
        seenIn = new int[nodes];
        queue = new int[nodes];
    }

    /// How many arcs [#reachesRoundabout] has gone along so far.
    long steps() {
        return steps;
    }

    /// Whether a path of two arcs or more leads from one node to another of its component: a path
    /// that does not use the arc between the two.
    boolean reachesRoundabout(int start, int goal) {
        round++;
        int size = 0;
        seenIn[start] = round;
        queue[size++] = start;
        for (int at = 0; at < size; at++) {
            steps += first[queue[at] + 1] - first[queue[at]];
            for (int i = first[queue[at]]; i < first[queue[at] + 1]; i++) {
                int target = targets[i];
                if (target == goal) {
                    if (queue[at] != start) {
                        return true;
                    }
                } else if (seenIn[target] != round && component[target] == component[start]) {
                    seenIn[target] = round;
                    queue[size++] = target;
                }
            }
        }
        return false;
    }

    /// By node, a number that is the same for nodes which reach each other.
    int[] components() {
        return component;
    }

    private final class Search {
        private final int[] index = new int[nodes];
        private final int[] low = new int[nodes];
        private final int[] cursor = Arrays.copyOf(first, nodes);
        private final int[] stack = new int[nodes];
        private final int[] path = new int[nodes];
        private int stacked;
        private int counter;

        Search() {
            Arrays.fill(component, -1);
        }

        void from(int start) {
            if (index[start] != 0) {
                return;
            }
            int depth = 0;
            enter(start, depth);
            while (depth >= 0) {
                int node = path[depth];
                if (cursor[node] == first[node + 1]) {
                    leave(node);
                    depth--;
                    if (depth >= 0) {
                        low[path[depth]] = Math.min(low[path[depth]], low[node]);
                    }
                    continue;
                }
                int target = targets[cursor[node]++];
                if (index[target] == 0) {
                    enter(target, ++depth);
                } else if (component[target] < 0) {
                    low[node] = Math.min(low[node], index[target]);
                }
            }
        }

        private void enter(int node, int depth) {
            path[depth] = node;
            index[node] = ++counter;
            low[node] = counter;
            stack[stacked++] = node;
        }

        private void leave(int node) {
            if (low[node] == index[node]) {
                int member;
                do {
                    member = stack[--stacked];
                    component[member] = node;
                } while (member != node);
            }
        }
    }
}
