package io.tieout.cli;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Explanation;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Explainer;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.Table;
import io.tieout.formats.source.SourceRead;
import java.nio.file.Path;
import java.util.Optional;

/// A finished run, read back to be explained: its plan, its sources and what it wrote.
final class ExplainedRun {
    private final WrittenSummary summary;
    private final SourceRead left;
    private final SourceRead right;
    private final KeyRows leftKeys;
    private final KeyRows rightKeys;
    private final OutcomeFiles files;
    private final OutcomeFiles.MatchTable matches;
    private final Explainer explainer;

    ExplainedRun(Path dir, WrittenSummary summary, SourceRead left, SourceRead right) {
        this.summary = summary;
        this.left = left;
        this.right = right;
        this.leftKeys = new KeyRows(left.table());
        this.rightKeys = new KeyRows(right.table());
        this.files = new OutcomeFiles(dir);
        this.matches = files.matches(plan(), leftKeys, rightKeys);
        this.explainer = new Explainer(plan(), left.table(), right.table(), matches.matches());
    }

    /// A record and its explanation.
    ///
    /// @param written its row of `breaks.csv`, if it is a break
    record Found(String key, Explanation explanation, Optional<OutcomeFiles.BreakRow> written) {}

    /// The explanation of a record, if the side has it.
    Optional<Found> find(Side side, String key) {
        int row = keys(side).row(key);
        if (row == KeyRows.NONE) {
            return Optional.empty();
        }
        Optional<OutcomeFiles.BreakRow> written =
                explainer.match(side, row) == Breaks.NONE
                        ? files.breakOf(side, key)
                        : Optional.empty();
        int nearest =
                written.map(each -> keys(side.opposite()).row(each.nearestKey()))
                        .filter(each -> each != KeyRows.NONE)
                        .orElse(Breaks.NONE);
        return Optional.of(new Found(key, explainer.explain(side, row, nearest), written));
    }

    Plan plan() {
        return summary.plan().plan();
    }

    String engineVersion() {
        return summary.engineVersion();
    }

    Matches matches() {
        return matches.matches();
    }

    KeyRows keys(Side side) {
        return side == Side.LEFT ? leftKeys : rightKeys;
    }

    Table table(Side side) {
        return (side == Side.LEFT ? left : right).table();
    }

    String key(Side side, int row) {
        return table(side).key(row);
    }

    /// The match of a record, or [Breaks#NONE].
    int match(Side side, int row) {
        return explainer.match(side, row);
    }

    /// A record's value of a field, cleaned; amounts with their currency; empty when absent.
    String value(Side side, String field, int row) {
        Column column = table(side).field(field);
        String text = column.text(row);
        return column instanceof AmountColumn amounts
                        && !text.isEmpty()
                        && !amounts.currency(row).equals(AmountColumn.NO_CURRENCY)
                ? text + " " + amounts.currency(row)
                : text;
    }

    /// Whether a row of that number was rejected, where row numbers are keys.
    boolean isRejected(Side side, String key) {
        SourceRead read = side == Side.LEFT ? left : right;
        return read.table().keys() == null
                && read.rejects().stream()
                        .anyMatch(reject -> Integer.toString(reject.row()).equals(key));
    }

    /// The number of a match in `matches.csv`.
    String matchId(int match) {
        return matches.id(key(Side.LEFT, matches().left(match, 0)));
    }

    /// What the records of a match differ in, as `matches.csv` tells it.
    String differences(int match) {
        return matches.differences(key(Side.LEFT, matches().left(match, 0)));
    }

    String passName(int pass) {
        return plan().passes().get(pass).name();
    }
}
