package io.tieout.engine.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SolutionTest {
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

    private static final PairOrder BY_NUMBER =
            (l, r, otherL, otherR) ->
                    l != otherL ? Integer.compare(l, otherL) : Integer.compare(r, otherR);

    /// Solves with no two nodes interchangeable.
    private static Solution solve(Graph graph, long workLimit) {
        return Solution.of(
                graph,
                IntStream.range(0, graph.lefts()).toArray(),
                IntStream.range(0, graph.rights()).toArray(),
                BY_NUMBER,
                workLimit);
    }

    private static long total(Graph graph, Solution solution) {
        long total = 0;
        for (int l = 0; l < graph.lefts(); l++) {
            total += solution.scoreOf(l);
        }
        return total;
    }

    @Test
    void theBestTotalWinsOverTheBestPair() {
        Solution assignment = solve(graph(new int[][] {{95, 94}, {93, 1}}), Solution.DEFAULT_WORK);
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
            Solution solution = solve(graph, Solution.DEFAULT_WORK);
            Best best = new Best(scores);
            assertThat(total(graph, solution)).isEqualTo(best.total);
            for (int l = 0; l < scores.length; l++) {
                assertThat(solution.isLeftTied(l))
                        .as("round %s, left %s", round, l)
                        .isEqualTo(best.varies[l]);
                assertThat(solution.rightOf(l))
                        .as("round %s, left %s", round, l)
                        .isEqualTo(best.preferred[l]);
            }
        }
    }

    @Test
    void pastItsBoundOfWorkItAssignsBestFirstAndSaysSo() {
        Graph graph = graph(new int[][] {{95, 94}, {93, 1}});
        Solution assignment = solve(graph, 1);
        assertThat(assignment.isApproximate()).isTrue();
        assertThat(assignment.rightOf(0)).isZero();
        assertThat(assignment.rightOf(1)).isEqualTo(1);
    }

    /// All assignments, tried one by one.
    private static final class Best {
        private final int[][] scores;
        private final int[] chosen;
        private int[] preferred;
        private long total = -1;
        private final boolean[] varies;

        Best(int[][] scores) {
            this.scores = scores;
            chosen = new int[scores.length];
            preferred = new int[scores.length];
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
                preferred = chosen.clone();
                Arrays.fill(varies, false);
            } else if (sum == total) {
                for (int l = 0; l < chosen.length; l++) {
                    varies[l] |= chosen[l] != preferred[l];
                }
                preferred = isPreferred(chosen, preferred) ? chosen.clone() : preferred;
            }
        }

        /// Whether the first pair that only one of two assignments has is of the first.
        private static boolean isPreferred(int[] one, int[] other) {
            for (int l = 0; l < one.length; l++) {
                if (one[l] != other[l]) {
                    return one[l] >= 0 && (other[l] < 0 || one[l] < other[l]);
                }
            }
            return false;
        }
    }
}
