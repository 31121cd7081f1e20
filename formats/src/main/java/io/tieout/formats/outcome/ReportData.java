package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.ControlTotals;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What the report shows, as JSON.
final class ReportData {
    private final RunRecord run;
    private final Outcome outcome;
    private final Optional<String> amount;

    ReportData(RunRecord run) {
        this.run = run;
        this.outcome = run.outcome();
        this.amount = LargestBreaks.rankedBy(run);
    }

    String json() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("amount", amount.orElse(""));
            json.writeName("fields").writeStartArray();
            run.plan().fields().forEach(field -> json.writeString(field.name()));
            json.writeEndArray();
            writeRecords(json);
            writePasses(json);
            writeKinds(json);
            writeValues(json);
            writeTotals(json);
            writeDigests(json);
            // Last, for they stop where the page would become too large.
            ReportRows rows = new ReportRows(run);
            rows.writeBreaks(json, text::size);
            rows.writeMatches(json, text::size);
            json.writeEndObject();
        }
        return text.toString(StandardCharsets.UTF_8);
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

    /// What the values of breaks are added up by. There is no sum over currencies.
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
                    json.writeStringProperty("sum", ShownAmount.of(sum, key.currency()));
                    json.writeEndObject();
                });
        json.writeEndArray();
    }

    private void writeTotals(JsonGenerator json) {
        json.writeName("totals").writeStartArray();
        for (Map.Entry<String, List<Summary.Total>> entry : Summary.totals(run).entrySet()) {
            String currency = entry.getKey();
            for (Summary.Total total : entry.getValue()) {
                json.writeStartObject();
                json.writeStringProperty("currency", currency);
                json.writeStringProperty("side", total.side().word());
                json.writeStringProperty("field", total.field());
                json.writeStringProperty("in", ShownAmount.of(total.in(), currency));
                json.writeStringProperty("matches", ShownAmount.of(total.matches(), currency));
                json.writeStringProperty("breaks", ShownAmount.of(total.breaks(), currency));
                json.writeStringProperty("rejects", ShownAmount.of(total.rejects(), currency));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
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
