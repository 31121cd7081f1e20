package io.tieout.server.result;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Explanation;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.NearRecord;
import io.tieout.engine.outcome.Trial;
import io.tieout.engine.outcome.Trial.Verdict;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Explainer;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.formats.outcome.OutcomeWords;
import io.tieout.formats.outcome.PlanWords;
import io.tieout.server.http.Json;
import io.tieout.server.http.RawJson;
import io.tieout.server.job.ReconciledSide;
import io.tieout.server.result.DetailForms.Basis;
import io.tieout.server.result.DetailForms.CheckView;
import io.tieout.server.result.DetailForms.ComparedRecord;
import io.tieout.server.result.DetailForms.ExplanationView;
import io.tieout.server.result.DetailForms.NearView;
import io.tieout.server.result.DetailForms.RunMatch;
import io.tieout.server.result.DetailForms.TrialView;
import io.tieout.server.result.RunResults.RunResult;
import io.tieout.server.result.StoredRecords.Fetched;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Tells what a run made of a result, as the engine explains it.
final class Explaining {
    /// Most keys or records that one list of an answer has.
    static final int MOST_SHOWN = 200;

    private final KeptOutcome outcome;
    private final Neighbourhood near;
    private final Basis basis;
    private final Explainer explainer;
    private final OutcomeWords words;

    Explaining(KeptOutcome outcome, Neighbourhood near, Basis basis) {
        this.outcome = outcome;
        this.near = near;
        this.basis = basis;
        this.explainer =
                new Explainer(
                        near.plan(), near.table(Side.LEFT), near.table(Side.RIGHT), near.matches());
        this.words =
                new OutcomeWords(
                        near.plan().fields(), near.table(Side.LEFT), near.table(Side.RIGHT));
    }

    ExplanationView of(RunResult result) {
        Side side = result.isBreak() ? result.traits().requiredSide() : Side.LEFT;
        int row = near.records(side).row(result.references(side)[0]);
        int nearest = nearest(result, side);
        return switch (explainer.explain(side, row, nearest)) {
            case Explanation.Matched matched -> matched(matched);
            case Explanation.Open open -> open(result, open, nearest);
        };
    }

    private int nearest(RunResult result, Side side) {
        Long reference = result.own().otherRecord();
        return result.isBreak() && reference != null
                ? near.row(side.opposite(), reference).orElse(Breaks.NONE)
                : Breaks.NONE;
    }

    private ExplanationView matched(Explanation.Matched matched) {
        Matches matches = near.matches();
        int match = matched.match();
        int[] lefts = matched.made().lefts().stream().mapToInt(row -> row).toArray();
        int[] rights = matched.made().rights().stream().mapToInt(row -> row).toArray();
        return new ExplanationView(
                basis,
                true,
                Optional.of(match(match)),
                Optional.of(words.differences(matches.differences(match), lefts, rights)),
                Optional.of(trial(matched.made())),
                matched.earlier().stream().map(this::trial).toList(),
                matched.rivals().stream().map(this::near).toList(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private ExplanationView open(RunResult result, Explanation.Open open, int nearest) {
        return new ExplanationView(
                basis,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                reason(result, open, nearest),
                open.twin() == Breaks.NONE
                        ? Optional.empty()
                        : Optional.of(key(open.side(), open.twin())),
                open.nearest().stream().map(this::near).toList());
    }

    private Optional<String> reason(RunResult result, Explanation.Open open, int nearest) {
        BreakKind kind = result.traits().breakKind();
        if (kind == null) {
            return Optional.empty();
        }
        return switch (kind) {
            case MISSING -> reason(Breaks.Kind.MISSING, result, open, nearest);
            case DIFFERS -> reason(Breaks.Kind.DIFFERS, result, open, nearest);
            case DUPLICATE -> reason(Breaks.Kind.DUPLICATE, result, open, nearest);
            case AMBIGUOUS -> reason(Breaks.Kind.AMBIGUOUS, result, open, nearest);
            case REOPENED -> Optional.empty();
        };
    }

    private Optional<String> reason(
            Breaks.Kind kind, RunResult result, Explanation.Open open, int nearest) {
        long fields = nearest == Breaks.NONE ? 0 : result.own().differing();
        return Optional.of(words.reason(open.side(), kind, fields, open.row(), nearest));
    }

    private NearView near(NearRecord record) {
        return new NearView(
                record.side(),
                key(record.side(), record.row()),
                record.agreeing(),
                record.match() == Breaks.NONE
                        ? Optional.empty()
                        : Optional.of(match(record.match())),
                record(record.side(), record.row()),
                record.trials().stream().map(this::trial).toList());
    }

    private RunMatch match(int match) {
        Matches matches = near.matches();
        return new RunMatch(
                outcome.id(near.place(match)),
                near.plan().passes().get(matches.pass(match)).name(),
                matches.status(match).word(),
                matches.isAmbiguous(match),
                matches.cardinality(match),
                score(matches.score(match)),
                keys(matches.leftCount(match), i -> key(Side.LEFT, matches.left(match, i))),
                keys(matches.rightCount(match), i -> key(Side.RIGHT, matches.right(match, i))));
    }

    private static List<String> keys(int count, IntFunction<String> key) {
        return IntStream.range(0, Math.min(count, MOST_SHOWN)).mapToObj(key).toList();
    }

    private static double score(double score) {
        return PlanWords.score(score).doubleValue();
    }

    private TrialView trial(Trial trial) {
        @Nullable Side side =
                switch (trial.verdict()) {
                    case Verdict.Taken taken -> taken.side();
                    case Verdict.Ungrouped ungrouped -> ungrouped.side();
                    case Verdict.Matched _, Verdict.Failed _, Verdict.Outbid _ -> null;
                };
        return new TrialView(
                near.plan().passes().get(trial.pass()).name(),
                verdict(trial.verdict()),
                Optional.ofNullable(side),
                trial.verdict() instanceof Verdict.Taken taken
                        ? Optional.of(match(taken.match()))
                        : Optional.empty(),
                keys(trial.lefts().size(), i -> key(Side.LEFT, trial.lefts().get(i))),
                keys(trial.rights().size(), i -> key(Side.RIGHT, trial.rights().get(i))),
                trial.score() < 0 ? Optional.empty() : Optional.of(score(trial.score())),
                trial.checks().stream().map(Explaining::check).toList());
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Matched _ -> "matched";
            case Verdict.Failed _ -> "failed";
            case Verdict.Outbid _ -> "outbid";
            case Verdict.Taken _ -> "taken";
            case Verdict.Ungrouped _ -> "ungrouped";
        };
    }

    private static CheckView check(Check check) {
        return new CheckView(
                check.comparison().field(),
                PlanWords.of(check.comparison().comparison()),
                check.comparison().weight(),
                check.isMet(),
                check.isMet() ? Optional.of(score(check.score())) : Optional.empty(),
                text(check.left()),
                text(check.right()),
                PlanWords.of(check));
    }

    private static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private String key(Side side, int row) {
        return near.table(side).key(row);
    }

    /// A record as answers show it.
    ComparedRecord record(Side side, int row) {
        Fetched record = near.records(side).record(row);
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        List<String> names = record.source().columns();
        for (int i = 0; i < names.size(); i++) {
            columns.put(names.get(i), i < record.cells().size() ? record.cells().get(i) : null);
        }
        return new ComparedRecord(
                record.source().id(),
                ReconciledSide.rowNumber(record.reference()),
                record.line(),
                key(side, row),
                new RawJson(new String(Json.writeTree(columns), StandardCharsets.UTF_8)),
                fields(side, row));
    }

    private Map<String, String> fields(Side side, int row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : near.plan().fields()) {
            Column column = near.table(side).field(field.name());
            if (!column.isAbsent(row)) {
                values.put(field.name(), value(column, row));
            }
        }
        return values;
    }

    private static String value(Column column, int row) {
        String text = column.text(row);
        return column instanceof AmountColumn amounts
                        && !amounts.currency(row).equals(AmountColumn.NO_CURRENCY)
                ? text + " " + amounts.currency(row)
                : text;
    }
}
