package io.tieout.engine.compare;

import java.util.Arrays;

/// 1 less the edit distance over the longer length. Up to 64 characters of the shorter text the
/// distance
/// takes one step a character of the longer one (Myers 1999, as simplified by Hyyrö 2003); beyond,
/// the
/// table of Wagner and Fischer.
final class Levenshtein extends TextSimilarity {
    private final long[] asciiMask = new long[128];
    private int[] costs = new int[65];

    @Override
    double between(char[] one, int oneLength, char[] other, int otherLength) {
        int longer = Math.max(oneLength, otherLength);
        if (longer == 0) {
            return 1;
        }
        int distance =
                oneLength <= otherLength
                        ? distance(one, oneLength, other, otherLength)
                        : distance(other, otherLength, one, oneLength);
        // One division, rounded once: 1 - 9/10 would fall short of a limit of 0.1.
        return (double) (longer - distance) / longer;
    }

    private int distance(char[] shorter, int m, char[] longer, int n) {
        if (m == 0) {
            return n;
        }
        return m <= 64 && isAscii(shorter, m)
                ? bitParallel(shorter, m, longer, n)
                : table(shorter, m, longer, n);
    }

    private static boolean isAscii(char[] text, int length) {
        int seen = 0;
        for (int i = 0; i < length; i++) {
            seen |= text[i];
        }
        return seen < 128;
    }

    private int bitParallel(char[] pattern, int m, char[] text, int n) {
        for (int i = 0; i < m; i++) {
            asciiMask[pattern[i]] |= 1L << i;
        }
        long positive = -1L;
        long negative = 0;
        long last = 1L << (m - 1);
        int distance = m;
        for (int i = 0; i < n; i++) {
            long equal = text[i] < 128 ? asciiMask[text[i]] : 0;
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
            asciiMask[pattern[i]] = 0;
        }
        return distance;
    }

    private int table(char[] shorter, int m, char[] longer, int n) {
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
        return costs[m];
    }
}
