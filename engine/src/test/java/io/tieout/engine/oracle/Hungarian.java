package io.tieout.engine.oracle;

import java.util.Arrays;

/// The greatest total of an assignment over a whole table of scores, in whole numbers, by the
/// textbook method: n rounds of shortest augmenting paths over n columns, O(n³).
final class Hungarian {
    private Hungarian() {}

    /// @param scores by left and right node, 0 where they are no candidate
    static long best(long[][] scores, int rights) {
        int n = Math.max(scores.length, rights);
        long most = Arrays.stream(scores).flatMapToLong(Arrays::stream).max().orElse(0);
        long[] rowPotential = new long[n + 1];
        long[] columnPotential = new long[n + 1];
        int[] rowOf = new int[n + 1];
        int[] before = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            int column = 0;
            long[] least = new long[n + 1];
            Arrays.fill(least, Long.MAX_VALUE);
            boolean[] used = new boolean[n + 1];
            do {
                used[column] = true;
                int at = rowOf[column];
                long delta = Long.MAX_VALUE;
                int next = 0;
                for (int c = 1; c <= n; c++) {
                    if (!used[c]) {
                        long cost =
                                most
                                        - score(scores, at - 1, c - 1)
                                        - rowPotential[at]
                                        - columnPotential[c];
                        if (cost < least[c]) {
                            least[c] = cost;
                            before[c] = column;
                        }
                        if (least[c] < delta) {
                            delta = least[c];
                            next = c;
                        }
                    }
                }
                for (int c = 0; c <= n; c++) {
                    if (used[c]) {
                        rowPotential[rowOf[c]] += delta;
                        columnPotential[c] -= delta;
                    } else {
                        least[c] -= delta;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }
        long total = 0;
        for (int column = 1; column <= n; column++) {
            total += score(scores, rowOf[column] - 1, column - 1);
        }
        return total;
    }

    private static long score(long[][] scores, int row, int column) {
        return row < scores.length && column < scores[row].length ? scores[row][column] : 0;
    }
}
