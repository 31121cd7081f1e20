package io.tieout.engine.run;

import io.tieout.engine.block.LongIndex;
import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Breaks.Kind;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Column;
import java.util.Arrays;
import java.util.List;

/// Says of each open record of one side why it is a break.
///
/// Looked at are records of the other side that share a value which few share. One of them comes
/// near when it agrees in two thirds of the fields, half of these equal and the others as some pass
/// allows, and chance alone would not have it so; or when it is equal in a text that tells records
/// apart (a reference, not a branch). The nearest agrees in most fields; of equals the one that is
/// equal in most, open ones before matched ones, then in the order that breaks ties.
final class Nearest {
    /// Records that open breaks are ranked for by one thread at a time.
    private static final int CHUNK = 1 << 12;

    /// In a table of this many rows it can be told what chance does.
    private static final int MANY = 100;

    /// How many records may be expected to agree as well by chance alone.
    private static final double UNLIKELY = 0.5;

    /// Rows that twins are looked for in by one thread at a time.
    private static final int ROWS = 1 << 16;

    private final Records records;
    private final Matches matches;
    private final Side side;
    private final boolean[] matched;
    private final boolean[] otherMatched;
    private final boolean[] lost;
    private final int[] open;

    Nearest(
            Records records,
            Matches matches,
            Side side,
            boolean[] matched,
            boolean[] otherMatched,
            boolean[] lost) {
        this.records = records;
        this.matches = matches;
        this.side = side;
        this.matched = matched;
        this.otherMatched = otherMatched;
        this.lost = lost;
        this.open = openRows(matched);
    }

    private static int[] openRows(boolean[] matched) {
        int[] open = new int[matched.length];
        int count = 0;
        for (int row = 0; row < matched.length; row++) {
            open[count] = row;
            count += matched[row] ? 0 : 1;
        }
        return Arrays.copyOf(open, count);
    }

    Breaks breaks(Workers workers) {
        Breaks.Builder builder = new Breaks.Builder();
        if (open.length == 0) {
            return builder.build();
        }
        int[] counterparts = counterpartsOfTwins(workers);
        List<SharedValues> shared =
                workers.map(
                        records.fields(),
                        () -> records,
                        (of, field) -> new SharedValues(of, side, field, open));
        double[] chances = new Allowances(records).shares();
        int chunks = (open.length + CHUNK - 1) / CHUNK;
        List<int[]> nearest =
                workers.map(
                        chunks,
                        () -> new Ranking(shared, chances),
                        (ranking, chunk) ->
                                ranking.nearest(
                                        chunk * CHUNK, Math.min(open.length, (chunk + 1) * CHUNK)));
        for (int i = 0; i < open.length; i++) {
            add(builder, open[i], counterparts[i], nearest.get(i / CHUNK)[i % CHUNK]);
        }
        return builder.build();
    }

    private void add(Breaks.Builder builder, int row, int counterpart, int nearest) {
        if (lost[row]) {
            builder.add(row, Kind.AMBIGUOUS, differing(row, nearest), nearest);
        } else if (counterpart != Breaks.NONE) {
            builder.add(row, Kind.DUPLICATE, differing(row, counterpart), counterpart);
        } else if (nearest == Breaks.NONE) {
            builder.add(row, Kind.MISSING, 0, Breaks.NONE);
        } else {
            builder.add(row, Kind.DIFFERS, differing(row, nearest), nearest);
        }
    }

    /// The fields in which two records are not equal; where there are none, those that both lack.
    private long differing(int row, int other) {
        if (other == Breaks.NONE) {
            return 0;
        }
        int leftRow = side == Side.LEFT ? row : other;
        int rightRow = side == Side.LEFT ? other : row;
        long differing = records.differences(leftRow, rightRow);
        return differing != 0 ? differing : records.lacking(leftRow, rightRow);
    }

    /// For each open record the record that its matched twin is matched with: of several twins the
    /// one that comes first in the order that breaks ties.
    private int[] counterpartsOfTwins(Workers workers) {
        LongIndex contents = new LongIndex(open.length);
        int[] contentOf = new int[open.length];
        for (int i = 0; i < open.length; i++) {
            contentOf[i] = contents.add(records.contentHash(side, open[i]));
        }
        int[] twinOf = new int[contents.size()];
        Arrays.fill(twinOf, Breaks.NONE);
        int chunks = (matched.length + ROWS - 1) / ROWS;
        List<int[]> found =
                workers.map(chunks, () -> contents, (known, chunk) -> inContents(known, chunk));
        for (int[] rows : found) {
            for (int row : rows) {
                int content = contents.find(records.contentHash(side, row));
                if (twinOf[content] == Breaks.NONE
                        || records.compare(side, row, twinOf[content]) < 0) {
                    twinOf[content] = row;
                }
            }
        }
        boolean any = found.stream().anyMatch(rows -> rows.length > 0);
        int[] counterparts = new int[open.length];
        Arrays.fill(counterparts, Breaks.NONE);
        if (any) {
            int[] partners = partners();
            for (int i = 0; i < open.length; i++) {
                int twin = twinOf[contentOf[i]];
                if (twin != Breaks.NONE && records.alike(side, twin, side, open[i])) {
                    counterparts[i] = partners[twin];
                }
            }
        }
        return counterparts;
    }

    /// The matched rows of a chunk whose content is a known one.
    private int[] inContents(LongIndex contents, int chunk) {
        int[] found = new int[16];
        int count = 0;
        int end = Math.min(matched.length, (chunk + 1) * ROWS);
        for (int row = chunk * ROWS; row < end; row++) {
            if (matched[row] && contents.find(records.contentHash(side, row)) != LongIndex.NONE) {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = row;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// By matched row, the record of the other side in its match that comes first in the order that
    /// breaks ties.
    private int[] partners() {
        int[] partners = new int[matched.length];
        for (int m = 0; m < matches.size(); m++) {
            int first = other(m, 0);
            for (int k = 1; k < otherCount(m); k++) {
                first =
                        records.compare(side.opposite(), other(m, k), first) < 0
                                ? other(m, k)
                                : first;
            }
            int count = side == Side.LEFT ? matches.leftCount(m) : matches.rightCount(m);
            for (int k = 0; k < count; k++) {
                partners[side == Side.LEFT ? matches.left(m, k) : matches.right(m, k)] = first;
            }
        }
        return partners;
    }

    private int other(int match, int i) {
        return side == Side.LEFT ? matches.right(match, i) : matches.left(match, i);
    }

    private int otherCount(int match) {
        return side == Side.LEFT ? matches.rightCount(match) : matches.leftCount(match);
    }

    /// Ranks the records that share values with open ones. Owns its comparisons' buffers.
    private final class Ranking {
        private final List<SharedValues> shared;
        private final double[] chances;
        private final Allowances allowances = new Allowances(records);

        Ranking(List<SharedValues> shared, double[] chances) {
            this.shared = shared;
            this.chances = chances;
        }

        int[] nearest(int from, int to) {
            int[] nearest = new int[to - from];
            for (int i = from; i < to; i++) {
                nearest[i - from] = nearest(i);
            }
            return nearest;
        }

        private int nearest(int i) {
            int best = Breaks.NONE;
            long bestRank = -1;
            for (SharedValues values : shared) {
                for (int k = 0; k < values.count(i); k++) {
                    int other = values.row(i, k);
                    long rank = rank(i, other);
                    if (rank > bestRank
                            || (rank == bestRank
                                    && rank >= 0
                                    && records.compare(side.opposite(), other, best) < 0)) {
                        best = other;
                        bestRank = rank;
                    }
                }
            }
            return best;
        }

        /// Greater for nearer records; negative for one that does not come near.
        private long rank(int i, int other) {
            int row = open[i];
            int leftRow = side == Side.LEFT ? row : other;
            int rightRow = side == Side.LEFT ? other : row;
            int there = 0;
            int equal = 0;
            int agreeing = 0;
            boolean identified = false;
            double byChance = otherMatched.length;
            for (int f = 0; f < records.fields(); f++) {
                Column left = records.column(Side.LEFT, f);
                Column right = records.column(Side.RIGHT, f);
                there += records.column(side, f).isAbsent(row) ? 0 : 1;
                if (left.isAbsent(leftRow) || right.isAbsent(rightRow)) {
                    continue;
                }
                if (left.same(leftRow, right, rightRow)) {
                    equal++;
                    agreeing++;
                    identified |= shared.get(f).tellsRecordsApart();
                    byChance *= (double) shared.get(f).sharers(i) / otherMatched.length;
                } else if (allowances.allow(f, leftRow, rightRow)) {
                    agreeing++;
                    byChance *= chances[f];
                }
            }
            boolean likelyChance = otherMatched.length >= MANY && byChance > UNLIKELY;
            return identified || (isNear(there, agreeing, equal) && !likelyChance)
                    ? ((long) agreeing << 16 | equal << 1) + (otherMatched[other] ? 0 : 1)
                    : -1;
        }

        /// What a pass merely allows says less than what is equal, so that at least half must be.
        private static boolean isNear(int fields, int agreeing, int equal) {
            int enough = fields == 2 ? 1 : (2 * fields + 2) / 3;
            return agreeing >= Math.max(1, enough) && 2 * equal >= agreeing;
        }
    }
}
