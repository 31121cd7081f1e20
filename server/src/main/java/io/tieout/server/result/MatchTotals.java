package io.tieout.server.result;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Side;

/// What the records of a match add up to on each side. Amounts of several currencies add up to
/// nothing, and neither do amounts beyond 18 digits.
final class MatchTotals {
    private final Matches matches;
    private final HeadlineAmounts amounts;

    MatchTotals(Matches matches, HeadlineAmounts amounts) {
        this.matches = matches;
        this.amounts = amounts;
    }

    int count(Side side, int match) {
        return side == Side.LEFT ? matches.leftCount(match) : matches.rightCount(match);
    }

    int row(Side side, int match, int i) {
        return side == Side.LEFT ? matches.left(match, i) : matches.right(match, i);
    }

    boolean isPair(int match) {
        return matches.leftCount(match) == 1 && matches.rightCount(match) == 1;
    }

    /// The total, or [HeadlineAmounts#ABSENT].
    long units(Side side, int match) {
        int count = count(side, match);
        long total = amounts.units(side, row(side, match, 0));
        int currency = amounts.currency(side, row(side, match, 0));
        for (int i = 1; i < count; i++) {
            int row = row(side, match, i);
            long units = amounts.units(side, row);
            if (units == HeadlineAmounts.ABSENT) {
                continue;
            }
            if (total == HeadlineAmounts.ABSENT) {
                total = units;
                currency = amounts.currency(side, row);
                continue;
            }
            long sum = total + units;
            boolean overflows = ((total ^ sum) & (units ^ sum)) < 0;
            if (overflows
                    || sum == HeadlineAmounts.ABSENT
                    || amounts.currency(side, row) != currency) {
                return HeadlineAmounts.ABSENT;
            }
            total = sum;
        }
        return total;
    }

    /// The code of the total's currency; that of none where there is no total.
    int currency(Side side, int match) {
        if (units(side, match) == HeadlineAmounts.ABSENT) {
            return HeadlineAmounts.NO_CURRENCY;
        }
        int count = count(side, match);
        for (int i = 0; i < count; i++) {
            int row = row(side, match, i);
            if (amounts.units(side, row) != HeadlineAmounts.ABSENT) {
                return amounts.currency(side, row);
            }
        }
        return HeadlineAmounts.NO_CURRENCY;
    }
}
