package io.tieout.engine.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static Graph graph(int[][] scores) {
        Graph graph = new Graph();
        graph.reset(scores.length, scores[0].length);
        for (int l = 0; l < scores.length; l++) {
            for (int r = 0; r < scores[l].length; r++) {
                if (scores[l][r] > 0) {
                    graph.add(l, r, scores[l][r]);
                }
            }
        }
        return graph;
    }

    private static long total(Graph graph, Assignment assignment) {
        long total = 0;
        for (int l = 0; l < graph.lefts(); l++) {
            total += assignment.scoreOf(l);
        }
        return total;
    }

    @Test
    void theBestTotalWinsOverTheBestPair() {
        Assignment assignment = Assignment.of(graph(new int[][] {{95, 94}, {93, 1}}));
        assertThat(assignment.rightOf(0)).isEqualTo(1);
        assertThat(assignment.rightOf(1)).isZero();
    }

    @Test
    void totalsAreThoseOfTryingEverything() {
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            int[][] scores = new int[1 + random.nextInt(6)][1 + random.nextInt(6)];
            for (int[] row : scores) {
                for (int r = 0; r < row.length; r++) {
                    row[r] = random.nextInt(3) == 0 ? 0 : random.nextInt(6);
                }
            }
            Graph graph = graph(scores);
            Assignment assignment = Assignment.of(graph);
            Best best = new Best(scores);
            assertThat(total(graph, assignment)).isEqualTo(best.total);
            int[] leftClass = java.util.stream.IntStream.range(0, scores.length).toArray();
            int[] rightClass = java.util.stream.IntStream.range(0, scores[0].length).toArray();
            Ties ties = Ties.of(graph, assignment, leftClass, rightClass);
            for (int l = 0; l < scores.length; l++) {
                if (best.varies[l]) {
                    assertThat(ties.isLeftTied(l)).as("round %s, left %s", round, l).isTrue();
                } else if (best.ways == 1) {
                    assertThat(ties.isLeftTied(l)).as("round %s, left %s", round, l).isFalse();
                }
            }
        }
    }

    @Test
    void pastItsBoundOfWorkItAssignsBestFirstAndSaysSo() {
        Graph graph = graph(new int[][] {{95, 94}, {93, 1}});
        Assignment assignment = Assignment.of(graph, 1);
        assertThat(assignment.isApproximate()).isTrue();
        assertThat(assignment.rightOf(0)).isZero();
        assertThat(assignment.rightOf(1)).isEqualTo(1);
    }

    /// All assignments, tried one by one.
    private static final class Best {
        private final int[][] scores;
        private final int[] chosen;
        private int[] first;
        private long total = -1;
        private int ways;
        private final boolean[] varies;

        Best(int[][] scores) {
            this.scores = scores;
            chosen = new int[scores.length];
            first = new int[scores.length];
            varies = new boolean[scores.length];
            search(0, 0, 0);
        }

        private void search(int left, int used, long sum) {
            if (left == scores.length) {
                record(sum);
                return;
            }
            chosen[left] = -1;
            search(left + 1, used, sum);
            for (int r = 0; r < scores[left].length; r++) {
                if (scores[left][r] > 0 && (used & 1 << r) == 0) {
                    chosen[left] = r;
                    search(left + 1, used | 1 << r, sum + scores[left][r]);
                }
            }
            chosen[left] = -1;
        }

        private void record(long sum) {
            if (sum > total) {
                total = sum;
                first = chosen.clone();
                java.util.Arrays.fill(varies, false);
                ways = 1;
            } else if (sum == total) {
                ways++;
                for (int l = 0; l < chosen.length; l++) {
                    varies[l] |= chosen[l] != first[l];
                }
            }
        }
    }
}
