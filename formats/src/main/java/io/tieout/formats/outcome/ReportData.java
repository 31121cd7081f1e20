package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.ControlTotals;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Table;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What the report shows, as JSON.
final class ReportData {
    private static final int MATCHES_SHOWN = 500;
    private static final int KEYS_SHOWN = 20;
    private static final int TEXT_SHOWN = 200;

    private final RunRecord run;
    private final Outcome outcome;
    private final Differences differences;
    private final OutcomeTables tables;
    private final Optional<String> amount;

    ReportData(RunRecord run) {
        this.run = run;
        this.outcome = run.outcome();
        this.differences = new Differences(run);
        this.tables = new OutcomeTables(run);
        this.amount =
                run.plan().fields().stream()
                        .filter(field -> field.type() instanceof FieldType.Amount)
                        .map(Field::name)
                        .findFirst();
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty(
                    "subject",
                    run.left().info().name()
                            + " against "
                            + run.right().info().name()
                            + ", by "
                            + run.planName());
            json.writeStringProperty("amount", amount.orElse(""));
            json.writeName("fields").writeStartArray();
            run.plan().fields().forEach(field -> json.writeString(field.name()));
            json.writeEndArray();
            writeRecords(json);
            writePasses(json);
            writeKinds(json);
            writeValues(json);
            writeTotals(json);
            writeBreaks(json);
            writeMatches(json);
            writeDigests(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void writeRecords(JsonGenerator json) {
        ControlTotals totals = outcome.totals();
        json.writeName("records").writeStartObject();
        for (Side side : Side.values()) {
            boolean left = side == Side.LEFT;
            json.writeName(side.word()).writeStartObject();
            json.writeNumberProperty(
                    "records", left ? totals.leftRecords() : totals.rightRecords());
            json.writeNumberProperty(
                    "matched", left ? totals.leftMatched() : totals.rightMatched());
            json.writeNumberProperty("rejects", run.source(side).rejects().size());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writePasses(JsonGenerator json) {
        Matches matches = outcome.matches();
        int count = outcome.passes().size();
        long[][] records = new long[2][count];
        for (int m = 0; m < matches.size(); m++) {
            records[0][matches.pass(m)] += matches.leftCount(m);
            records[1][matches.pass(m)] += matches.rightCount(m);
        }
        long suggested = 0;
        json.writeName("passes").writeStartArray();
        for (int p = 0; p < count; p++) {
            Outcome.PassReport pass = outcome.passes().get(p);
            suggested += pass.suggested();
            json.writeStartObject();
            json.writeStringProperty("name", pass.name());
            json.writeNumberProperty("confirmed", pass.confirmed());
            json.writeNumberProperty("suggested", pass.suggested());
            json.writeNumberProperty("ambiguous", pass.ambiguous());
            json.writeNumberProperty("left", records[0][p]);
            json.writeNumberProperty("right", records[1][p]);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("suggested", suggested);
    }

    private void writeKinds(JsonGenerator json) {
        json.writeName("kinds").writeStartObject();
        for (Side side : Side.values()) {
            long[] counts = new long[Breaks.Kind.values().length];
            Breaks breaks = outcome.breaks(side);
            for (int b = 0; b < breaks.size(); b++) {
                counts[breaks.kind(b).ordinal()]++;
            }
            json.writeName(side.word()).writeStartObject();
            for (Breaks.Kind kind : Breaks.Kind.values()) {
                json.writeNumberProperty(kind.word(), counts[kind.ordinal()]);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /// What the values of breaks are added up by.
    private record ValueKey(String currency, Side side, Breaks.Kind kind)
            implements Comparable<ValueKey> {
        @Override
        public int compareTo(ValueKey other) {
            int byCurrency = currency.compareTo(other.currency);
            int bySide = side.compareTo(other.side);
            return byCurrency != 0 ? byCurrency : bySide != 0 ? bySide : kind.compareTo(other.kind);
        }
    }

    private void writeValues(JsonGenerator json) {
        Map<ValueKey, BigDecimal> sums = new TreeMap<>();
        for (Side side : Side.values()) {
            Breaks breaks = outcome.breaks(side);
            if (amount.isPresent()
                    && run.table(side).field(amount.get()) instanceof AmountColumn amounts) {
                for (int b = 0; b < breaks.size(); b++) {
                    int row = breaks.row(b);
                    if (!amounts.isAbsent(row)) {
                        sums.merge(
                                new ValueKey(amounts.currency(row), side, breaks.kind(b)),
                                BigDecimal.valueOf(amounts.unscaled(row), amounts.scale()).abs(),
                                BigDecimal::add);
                    }
                }
            }
        }
        json.writeName("values").writeStartArray();
        sums.forEach(
                (key, sum) -> {
                    json.writeStartObject();
                    json.writeStringProperty("currency", key.currency());
                    json.writeStringProperty("side", key.side().word());
                    json.writeStringProperty("kind", key.kind().word());
                    json.writeStringProperty("sum", sum.toPlainString());
                    json.writeEndObject();
                });
        json.writeEndArray();
    }

    private void writeTotals(JsonGenerator json) {
        json.writeName("totals").writeStartArray();
        Summary.totals(run)
                .forEach(
                        (currency, totals) ->
                                totals.forEach(
                                        total -> {
                                            json.writeStartObject();
                                            json.writeStringProperty("currency", currency);
                                            json.writeStringProperty("side", total.side().word());
                                            json.writeStringProperty("field", total.field());
                                            json.writeStringProperty(
                                                    "in", total.in().toPlainString());
                                            json.writeStringProperty(
                                                    "matches", total.matches().toPlainString());
                                            json.writeStringProperty(
                                                    "breaks", total.breaks().toPlainString());
                                            json.writeStringProperty(
                                                    "rejects", total.rejects().toPlainString());
                                            json.writeEndObject();
                                        }));
        json.writeEndArray();
    }

    private void writeBreaks(JsonGenerator json) {
        json.writeName("breaks").writeStartObject();
        json.writeNumberProperty(
                "total", (long) outcome.leftBreaks().size() + outcome.rightBreaks().size());
        json.writeName("shown").writeStartArray();
        for (LargestBreaks.Entry entry : LargestBreaks.of(run, LargestBreaks.MOST)) {
            writeBreak(json, entry);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeBreak(JsonGenerator json, LargestBreaks.Entry entry) {
        Side side = entry.side();
        Breaks breaks = outcome.breaks(side);
        int b = entry.index();
        int near = breaks.nearest(b);
        json.writeStartObject();
        json.writeStringProperty("side", side.word());
        json.writeStringProperty("key", shown(run.table(side).key(breaks.row(b))));
        json.writeStringProperty("kind", breaks.kind(b).word());
        json.writeStringProperty(
                "amount", entry.amount().map(BigDecimal::toPlainString).orElse(""));
        json.writeStringProperty("currency", entry.currency());
        json.writeStringProperty("reason", shown(tables.reason(side, breaks, b)));
        json.writeName("fields").writeStartArray();
        differences.names(breaks.fields(b)).forEach(json::writeString);
        json.writeEndArray();
        writeValues(json, "own", run.table(side), breaks.row(b));
        if (near == Breaks.NONE) {
            json.writeStringProperty("nearest", "");
        } else {
            json.writeStringProperty("nearest", shown(run.table(side.opposite()).key(near)));
            writeValues(json, "near", run.table(side.opposite()), near);
        }
        json.writeEndObject();
    }

    private void writeValues(JsonGenerator json, String name, Table table, int row) {
        json.writeName(name).writeStartArray();
        for (Field field : run.plan().fields()) {
            json.writeString(shown(table.field(field.name()).text(row)));
        }
        json.writeEndArray();
    }

    /// Matches that a reviewer should look at come first: ambiguous ones, suggested ones, ones with
    /// differences.
    private void writeMatches(JsonGenerator json) {
        Matches matches = outcome.matches();
        List<Integer> shown = new ArrayList<>();
        for (int urgency = 3; urgency >= 0 && shown.size() < MATCHES_SHOWN; urgency--) {
            for (int m = 0; m < matches.size() && shown.size() < MATCHES_SHOWN; m++) {
                if (urgency(matches, m) == urgency) {
                    shown.add(m);
                }
            }
        }
        json.writeName("matches").writeStartObject();
        json.writeNumberProperty("total", matches.size());
        json.writeName("shown").writeStartArray();
        for (int m : shown) {
            int[] lefts = MatchRows.lefts(matches, m);
            int[] rights = MatchRows.rights(matches, m);
            json.writeStartObject();
            json.writeNumberProperty("id", m + 1);
            json.writeStringProperty("left", keys(run.table(Side.LEFT), lefts));
            json.writeStringProperty("right", keys(run.table(Side.RIGHT), rights));
            json.writeStringProperty("pass", outcome.passes().get(matches.pass(m)).name());
            json.writeStringProperty(
                    "status", matches.isAmbiguous(m) ? "ambiguous" : matches.status(m).word());
            json.writeStringProperty("cardinality", matches.cardinality(m));
            json.writeStringProperty("score", OutcomeTables.score(matches.score(m)));
            json.writeStringProperty(
                    "differences",
                    String.join("; ", differences.of(matches.differences(m), lefts, rights)));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static int urgency(Matches matches, int m) {
        return matches.isAmbiguous(m)
                ? 3
                : matches.status(m) == io.tieout.engine.plan.Pass.Status.SUGGESTED
                        ? 2
                        : matches.differences(m) != 0 ? 1 : 0;
    }

    private static String keys(Table table, int[] rows) {
        String keys =
                String.join(
                        ", ",
                        IntStream.of(rows)
                                .limit(KEYS_SHOWN)
                                .mapToObj(row -> shown(table.key(row)))
                                .toList());
        return rows.length > KEYS_SHOWN ? keys + ", … (" + rows.length + ")" : keys;
    }

    private static String shown(String text) {
        return text.length() <= TEXT_SHOWN
                ? text
                : text.substring(
                                0,
                                text.offsetByCodePoints(
                                        0,
                                        Math.min(
                                                TEXT_SHOWN, text.codePointCount(0, text.length()))))
                        + "…";
    }

    private void writeDigests(JsonGenerator json) {
        json.writeName("digests").writeStartArray();
        for (Side side : Side.values()) {
            digest(
                    json,
                    side.word(),
                    run.source(side).info().name(),
                    run.source(side).info().sha256());
        }
        digest(json, "plan", run.planName(), run.planDigest());
        digest(json, "outcome", "engine " + run.engineVersion(), outcome.digest());
        json.writeEndArray();
    }

    private static void digest(JsonGenerator json, String name, String what, String value) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("what", what);
        json.writeStringProperty("value", value);
        json.writeEndObject();
    }
}
