package io.tieout.engine.assign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which parts of an optimal assignment another optimal one would do differently.
///
/// Two optimal assignments differ along alternating cycles and paths of tight candidates whose ends
/// may be left out. With one more node that stands for being left out, every such path is a cycle
/// of
/// the graph that runs left to right over unused tight candidates and right to left over used ones,
/// so what can differ lies in its strongly connected components. Nodes of one class are
/// interchangeable:
/// classes are contracted, and what is then a tree has one way only.
public final class Ties {
    private final boolean[] leftTied;
    private final boolean[] rightTied;

    private Ties(int lefts, int rights) {
        leftTied = new boolean[lefts];
        rightTied = new boolean[rights];
    }

    /// Finds the ties of an assignment.
    ///
    /// @param leftClass a number for each left node, equal for interchangeable ones
    /// @param rightClass the same for right nodes
    public static Ties of(Graph graph, Assignment assignment, int[] leftClass, int[] rightClass) {
        Ties ties = new Ties(graph.lefts(), graph.rights());
        if (!assignment.isApproximate()) {
            ties.find(graph, assignment, leftClass, rightClass);
        }
        return ties;
    }

    /// Whether a left node would be matched otherwise, or left out, or not left out.
    public boolean isLeftTied(int left) {
        return leftTied[left];
    }

    /// The same for a right node.
    public boolean isRightTied(int right) {
        return rightTied[right];
    }

    private void find(Graph graph, Assignment assignment, int[] leftClass, int[] rightClass) {
        int lefts = graph.lefts();
        int outside = lefts + graph.rights();
        Arcs arcs = arcs(graph, assignment);
        int[] component = arcs.components();
        Map<Long, List<int[]>> byClasses = new HashMap<>();
        for (int a = 0; a < arcs.count; a++) {
            int from = arcs.from[a];
            int to = arcs.to[a];
            if (component[from] == component[to]) {
                long one = classOf(from, lefts, outside, leftClass, rightClass);
                long other = classOf(to, lefts, outside, leftClass, rightClass);
                byClasses
                        .computeIfAbsent(
                                Math.min(one, other) << 32 | Math.max(one, other),
                                _ -> new ArrayList<>())
                        .add(new int[] {from, to});
            }
        }
        for (long cyclic :
                withoutLeaves(byClasses.keySet().stream().mapToLong(k -> k).sorted().toArray())) {
            for (int[] arc : byClasses.getOrDefault(cyclic, List.of())) {
                markUsed(arc, lefts, outside, assignment);
            }
        }
    }

    /// Marks the ends of a used candidate, and a node that is left out.
    private void markUsed(int[] arc, int lefts, int outside, Assignment assignment) {
        int from = arc[0];
        int to = arc[1];
        if (from == outside || to == outside) {
            mark(from == outside ? to : from, lefts);
        } else if (from >= lefts && assignment.leftOf(from - lefts) == to) {
            mark(from, lefts);
            mark(to, lefts);
        }
    }

    private void mark(int node, int lefts) {
        if (node < lefts) {
            leftTied[node] = true;
        } else {
            rightTied[node - lefts] = true;
        }
    }

    private static long classOf(
            int node, int lefts, int outside, int[] leftClass, int[] rightClass) {
        if (node == outside) {
            return 0;
        }
        return node < lefts ? 1L + 2L * leftClass[node] : 2L + 2L * rightClass[node - lefts];
    }

    /// Of undirected edges (two class numbers in one long), those that remain when nodes with a
    /// single
    /// edge are taken away again and again.
    private static long[] withoutLeaves(long[] edges) {
        Map<Integer, Integer> degree = new HashMap<>();
        for (long edge : edges) {
            degree.merge((int) (edge >>> 32), 1, Integer::sum);
            degree.merge((int) edge, 1, Integer::sum);
        }
        long[] left = edges;
        while (true) {
            long[] kept =
                    Arrays.stream(left)
                            .filter(
                                    edge ->
                                            degree.getOrDefault((int) (edge >>> 32), 0) > 1
                                                    && degree.getOrDefault((int) edge, 0) > 1)
                            .toArray();
            if (kept.length == left.length) {
                return kept;
            }
            degree.clear();
            for (long edge : kept) {
                degree.merge((int) (edge >>> 32), 1, Integer::sum);
                degree.merge((int) edge, 1, Integer::sum);
            }
            left = kept;
        }
    }

    private static Arcs arcs(Graph graph, Assignment assignment) {
        int lefts = graph.lefts();
        int outside = lefts + graph.rights();
        Arcs arcs = new Arcs(outside + 1);
        for (int e = 0; e < graph.edges(); e++) {
            int left = graph.left(e);
            int right = graph.right(e);
            if (assignment.rightOf(left) == right) {
                arcs.add(lefts + right, left);
            } else if (assignment.isTight(e)) {
                arcs.add(left, lefts + right);
            }
        }
        for (int left = 0; left < lefts; left++) {
            if (assignment.rightOf(left) == Assignment.NONE) {
                arcs.add(outside, left);
            } else if (assignment.leftPotential(left) == 0) {
                arcs.add(left, outside);
            }
        }
        for (int right = 0; right < graph.rights(); right++) {
            if (assignment.leftOf(right) == Assignment.NONE) {
                arcs.add(lefts + right, outside);
            } else if (assignment.rightPotential(right) == 0) {
                arcs.add(outside, lefts + right);
            }
        }
        return arcs;
    }

    /// A directed graph and its strongly connected components (Tarjan 1972, without recursion).
    private static final class Arcs {
        private final int nodes;
        private int[] from = new int[64];
        private int[] to = new int[64];
        private int count;

        Arcs(int nodes) {
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

        int[] components() {
            int[] first = new int[nodes + 1];
            for (int a = 0; a < count; a++) {
                first[from[a] + 1]++;
            }
            for (int n = 0; n < nodes; n++) {
                first[n + 1] += first[n];
            }
            int[] targets = new int[count];
            int[] next = Arrays.copyOf(first, nodes);
            for (int a = 0; a < count; a++) {
                targets[next[from[a]]++] = to[a];
            }
            int[] index = new int[nodes];
            int[] low = new int[nodes];
            int[] component = new int[nodes];
            Arrays.fill(component, -1);
            int[] cursor = Arrays.copyOf(first, nodes);
            int[] stack = new int[nodes];
            int[] path = new int[nodes];
            int stacked = 0;
            int counter = 0;
            for (int start = 0; start < nodes; start++) {
                if (index[start] != 0) {
                    continue;
                }
                int depth = 0;
                path[depth] = start;
                index[start] = low[start] = ++counter;
                stack[stacked++] = start;
                while (depth >= 0) {
                    int node = path[depth];
                    if (cursor[node] < first[node + 1]) {
                        int target = targets[cursor[node]++];
                        if (index[target] == 0) {
                            index[target] = low[target] = ++counter;
                            stack[stacked++] = target;
                            path[++depth] = target;
                        } else if (component[target] < 0) {
                            low[node] = Math.min(low[node], index[target]);
                        }
                    } else {
                        if (low[node] == index[node]) {
                            int member;
                            do {
                                member = stack[--stacked];
                                component[member] = node;
                            } while (member != node);
                        }
                        depth--;
                        if (depth >= 0) {
                            low[path[depth]] = Math.min(low[path[depth]], low[node]);
                        }
                    }
                }
            }
            return component;
        }
    }
}
