package io.tieout.engine.run;

import io.tieout.engine.block.Order;
import java.util.Arrays;

/// The search for the subset of some records that adds up to one other record best: the sums of
/// both halves' subsets, the second half's sorted; each of the first looks up its complement in the
/// second (Horowitz and Sahni 1974).
///
/// Of records alike in every field a subset takes the first ones, so that subsets which differ only
/// in such records are seen once.
final class SubsetSearch {
    private static final int NONE = -1;

    /// What a subset is worth.
    interface Worth {
        /// Whether a sum agrees; the sums that do are one interval around the target.
        boolean meets(long sum);

        /// The score of a subset whose sum agrees.
        ///
        /// @param subset bit `i` for record `i`
        int points(int subset, long sum);
    }

    private final long[] amounts;
    private final long target;
    private final int[] twinBefore;
    private final Worth worth;
    private int best;
    private int bestPoints;
    private int found;
    private int anyOfBest;
    private int anyThatMeets;

    /// @param amounts of the records, in the order that breaks ties; any sum of them fits a `long`
    /// @param kinds by record, equal for records alike in every field
    SubsetSearch(long target, long[] amounts, int[] kinds, Worth worth) {
        this.target = target;
        this.amounts = amounts;
        this.worth = worth;
        twinBefore = new int[amounts.length];
        for (int i = 0; i < amounts.length; i++) {
            twinBefore[i] = NONE;
            for (int j = i - 1; j >= 0 && twinBefore[i] == NONE; j--) {
                twinBefore[i] = kinds[i] == kinds[j] ? j : NONE;
            }
        }
        search();
    }

    /// The best subset, of equal ones the smallest and then the first in order; 0 when none adds
    /// up.
    int best() {
        return best;
    }

    /// Its score.
    int points() {
        return bestPoints;
    }

    /// Whether no other subset is as good.
    boolean isOnly() {
        return found == 1;
    }

    /// The records of all subsets that are as good.
    int anyOfBest() {
        return anyOfBest;
    }

    /// The records of all subsets that add up.
    int anyThatMeets() {
        return anyThatMeets;
    }

    private void search() {
        int half = amounts.length / 2;
        int[] first = subsets(0, half);
        int[] second = subsets(half, amounts.length);
        long[] firstSums = sums(first);
        long[] secondSums = sums(second);
        int[] order = Order.byValue(secondSums);
        for (int i = 0; i < first.length; i++) {
            long base = firstSums[i];
            int at = firstThatMeets(base, secondSums, order);
            for (; at < order.length && worth.meets(base + secondSums[order[at]]); at++) {
                offer(first[i] | second[order[at]], base + secondSums[order[at]]);
            }
        }
    }

    /// The subsets of the records `[from, to)`, without those that skip a twin.
    private int[] subsets(int from, int to) {
        int[] subsets = new int[1 << (to - from)];
        int count = 1;
        for (int i = from; i < to; i++) {
            int twin = twinBefore[i];
            int before = count;
            for (int s = 0; s < before; s++) {
                if (twin < from || (subsets[s] >>> twin & 1) != 0) {
                    subsets[count++] = subsets[s] | 1 << i;
                }
            }
        }
        return Arrays.copyOf(subsets, count);
    }

    private long[] sums(int[] subsets) {
        long[] sums = new long[subsets.length];
        for (int s = 0; s < subsets.length; s++) {
            for (int rest = subsets[s]; rest != 0; rest &= rest - 1) {
                sums[s] += amounts[Integer.numberOfTrailingZeros(rest)];
            }
        }
        return sums;
    }

    private int firstThatMeets(long base, long[] sums, int[] order) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long sum = base + sums[order[middle]];
            if (sum < target && !worth.meets(sum)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void offer(int subset, long sum) {
        if (subset == 0 || skipsTwin(subset)) {
            return;
        }
        anyThatMeets |= subset;
        int points = worth.points(subset, sum);
        if (points > bestPoints) {
            best = subset;
            bestPoints = points;
            found = 1;
            anyOfBest = subset;
        } else if (points == bestPoints) {
            best = isBefore(subset, best) ? subset : best;
            found++;
            anyOfBest |= subset;
        }
    }

    private boolean skipsTwin(int subset) {
        for (int rest = subset; rest != 0; rest &= rest - 1) {
            int twin = twinBefore[Integer.numberOfTrailingZeros(rest)];
            if (twin != NONE && (subset >>> twin & 1) == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBefore(int subset, int other) {
        int byCount = Integer.compare(Integer.bitCount(subset), Integer.bitCount(other));
        return byCount != 0
                ? byCount < 0
                : Integer.compareUnsigned(Integer.reverse(subset), Integer.reverse(other)) > 0;
    }
}
