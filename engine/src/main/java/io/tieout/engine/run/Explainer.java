package io.tieout.engine.run;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Explanation;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.NearRecord;
import io.tieout.engine.outcome.Trial;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Tells why records of a finished run matched, or what stopped their nearest counterparts. It does
/// not run the passes again: it takes the matches that the run made, and compares single records as
/// each pass did. Owns buffers: for one thread.
public final class Explainer {
    /// Most nearest records, and most rivals, that one explanation names.
    public static final int MOST_NEAR = 5;

    private final Records records;
    private final Matches matches;
    private final Taken taken;
    private final Trials trials;
    private final NearRecords search;

    /// @param matches the matches that the plan made of these tables
    public Explainer(Plan plan, Table left, Table right, Matches matches) {
        this.records = new Records(plan, left, right);
        this.matches = matches;
        this.taken = new Taken(matches, left.rows(), right.rows());
        this.trials = new Trials(records, matches, taken);
        this.search = new NearRecords(records, taken);
    }

    /// The match that a record is in, as an index into the matches, or [Breaks#NONE].
    public int match(Side side, int row) {
        return taken.match(side, row);
    }

    /// Explains a record. Cost: a look at every record for each pass that groups, and one more.
    ///
    /// @param nearest the nearest record of the other side as the run found it, which is told
    /// first; [Breaks#NONE] where it found none, and for a record in a match
    public Explanation explain(Side side, int row, int nearest) {
        int match = taken.match(side, row);
        return match == Breaks.NONE ? open(side, row, nearest) : matched(side, row, match);
    }

    private Explanation.Open open(Side side, int row, int nearest) {
        List<NearRecords.Ranked> ranked = new ArrayList<>(search.of(side, row, MOST_NEAR));
        if (nearest != Breaks.NONE) {
            ranked.removeIf(each -> each.row() == nearest);
            ranked.addFirst(search.rank(side, row, nearest));
        }
        List<NearRecord> told = new ArrayList<>();
        for (NearRecords.Ranked each : ranked.subList(0, Math.min(MOST_NEAR, ranked.size()))) {
            // What agrees in less than half says little: one of them is enough.
            if (!told.isEmpty() && !isNear(each)) {
                break;
            }
            List<Trial> made = new ArrayList<>();
            for (int pass = 0; pass < records.plan().passes().size(); pass++) {
                made.add(trial(pass, side, row, each.row()));
            }
            int match = taken.match(side.opposite(), each.row());
            told.add(new NearRecord(side.opposite(), each.row(), each.agreeing(), match, made));
        }
        return new Explanation.Open(side, row, twin(side, row), told);
    }

    private boolean isNear(NearRecords.Ranked ranked) {
        return ranked.agreeing() * 2 >= records.fields();
    }

    /// Of the matched records that are alike in every field, the first in the order that breaks
    /// ties.
    private int twin(Side side, int row) {
        int twin = Breaks.NONE;
        for (int other = 0; other < records.table(side).rows(); other++) {
            if (other != row
                    && taken.match(side, other) != Breaks.NONE
                    && records.alike(side, row, side, other)
                    && (twin == Breaks.NONE || records.compare(side, other, twin) < 0)) {
                twin = other;
            }
        }
        return twin;
    }

    private Explanation.Matched matched(Side side, int row, int match) {
        List<Trial> earlier = new ArrayList<>();
        for (int pass = 0; pass < matches.pass(match); pass++) {
            earlier.add(nearestTrial(pass, side, row, match));
        }
        List<NearRecord> rivals = matches.isAmbiguous(match) ? rivals(match) : List.of();
        return new Explanation.Matched(side, row, match, trials.ofMatch(match), earlier, rivals);
    }

    /// The trial of a record with that of its counterparts which fails the fewest comparisons.
    private Trial nearestTrial(int pass, Side side, int row, int match) {
        Trial best = trial(pass, side, row, counterpart(side, match, 0));
        int count = side == Side.LEFT ? matches.rightCount(match) : matches.leftCount(match);
        for (int i = 1; i < count && best.failures() > 1; i++) {
            Trial next = trial(pass, side, row, counterpart(side, match, i));
            best = next.failures() < best.failures() ? next : best;
        }
        return best;
    }

    private int counterpart(Side side, int match, int i) {
        return side == Side.LEFT ? matches.right(match, i) : matches.left(match, i);
    }

    private Trial trial(int pass, Side side, int row, int other) {
        return side == Side.LEFT ? trials.of(pass, row, other) : trials.of(pass, other, row);
    }

    /// The records that the pass could have matched with one of a pair's records instead.
    private List<NearRecord> rivals(int match) {
        int pass = matches.pass(match);
        if (records.plan().passes().get(pass).cardinality() != Cardinality.ONE_TO_ONE) {
            return List.of();
        }
        int left = matches.left(match, 0);
        int right = matches.right(match, 0);
        List<NearRecord> found = new ArrayList<>();
        for (int row = 0; row < records.table(Side.LEFT).rows(); row++) {
            if (row != left && isRival(pass, Side.LEFT, row, row, right)) {
                found.add(rival(pass, Side.LEFT, row, row, right));
            }
        }
        for (int row = 0; row < records.table(Side.RIGHT).rows(); row++) {
            if (row != right && isRival(pass, Side.RIGHT, row, left, row)) {
                found.add(rival(pass, Side.RIGHT, row, left, row));
            }
        }
        found.sort(Comparator.comparingDouble((NearRecord each) -> -score(each)));
        return found.subList(0, Math.min(MOST_NEAR, found.size()));
    }

    private boolean isRival(int pass, Side side, int row, int left, int right) {
        return taken.isOpenAt(pass, side, row) && trials.areMet(pass, left, right);
    }

    private NearRecord rival(int pass, Side side, int row, int left, int right) {
        List<Trial> made = List.of(trials.of(pass, left, right));
        int agreeing = search.rank(Side.LEFT, left, right).agreeing();
        return new NearRecord(side, row, agreeing, taken.match(side, row), made);
    }

    private static double score(NearRecord rival) {
        return rival.trials().getFirst().score();
    }
}
