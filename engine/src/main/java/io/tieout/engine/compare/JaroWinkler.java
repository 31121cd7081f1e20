package io.tieout.engine.compare;

import java.util.Arrays;

/// Jaro's mean of the shares of common characters and of those in order, raised by a tenth for each
/// of up to four equal characters at the start where it is at least 0.7 (Winkler 1990).
final class JaroWinkler extends CharacterSimilarity {
    private boolean[] taken = new boolean[64];
    private char[] common = new char[64];

    @Override
    double between(char[] one, int oneLength, char[] other, int otherLength) {
        if (Arrays.equals(one, 0, oneLength, other, 0, otherLength)) {
            return 1;
        }
        return oneLength > otherLength
                ? score(other, otherLength, one, oneLength, oneLength, otherLength)
                : score(one, oneLength, other, otherLength, oneLength, otherLength);
    }

    private double score(
            char[] shorter, int m, char[] longer, int n, int oneLength, int otherLength) {
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
        while (prefix < Math.min(4, m) && shorter[prefix] == longer[prefix]) {
            prefix++;
        }
        double count = matches;
        double jaro =
                (count / oneLength + count / otherLength + (count - outOfOrder / 2.0) / count) / 3;
        return jaro < 0.7 ? jaro : jaro + 0.1 * prefix * (1 - jaro);
    }

    /// Takes for each character of the shorter text the first equal one within reach in the longer.
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
