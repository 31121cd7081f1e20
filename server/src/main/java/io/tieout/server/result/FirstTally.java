package io.tieout.server.result;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.ControlTotals;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.server.result.ResultStatus.Holding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Adds up the results of a job while they are stored, and holds the sums to the control totals
/// that the engine has proven.
final class FirstTally {
    private final HeadlineAmounts amounts;

    /// By currency: the sums of each side, matched and open.
    private Sum[] sums = new Sum[0];

    private final Map<OpenKey, long[]> open = new HashMap<>();
    private OpenKey lastKey = new OpenKey(Side.LEFT, BreakKind.MISSING, -1);
    private long[] lastCount = new long[1];

    private record OpenKey(Side side, BreakKind kind, int ordinal) {}

    /// A sum of whole numbers that may pass what a `long` holds.
    private static final class Sum {
        private long count;
        private long part;
        private BigDecimal whole = BigDecimal.ZERO;

        void add(long units) {
            count++;
            if (units == HeadlineAmounts.ABSENT) {
                return;
            }
            long more = part + units;
            if (((part ^ more) & (units ^ more)) < 0) {
                whole = whole.add(BigDecimal.valueOf(part));
                part = units;
            } else {
                part = more;
            }
        }

        BigDecimal total(int scale) {
            return whole.add(BigDecimal.valueOf(part)).scaleByPowerOfTen(-scale).setScale(scale);
        }
    }

    FirstTally(HeadlineAmounts amounts) {
        this.amounts = amounts;
    }

    private Sum sum(Side side, boolean matched, int currency) {
        int at = (currency * 2 + side.ordinal()) * 2 + (matched ? 1 : 0);
        if (at >= sums.length) {
            Sum[] more = Arrays.copyOf(sums, (currency + 1) * 4);
            for (int i = sums.length; i < more.length; i++) {
                more[i] = new Sum();
            }
            sums = more;
        }
        return sums[at];
    }

    void addMatched(Side side, int currency, long units) {
        sum(side, true, currency).add(units);
    }

    void addBreak(Side side, BreakKind kind, int ordinal, int currency, long units) {
        sum(side, false, currency).add(units);
        if (lastKey.side() != side || lastKey.kind() != kind || lastKey.ordinal() != ordinal) {
            lastKey = new OpenKey(side, kind, ordinal);
            lastCount = open.computeIfAbsent(lastKey, _ -> new long[1]);
        }
        lastCount[0]++;
    }

    /// The sums.
    ///
    /// @param leftSince for each input of the left side, since when its records are known
    Tally tally(List<LocalDate> leftSince, List<LocalDate> rightSince) {
        TallySheet sheet = new TallySheet();
        for (int at = 0; at < sums.length; at++) {
            if (sums[at].count > 0) {
                sheet.add(
                        Side.values()[at / 2 % 2],
                        amounts.currency(at / 4),
                        at % 2 == 1 ? Holding.MATCHED : Holding.OPEN,
                        sums[at].count,
                        sums[at].total(amounts.scale()));
            }
        }
        open.forEach(
                (key, count) -> {
                    List<LocalDate> since = key.side() == Side.LEFT ? leftSince : rightSince;
                    sheet.addOpen(key.kind(), since.get(key.ordinal()), count[0]);
                });
        sheet.close();
        return sheet.tally();
    }

    /// Holds a tally to control totals.
    ///
    /// @throws FailureException when one of them is another
    void prove(Tally tally, ControlTotals totals) {
        for (Side side : Side.values()) {
            long records = 0;
            long matched = 0;
            for (Tally.Line line : tally.lines()) {
                records += line.side() == side ? line.in() : 0;
                matched += line.side() == side ? line.matched() : 0;
            }
            boolean left = side == Side.LEFT;
            if (records != (left ? totals.leftRecords() : totals.rightRecords())
                    || matched != (left ? totals.leftMatched() : totals.rightMatched())) {
                throw unproven(side, "records");
            }
        }
        for (ControlTotals.Line line : totals.lines()) {
            if (amounts.field().filter(line.field()::equals).isPresent() && !isIn(tally, line)) {
                throw unproven(line.side(), "amounts");
            }
        }
    }

    private static boolean isIn(Tally tally, ControlTotals.Line wanted) {
        String currency =
                wanted.currency().equals(AmountColumn.NO_CURRENCY) ? "" : wanted.currency();
        return tally.lines().stream()
                .anyMatch(
                        line ->
                                line.side() == wanted.side()
                                        && line.currency().equals(currency)
                                        && line.amountMatched().compareTo(wanted.matched()) == 0
                                        && line.amountOpen().compareTo(wanted.open()) == 0);
    }

    private static FailureException unproven(Side side, String what) {
        return new FailureException(
                new Failure.UnprovenOutcome(
                        Place.UNKNOWN,
                        "the " + what + " stored of the " + side.word() + " do not tie out",
                        "keep the sources and the plan, and report it as a defect"));
    }
}
