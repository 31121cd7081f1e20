package io.tieout.engine.run;

import io.tieout.engine.compare.Residual;
import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Breaks.Kind;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Says of each open record of one side why it is a break. Near are records of the other side that
/// share
/// a value that few share (at most [#FEW] there) and agree in at least half of the plan's fields,
/// equal or as some pass allows; nearest is the one that agrees in most, open ones before matched
/// ones.
final class Nearest {
    /// A value that more records than this share says little about which one is meant.
    private static final int FEW = 32;

    private final Records records;
    private final Matches matches;
    private final Side side;
    private final boolean[] matched;
    private final boolean[] otherMatched;
    private final boolean[] lost;
    private final List<List<Residual>> allowances = new ArrayList<>();

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
        for (int f = 0; f < records.fields(); f++) {
            allowances.add(new ArrayList<>());
        }
        for (Pass pass : records.plan().passes()) {
            for (FieldComparison comparison : pass.match()) {
                if (!(comparison.comparison() instanceof Comparison.Exact)
                        && !(comparison.comparison() instanceof Comparison.Sum)) {
                    int f = records.fieldIndex(comparison.field());
                    allowances
                            .get(f)
                            .add(
                                    Residual.of(
                                            comparison.comparison(),
                                            records.column(Side.LEFT, f),
                                            records.column(Side.RIGHT, f)));
                }
            }
        }
    }

    Breaks breaks() {
        Breaks.Builder builder = new Breaks.Builder();
        int[] open = openRows();
        if (open.length == 0) {
            return builder.build();
        }
        int[] twinOf = twins(open);
        int[][] near = near(open);
        for (int i = 0; i < open.length; i++) {
            int row = open[i];
            int nearest = Breaks.NONE;
            int best = -1;
            for (int candidate : near[i]) {
                int agreeing = agreeing(row, candidate);
                if (agreeing > best || (agreeing == best && isBefore(candidate, nearest))) {
                    best = agreeing;
                    nearest = candidate;
                }
            }
            add(builder, row, twinOf[i], best * 2 >= records.fields() ? nearest : Breaks.NONE);
        }
        return builder.build();
    }

    private void add(Breaks.Builder builder, int row, int counterpart, int nearest) {
        if (lost[row]) {
            builder.add(
                    row,
                    Kind.AMBIGUOUS,
                    nearest == Breaks.NONE ? 0 : differing(row, nearest),
                    nearest);
        } else if (counterpart != Breaks.NONE) {
            builder.add(row, Kind.DUPLICATE, differing(row, counterpart), counterpart);
        } else if (nearest == Breaks.NONE) {
            builder.add(row, Kind.MISSING, 0, Breaks.NONE);
        } else {
            builder.add(row, Kind.DIFFERS, differing(row, nearest), nearest);
        }
    }

    private int[] openRows() {
        int[] open = new int[matched.length];
        int count = 0;
        for (int row = 0; row < matched.length; row++) {
            if (!matched[row]) {
                open[count++] = row;
            }
        }
        return Arrays.copyOf(open, count);
    }

    private long differing(int row, int other) {
        return side == Side.LEFT
                ? records.differences(row, other)
                : records.differences(other, row);
    }

    /// For each open record the record that its matched twin is matched with: of several twins the
    /// one that
    /// comes first in the order that breaks ties.
    private int[] twins(int[] open) {
        Map<Long, List<Integer>> byContent = new HashMap<>();
        for (int i = 0; i < open.length; i++) {
            byContent
                    .computeIfAbsent(records.contentHash(side, open[i]), _ -> new ArrayList<>(1))
                    .add(i);
        }
        int[] twin = new int[open.length];
        int[] counterpart = new int[open.length];
        Arrays.fill(twin, Breaks.NONE);
        Arrays.fill(counterpart, Breaks.NONE);
        for (int m = 0; m < matches.size(); m++) {
            int count = side == Side.LEFT ? matches.leftCount(m) : matches.rightCount(m);
            for (int k = 0; k < count; k++) {
                int row = side == Side.LEFT ? matches.left(m, k) : matches.right(m, k);
                for (int i : byContent.getOrDefault(records.contentHash(side, row), List.of())) {
                    if (records.alike(side, row, side, open[i])
                            && (twin[i] == Breaks.NONE
                                    || records.compare(side, row, twin[i]) < 0)) {
                        twin[i] = row;
                        counterpart[i] =
                                side == Side.LEFT ? matches.right(m, 0) : matches.left(m, 0);
                    }
                }
            }
        }
        return counterpart;
    }

    /// For each open record the records of the other side that share a rare value with it.
    private int[][] near(int[] open) {
        List<List<Integer>> found = new ArrayList<>();
        for (int i = 0; i < open.length; i++) {
            found.add(new ArrayList<>(0));
        }
        for (int f = 0; f < records.fields(); f++) {
            Column mine = records.column(side, f);
            Column theirs = records.column(side.opposite(), f);
            Map<Long, int[]> postings = new HashMap<>();
            for (int row : open) {
                if (!mine.isAbsent(row)) {
                    postings.put(mine.hash(row), new int[] {0});
                }
            }
            for (int row = 0; row < theirs.rows(); row++) {
                if (!theirs.isAbsent(row)) {
                    post(postings, theirs.hash(row), row);
                }
            }
            for (int i = 0; i < open.length; i++) {
                int[] posting = mine.isAbsent(open[i]) ? null : postings.get(mine.hash(open[i]));
                for (int k = 1; posting != null && posting[0] <= FEW && k <= posting[0]; k++) {
                    if (mine.same(open[i], theirs, posting[k])) {
                        found.get(i).add(posting[k]);
                    }
                }
            }
        }
        return found.stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).distinct().toArray())
                .toArray(int[][]::new);
    }

    /// A posting is its count, then the rows while they are few.
    private static void post(Map<Long, int[]> postings, long hash, int row) {
        int[] posting = postings.get(hash);
        if (posting == null) {
            return;
        }
        posting[0]++;
        if (posting[0] <= FEW) {
            int[] longer =
                    posting.length > posting[0]
                            ? posting
                            : Arrays.copyOf(posting, posting.length * 2);
            longer[posting[0]] = row;
            postings.put(hash, longer);
        }
    }

    private int agreeing(int row, int other) {
        int leftRow = side == Side.LEFT ? row : other;
        int rightRow = side == Side.LEFT ? other : row;
        int agreeing = 0;
        for (int f = 0; f < records.fields(); f++) {
            Column left = records.column(Side.LEFT, f);
            Column right = records.column(Side.RIGHT, f);
            if (left.isAbsent(leftRow) || right.isAbsent(rightRow)) {
                continue;
            }
            boolean agrees = left.same(leftRow, right, rightRow);
            for (Residual residual : allowances.get(f)) {
                agrees = agrees || residual.score(leftRow, rightRow) >= 0;
            }
            agreeing += agrees ? 1 : 0;
        }
        return agreeing;
    }

    private boolean isBefore(int candidate, int other) {
        if (otherMatched[candidate] != otherMatched[other]) {
            return !otherMatched[candidate];
        }
        return records.compare(side.opposite(), candidate, other) < 0;
    }
}
