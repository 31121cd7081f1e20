package io.tieout.engine.compare;

import java.util.Arrays;

/// Jaro's mean of the shares of common characters and of those in order, raised by a tenth for each
/// of up to four equal characters at the start where it is at least 0.7 (Winkler 1990).
///
/// Characters are common when they are equal and no farther apart than the reach; each of the
/// shorter text takes the first free one of the longer.
final class JaroWinkler extends CharacterSimilarity {
    private static final int LONGEST_PREFIX = 4;

    private boolean[] taken = new boolean[64];
    private char[] common = new char[64];

    @Override
    double ofAscii(byte[] shorter, int shortFrom, int m, byte[] longer, int longFrom, int n) {
        if (m == 0) {
            return 0;
        }
        for (int j = 0; j < n; j++) {
            places[longer[longFrom + j]] |= 1L << j;
        }
        int reach = Math.max(n / 2 - 1, 0);
        // The places of the longer text that are in reach, moving along with the shorter one.
        long window = (1L << (reach + 1)) - 1;
        long all = n == BITS ? -1L : (1L << n) - 1;
        long taken = 0;
        long takers = 0;
        for (int i = 0; i < m; i++) {
            long free = places[shorter[shortFrom + i]] & window & all & ~taken;
            long first = free & -free;
            taken |= first;
            takers |= (first != 0 ? 1L : 0L) << i;
            window = i < reach ? window << 1 | 1 : window << 1;
        }
        for (int j = 0; j < n; j++) {
            places[longer[longFrom + j]] = 0;
        }
        int matches = Long.bitCount(taken);
        if (matches == 0) {
            return 0;
        }
        int outOfOrder = 0;
        while (takers != 0) {
            int i = Long.numberOfTrailingZeros(takers);
            int j = Long.numberOfTrailingZeros(taken);
            outOfOrder += shorter[shortFrom + i] != longer[longFrom + j] ? 1 : 0;
            takers &= takers - 1;
            taken &= taken - 1;
        }
        int prefix = 0;
        while (prefix < Math.min(LONGEST_PREFIX, m)
                && shorter[shortFrom + prefix] == longer[longFrom + prefix]) {
            prefix++;
        }
        return score(matches, outOfOrder, prefix, m, n);
    }

    @Override
    double of(char[] shorter, int m, char[] longer, int n) {
        if (taken.length < n) {
            taken = new boolean[n * 2];
            common = new char[n * 2];
        }
        Arrays.fill(taken, 0, n, false);
        int matches = match(shorter, m, longer, n);
        if (matches == 0) {
            return 0;
        }
        int outOfOrder = 0;
        int at = 0;
        for (int i = 0; i < n; i++) {
            if (taken[i]) {
                outOfOrder += common[at++] != longer[i] ? 1 : 0;
            }
        }
        int prefix = 0;
        while (prefix < Math.min(LONGEST_PREFIX, m) && shorter[prefix] == longer[prefix]) {
            prefix++;
        }
        return score(matches, outOfOrder, prefix, m, n);
    }

    private static double score(int matches, int outOfOrder, int prefix, int m, int n) {
        double count = matches;
        double jaro = (count / m + count / n + (count - outOfOrder / 2.0) / count) / 3;
        return jaro < 0.7 ? jaro : jaro + 0.1 * prefix * (1 - jaro);
    }

    private int match(char[] shorter, int m, char[] longer, int n) {
        int reach = Math.max(n / 2 - 1, 0);
        int matches = 0;
        for (int i = 0; i < m; i++) {
            char wanted = shorter[i];
            int end = Math.min(i + reach + 1, n);
            for (int j = Math.max(i - reach, 0); j < end; j++) {
                if (!taken[j] && longer[j] == wanted) {
                    taken[j] = true;
                    common[matches++] = wanted;
                    break;
                }
            }
        }
        return matches;
    }
}
