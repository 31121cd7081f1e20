package io.tieout.cli;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Check.Finding;
import io.tieout.engine.outcome.Explanation;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.NearRecord;
import io.tieout.engine.outcome.Trial;
import io.tieout.engine.outcome.Trial.Verdict;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Side;
import io.tieout.formats.outcome.PlanWords;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// An explanation for machines. Amounts and gaps are strings, for a JSON number may lose digits.
final class ExplanationJson {
    private final ExplainedRun run;
    private final JsonGenerator json;

    ExplanationJson(ExplainedRun run, JsonGenerator json) {
        this.run = run;
        this.json = json;
    }

    void write(List<ExplainedRun.Found> found) {
        json.writeStringProperty("engine_version", run.engineVersion());
        json.writeName("records").writeStartArray();
        for (ExplainedRun.Found each : found) {
            json.writeStartObject();
            json.writeStringProperty("side", each.explanation().side().word());
            json.writeStringProperty("key", each.key());
            writeValues(each.explanation().side(), each.explanation().row());
            switch (each.explanation()) {
                case Explanation.Matched matched -> write(matched);
                case Explanation.Open open -> write(open, each.written());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeValues(Side side, int row) {
        json.writeName("values").writeStartObject();
        for (Field field : run.plan().fields()) {
            writeText(field.name(), run.value(side, field.name(), row));
        }
        json.writeEndObject();
    }

    /// An absent value is null.
    private void writeText(String name, String text) {
        if (text.isEmpty()) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, text);
        }
    }

    private void write(Explanation.Matched matched) {
        json.writeStringProperty("state", "matched");
        writeMatch("match", matched.match());
        json.writeStringProperty("differences", run.differences(matched.match()));
        json.writeName("made");
        write(matched.made());
        json.writeName("earlier").writeStartArray();
        matched.earlier().forEach(this::write);
        json.writeEndArray();
        json.writeName("rivals").writeStartArray();
        matched.rivals().forEach(this::write);
        json.writeEndArray();
    }

    private void writeMatch(String name, int match) {
        if (match == Breaks.NONE) {
            json.writeNullProperty(name);
            return;
        }
        Matches matches = run.matches();
        json.writeName(name).writeStartObject();
        json.writeStringProperty("match_id", run.matchId(match));
        json.writeStringProperty("pass", run.passName(matches.pass(match)));
        json.writeStringProperty("status", matches.status(match).word());
        json.writeBooleanProperty("ambiguous", matches.isAmbiguous(match));
        json.writeStringProperty("cardinality", matches.cardinality(match));
        json.writeNumberProperty("score", JsonPage.score(matches.score(match)));
        json.writeName("left_keys").writeStartArray();
        for (int i = 0; i < matches.leftCount(match); i++) {
            json.writeString(run.key(Side.LEFT, matches.left(match, i)));
        }
        json.writeEndArray();
        json.writeName("right_keys").writeStartArray();
        for (int i = 0; i < matches.rightCount(match); i++) {
            json.writeString(run.key(Side.RIGHT, matches.right(match, i)));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Explanation.Open open, Optional<OutcomeFiles.BreakRow> written) {
        json.writeStringProperty("state", "break");
        json.writeStringProperty("kind", written.map(OutcomeFiles.BreakRow::kind).orElse(""));
        json.writeStringProperty("reason", written.map(OutcomeFiles.BreakRow::reason).orElse(""));
        if (open.twin() != Breaks.NONE) {
            json.writeStringProperty("twin", run.key(open.side(), open.twin()));
        }
        json.writeName("nearest").writeStartArray();
        open.nearest().forEach(this::write);
        json.writeEndArray();
    }

    private void write(NearRecord near) {
        json.writeStartObject();
        json.writeStringProperty("side", near.side().word());
        json.writeStringProperty("key", run.key(near.side(), near.row()));
        json.writeNumberProperty("agreeing_fields", near.agreeing());
        writeMatch("match", near.match());
        json.writeName("passes").writeStartArray();
        near.trials().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Trial trial) {
        json.writeStartObject();
        json.writeStringProperty("pass", run.passName(trial.pass()));
        switch (trial.verdict()) {
            case Verdict.Matched _ -> json.writeStringProperty("verdict", "matched");
            case Verdict.Failed _ -> json.writeStringProperty("verdict", "failed");
            case Verdict.Outbid _ -> json.writeStringProperty("verdict", "outbid");
            case Verdict.Taken taken -> {
                json.writeStringProperty("verdict", "taken");
                json.writeStringProperty("taken_side", taken.side().word());
                writeMatch("taken_by", taken.match());
            }
            case Verdict.Ungrouped ungrouped -> {
                json.writeStringProperty("verdict", "ungrouped");
                json.writeStringProperty("ungrouped_side", ungrouped.side().word());
            }
        }
        writeKeys("left_keys", Side.LEFT, trial.lefts());
        writeKeys("right_keys", Side.RIGHT, trial.rights());
        if (trial.score() >= 0) {
            json.writeNumberProperty("score", JsonPage.score(trial.score()));
        }
        json.writeName("comparisons").writeStartArray();
        trial.checks().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeKeys(String name, Side side, List<Integer> rows) {
        json.writeName(name).writeStartArray();
        rows.forEach(row -> json.writeString(run.key(side, row)));
        json.writeEndArray();
    }

    private void write(Check check) {
        json.writeStartObject();
        json.writeStringProperty("field", check.comparison().field());
        json.writeStringProperty("comparison", PlanWords.of(check.comparison().comparison()));
        json.writeNumberProperty("weight", new BigDecimal(plain(check.comparison().weight())));
        json.writeBooleanProperty("met", check.isMet());
        if (check.isMet()) {
            json.writeNumberProperty("score", JsonPage.score(check.score()));
        }
        writeText("left", check.left());
        writeText("right", check.right());
        write(check.finding());
        json.writeEndObject();
    }

    /// The decimal that the plan wrote.
    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private void write(Finding finding) {
        switch (finding) {
            case Finding.Plain _ -> {
                // Being met or not is all there is to say.
            }
            case Finding.Absent _ -> json.writeStringProperty("finding", "absent");
            case Finding.OtherCurrency _ -> json.writeStringProperty("finding", "other currency");
            case Finding.Unreached _ -> json.writeStringProperty("finding", "not added up");
            case Finding.TooLarge _ -> json.writeStringProperty("finding", "too large");
            case Finding.Alike alike ->
                    json.writeNumberProperty("similarity", JsonPage.score(alike.similarity()));
            case Finding.Apart apart -> {
                json.writeStringProperty("gap", apart.gap().toPlainString());
                json.writeStringProperty("limit", apart.limit().toPlainString());
                if (apart.unit() != Check.Unit.OWN) {
                    json.writeStringProperty("unit", apart.unit().name().toLowerCase(Locale.ROOT));
                }
            }
            case Finding.Choices choices -> {
                json.writeNumberProperty("choices", choices.choices());
                json.writeNumberProperty("most_choices", choices.most());
                json.writeStringProperty("gap", choices.gap().toPlainString());
            }
        }
    }
}
