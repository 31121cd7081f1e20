package io.tieout.engine.compare;

import java.util.Arrays;

/// 1 less the edit distance over the longer length. With a bit for each character of the shorter
/// text the distance takes one step a character of the longer one (Myers 1999, as simplified by
/// Hyyrö 2003); without, the table of Wagner and Fischer.
final class Levenshtein extends CharacterSimilarity {
    private int[] costs = new int[65];

    @Override
    double ofAscii(byte[] shorter, int shortFrom, int m, byte[] longer, int longFrom, int n) {
        if (m == 0) {
            return 0;
        }
        for (int i = 0; i < m; i++) {
            places[shorter[shortFrom + i]] |= 1L << i;
        }
        long positive = -1L;
        long negative = 0;
        long last = 1L << (m - 1);
        int distance = m;
        for (int j = 0; j < n; j++) {
            long equal = places[longer[longFrom + j]];
            long diagonal = (((equal & positive) + positive) ^ positive) | equal | negative;
            long up = negative | ~(diagonal | positive);
            long down = positive & diagonal;
            distance += (up & last) != 0 ? 1 : 0;
            distance -= (down & last) != 0 ? 1 : 0;
            up = up << 1 | 1;
            down <<= 1;
            positive = down | ~(diagonal | up);
            negative = up & diagonal;
        }
        for (int i = 0; i < m; i++) {
            places[shorter[shortFrom + i]] = 0;
        }
        return share(distance, n);
    }

    @Override
    double of(char[] shorter, int m, char[] longer, int n) {
        if (m == 0) {
            return 0;
        }
        if (costs.length <= m) {
            costs = Arrays.copyOf(costs, Math.max(m + 1, costs.length * 2));
        }
        for (int i = 0; i <= m; i++) {
            costs[i] = i;
        }
        for (int j = 1; j <= n; j++) {
            int diagonal = costs[0];
            costs[0] = j;
            for (int i = 1; i <= m; i++) {
                int above = costs[i];
                int substituted = diagonal + (shorter[i - 1] == longer[j - 1] ? 0 : 1);
                costs[i] = Math.min(substituted, Math.min(above, costs[i - 1]) + 1);
                diagonal = above;
            }
        }
        return share(costs[m], n);
    }

    /// One division, rounded once: 1 - 9/10 would fall short of a limit of 0.1.
    private static double share(int distance, int longer) {
        return (double) (longer - distance) / longer;
    }
}
