package io.tieout.server.result;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Side;

/// The order in which a reviewer would take the results of a job: breaks, suggested matches,
/// confirmed ones; of each the largest amounts first, whatever their sign; and of equal amounts in
/// the order of the left source, and then of the right one.
///
/// Results are numbered for this: left breaks, right breaks, matches, each in the order of the
/// outcome.
final class ResultOrder {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final int leftBreaks;
    private final int breaks;
    private final int[] order;

    private ResultOrder(int leftBreaks, int breaks, int[] order) {
        this.leftBreaks = leftBreaks;
        this.breaks = breaks;
        this.order = order;
    }

    static ResultOrder of(Outcome outcome, HeadlineAmounts amounts, MatchTotals totals) {
        Matches matches = outcome.matches();
        int lefts = outcome.leftBreaks().size();
        int breaks = Math.addExact(lefts, outcome.rightBreaks().size());
        int size = Math.addExact(breaks, matches.size());
        Sorter sorter = new Sorter(size);
        for (int i = 0; i < breaks; i++) {
            long units =
                    i < lefts
                            ? amounts.units(Side.LEFT, outcome.leftBreaks().row(i))
                            : amounts.units(Side.RIGHT, outcome.rightBreaks().row(i - lefts));
            sorter.add(i, HeadlineAmounts.weight(units));
        }
        sorter.sortFrom(0);
        for (Status status : new Status[] {Status.SUGGESTED, Status.CONFIRMED}) {
            int from = sorter.size;
            for (int m = 0; m < matches.size(); m++) {
                if (matches.status(m) == status) {
                    sorter.add(breaks + m, HeadlineAmounts.weight(totals.units(Side.LEFT, m)));
                }
            }
            sorter.sortFrom(from);
        }
        return new ResultOrder(lefts, breaks, sorter.values);
    }

    int size() {
        return order.length;
    }

    /// Whether the result at a position is a break.
    boolean isBreak(int position) {
        return order[position] < breaks;
    }

    /// The side of the break at a position.
    Side side(int position) {
        return order[position] < leftBreaks ? Side.LEFT : Side.RIGHT;
    }

    /// The break or match at a position, as an index into those of the outcome.
    int index(int position) {
        int number = order[position];
        return number >= breaks
                ? number - breaks
                : number < leftBreaks ? number : number - leftBreaks;
    }

    /// Sorts numbers by their weights, a digit of these at a time, keeping the order of equals.
    private static final class Sorter {
        private final int[] values;
        private final long[] weights;
        private int size;

        Sorter(int most) {
            values = new int[most];
            weights = new long[most];
        }

        void add(int value, long weight) {
            values[size] = value;
            // As an unsigned number it sorts as it did as a signed one.
            weights[size++] = weight ^ Long.MIN_VALUE;
        }

        void sortFrom(int from) {
            int count = size - from;
            int[] nextValues = new int[count];
            long[] nextWeights = new long[count];
            long differing = 0;
            for (int i = from; i < size; i++) {
                differing |= weights[i] ^ weights[from];
            }
            for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
                if (((differing >>> shift) & (DIGITS - 1)) != 0) {
                    distribute(from, shift, nextValues, nextWeights);
                    System.arraycopy(nextValues, 0, values, from, count);
                    System.arraycopy(nextWeights, 0, weights, from, count);
                }
            }
        }

        private void distribute(int from, int shift, int[] nextValues, long[] nextWeights) {
            int[] starts = new int[DIGITS + 1];
            for (int i = from; i < size; i++) {
                starts[(int) ((weights[i] >>> shift) & (DIGITS - 1)) + 1]++;
            }
            for (int digit = 0; digit < DIGITS; digit++) {
                starts[digit + 1] += starts[digit];
            }
            for (int i = from; i < size; i++) {
                int at = starts[(int) ((weights[i] >>> shift) & (DIGITS - 1))]++;
                nextValues[at] = values[i];
                nextWeights[at] = weights[i];
            }
        }
    }
}
