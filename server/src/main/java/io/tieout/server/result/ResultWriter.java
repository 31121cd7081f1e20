package io.tieout.server.result;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import io.tieout.server.database.CopyWriter;
import io.tieout.server.job.JobWatch;
import io.tieout.server.job.ReconciledInputs;
import io.tieout.server.job.ReconciledSide;
import io.tieout.server.job.StoredJob;
import java.sql.SQLException;
import java.util.List;

/// Writes the results of a job as rows, from the columns of its tables and without an object for
/// each, and counts them.
final class ResultWriter {
    /// The columns that are written, after the segment; the others have their defaults.
    static final List<String> COLUMNS =
            List.of(
                    "place",
                    "shelf",
                    "project_id",
                    "weight",
                    "other_amount",
                    "record",
                    "other_record",
                    "differing",
                    "day",
                    "other_day",
                    "score",
                    "key",
                    "other_key");

    /// Longest key that is kept with a result: an entry of an index has a page's third at most.
    static final int LONGEST_KEY_BYTES = 512;

    private static final int STRIDE = 1 << 12;
    private static final long ABSENT = HeadlineAmounts.ABSENT;

    private final StoredJob job;
    private final ReconciledInputs inputs;
    private final Outcome outcome;
    private final Matches matches;
    private final HeadlineAmounts amounts;
    private final HeadlineDays days;
    private final MatchTotals totals;
    private final ResultOrder order;
    private final ShelfCodes shelves;
    private final FirstTally tally;
    private final byte[] digits = new byte[Integer.toString(Integer.MAX_VALUE).length()];

    ResultWriter(
            StoredJob job,
            ReconciledInputs inputs,
            Outcome outcome,
            HeadlineAmounts amounts,
            HeadlineDays days) {
        this.job = job;
        this.inputs = inputs;
        this.outcome = outcome;
        this.matches = outcome.matches();
        this.amounts = amounts;
        this.days = days;
        this.totals = new MatchTotals(matches, amounts);
        this.order = ResultOrder.of(outcome, amounts, totals);
        this.shelves = new ShelfCodes(new ResultTraits(amounts)::of);
        this.tally = new FirstTally(amounts);
    }

    int size() {
        return order.size();
    }

    List<Shelf> shelves() {
        return shelves.shelves(job.number());
    }

    FirstTally tally() {
        return tally;
    }

    void write(CopyWriter to, int segment, JobWatch watch) throws SQLException {
        watch.phase("storing", size());
        for (int position = 0; position < size(); position++) {
            long place = Places.place(job.number(), position);
            if (order.isBreak(position)) {
                writeBreak(to, segment, place, order.side(position), order.index(position));
            } else {
                writeMatch(to, segment, place, order.index(position));
            }
            if ((position + 1) % STRIDE == 0) {
                watch.advance(STRIDE);
                watch.requireGoingOn();
            }
        }
        watch.advance(size() % STRIDE);
        watch.requireGoingOn();
    }

    private void writeBreak(CopyWriter to, int segment, long place, Side side, int index)
            throws SQLException {
        Breaks breaks = outcome.breaks(side);
        int row = breaks.row(index);
        BreakKind kind = BreakKind.of(breaks.kind(index));
        long units = amounts.units(side, row);
        int currency = amounts.currency(side, row);
        int sign = HeadlineAmounts.sign(units);
        start(to, segment, place, ResultTraits.ofBreak(side, kind, currency, sign), units);
        int nearest = breaks.nearest(index);
        Side other = side.opposite();
        boolean isNear = nearest != Breaks.NONE;
        boolean sameCurrency = isNear && amounts.currency(other, nearest) == currency;
        writeUnits(to, sameCurrency ? amounts.units(other, nearest) : ABSENT);
        long reference = inputs.side(side).reference(row);
        to.writeLong(reference);
        if (isNear) {
            to.writeLong(inputs.side(other).reference(nearest));
        } else {
            to.writeNull();
        }
        writeDiffering(to, breaks.fields(index));
        to.writeInt(days.day(side, row));
        writeDay(to, isNear ? days.day(other, nearest) : HeadlineDays.ABSENT);
        to.writeNull();
        writeKey(to, side, row);
        if (isNear) {
            writeKey(to, other, nearest);
        } else {
            to.writeNull();
        }
        tally.addBreak(side, kind, ReconciledSide.ordinal(reference), currency, units);
    }

    private void writeMatch(CopyWriter to, int segment, long place, int match) throws SQLException {
        boolean pair = totals.isPair(match);
        int left = matches.left(match, 0);
        int right = matches.right(match, 0);
        long units = totals.units(Side.LEFT, match);
        long otherUnits = totals.units(Side.RIGHT, match);
        long code =
                ResultTraits.ofMatch(
                        matches.pass(match),
                        matches.status(match),
                        matches.isAmbiguous(match),
                        Cardinality.of(matches.leftCount(match), matches.rightCount(match)),
                        totals.currency(Side.LEFT, match),
                        totals.currency(Side.RIGHT, match),
                        HeadlineAmounts.sign(units));
        start(to, segment, place, code, units);
        writeUnits(to, otherUnits);
        if (pair) {
            to.writeLong(inputs.left().reference(left));
            to.writeLong(inputs.right().reference(right));
        } else {
            to.writeNull();
            to.writeNull();
        }
        writeDiffering(to, matches.differences(match));
        to.writeInt(days.day(Side.LEFT, left));
        writeDay(to, days.day(Side.RIGHT, right));
        to.writeInt((int) Math.round(matches.score(match) * Matches.FULL_SCORE));
        writeKey(to, Side.LEFT, left);
        writeKey(to, Side.RIGHT, right);
        for (Side side : Side.values()) {
            for (int i = 0; i < totals.count(side, match); i++) {
                int row = totals.row(side, match, i);
                tally.addMatched(side, amounts.currency(side, row), amounts.units(side, row));
                if (!pair) {
                    writeMember(to, segment, place, side, row);
                }
            }
        }
    }

    private void writeMember(CopyWriter to, int segment, long place, Side side, int row)
            throws SQLException {
        long units = amounts.units(side, row);
        int sign = HeadlineAmounts.sign(units);
        long code = ResultTraits.ofMember(side, amounts.currency(side, row), sign);
        start(to, segment, place, code, units);
        to.writeNull();
        to.writeLong(inputs.side(side).reference(row));
        to.writeNull();
        to.writeNull();
        to.writeInt(days.day(side, row));
        to.writeNull();
        to.writeNull();
        writeKey(to, side, row);
        to.writeNull();
    }

    private void start(CopyWriter to, int segment, long place, long code, long units)
            throws SQLException {
        to.startRow();
        to.writeInt(segment);
        to.writeLong(place);
        to.writeLong(Places.shelf(job.number(), shelves.place(code)));
        to.writeUuid(job.projectId());
        to.writeLong(HeadlineAmounts.weight(units));
    }

    private static void writeUnits(CopyWriter to, long units) {
        if (units == ABSENT) {
            to.writeNull();
        } else {
            to.writeLong(units);
        }
    }

    private static void writeDiffering(CopyWriter to, long bits) {
        if (bits == 0) {
            to.writeNull();
        } else {
            to.writeLong(bits);
        }
    }

    private static void writeDay(CopyWriter to, int day) {
        if (day == HeadlineDays.ABSENT) {
            to.writeNull();
        } else {
            to.writeInt(day);
        }
    }

    private void writeKey(CopyWriter to, Side side, int row) {
        Table table = inputs.side(side).table();
        TextColumn keys = table.keys();
        if (keys == null) {
            writeNumber(to, table.rowNumber(row));
            return;
        }
        byte[] bytes = keys.bytes();
        int from = keys.start(row);
        int end = keys.end(row);
        int to512 = Math.min(end, from + LONGEST_KEY_BYTES);
        // Not in the middle of a character.
        while (to512 < end && (bytes[to512] & 0xC0) == 0x80) {
            to512--;
        }
        to.writeText(bytes, from, to512);
    }

    private void writeNumber(CopyWriter to, int number) {
        int at = digits.length;
        for (int rest = number; at == digits.length || rest > 0; rest /= 10) {
            digits[--at] = (byte) ('0' + rest % 10);
        }
        to.writeText(digits, at, digits.length);
    }
}
