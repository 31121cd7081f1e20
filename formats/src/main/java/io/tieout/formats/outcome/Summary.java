package io.tieout.formats.outcome;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.ControlTotals;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.formats.source.RejectedTotal;
import io.tieout.formats.source.SourceInfo;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// The summary of a run as JSON: `summary.json`, and what `--json` prints. Amounts are strings, for
/// a JSON number may lose digits on its way.
public final class Summary {
    private static final JsonFactory JSON = new JsonFactory();

    private final RunRecord run;
    private final Outcome outcome;
    private final JsonGenerator json;

    private Summary(RunRecord run, JsonGenerator json) {
        this.run = run;
        this.outcome = run.outcome();
        this.json = json;
    }

    /// The summary, with a line end after its last brace.
    ///
    /// @throws FailureException when the control totals do not tie out with the rejects
    public static String json(RunRecord run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(new Indented(), text)) {
            new Summary(run, json).write();
        }
        return text.append('\n').toString();
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter()
                    .withObjectIndenter(indenter)
                    .withArrayIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private void write() {
        json.writeStartObject();
        writeCounts();
        writeControlTotals();
        json.writeName("digests").writeStartObject();
        json.writeStringProperty("left", run.left().info().sha256());
        json.writeStringProperty("right", run.right().info().sha256());
        json.writeStringProperty("plan", run.planDigest());
        json.writeStringProperty("outcome", outcome.digest());
        json.writeEndObject();
        json.writeName("seconds").writeStartObject();
        for (Map.Entry<String, Duration> phase : run.phases().entrySet()) {
            json.writeNumberProperty(phase.getKey(), seconds(phase.getValue().toNanos()));
        }
        json.writeEndObject();
        json.writeStringProperty("engine_version", run.engineVersion());
        json.writeName("sources").writeStartObject();
        for (Side side : Side.values()) {
            json.writeName(side.word());
            writeSource(run.source(side).info());
        }
        json.writeEndObject();
        json.writeStringProperty("plan_file", run.planName());
        json.writeName("plan");
        try (JsonParser plan = JSON.createParser(ObjectReadContext.empty(), run.planJson())) {
            plan.nextToken();
            json.copyCurrentStructure(plan);
        }
        json.writeEndObject();
    }

    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(3, RoundingMode.HALF_EVEN);
    }

    private void writeSource(SourceInfo info) {
        json.writeStartObject();
        json.writeStringProperty("name", info.name());
        json.writeStringProperty("format", info.format().word());
        json.writeStringProperty("compression", info.compression());
        json.writeStringProperty("sha256", info.sha256());
        json.writeNumberProperty("bytes", info.bytes());
        json.writeNumberProperty("rows", info.rows());
        json.writeEndObject();
    }

    private void writeCounts() {
        ControlTotals totals = outcome.totals();
        json.writeName("counts").writeStartObject();
        writeSides("records", totals.leftRecords(), totals.rightRecords());
        writeSides("matched_records", totals.leftMatched(), totals.rightMatched());
        json.writeName("match_rate").writeStartObject();
        json.writeNumberProperty("left", rate(totals.leftMatched(), totals.leftRecords()));
        json.writeNumberProperty("right", rate(totals.rightMatched(), totals.rightRecords()));
        json.writeEndObject();
        writeMatches();
        writeBreaks();
        writeSides("rejects", run.left().rejects().size(), run.right().rejects().size());
        json.writeEndObject();
    }

    /// Rounded down, so that 1 is said only where everything matched.
    static BigDecimal rate(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 4, RoundingMode.DOWN);
    }

    private void writeSides(String name, long left, long right) {
        json.writeName(name).writeStartObject();
        json.writeNumberProperty("left", left);
        json.writeNumberProperty("right", right);
        json.writeEndObject();
    }

    private void writeMatches() {
        Matches matches = outcome.matches();
        int passes = outcome.passes().size();
        long[] lefts = new long[passes];
        long[] rights = new long[passes];
        for (int m = 0; m < matches.size(); m++) {
            lefts[matches.pass(m)] += matches.leftCount(m);
            rights[matches.pass(m)] += matches.rightCount(m);
        }
        long suggested = 0;
        long ambiguous = 0;
        for (Outcome.PassReport pass : outcome.passes()) {
            suggested += pass.suggested();
            ambiguous += pass.ambiguous();
        }
        json.writeName("matches").writeStartObject();
        json.writeNumberProperty("total", matches.size());
        json.writeNumberProperty("confirmed", matches.size() - suggested);
        json.writeNumberProperty("suggested", suggested);
        json.writeNumberProperty("ambiguous", ambiguous);
        json.writeName("by_pass").writeStartArray();
        for (int p = 0; p < passes; p++) {
            Outcome.PassReport pass = outcome.passes().get(p);
            json.writeStartObject();
            json.writeStringProperty("name", pass.name());
            json.writeNumberProperty("confirmed", pass.confirmed());
            json.writeNumberProperty("suggested", pass.suggested());
            json.writeNumberProperty("ambiguous", pass.ambiguous());
            json.writeNumberProperty("left_records", lefts[p]);
            json.writeNumberProperty("right_records", rights[p]);
            json.writeNumberProperty("estimated_pairs", pass.estimatedPairs());
            json.writeNumberProperty("approximated_components", pass.approximated());
            json.writeNumberProperty("seconds", seconds(pass.nanos()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeBreaks() {
        json.writeName("breaks").writeStartObject();
        json.writeNumberProperty(
                "total", (long) outcome.leftBreaks().size() + outcome.rightBreaks().size());
        for (Side side : Side.values()) {
            Breaks breaks = outcome.breaks(side);
            long[] counts = new long[Breaks.Kind.values().length];
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

    private void writeControlTotals() {
        json.writeName("control_totals").writeStartObject();
        for (Map.Entry<String, List<Total>> currency : totals(run).entrySet()) {
            json.writeName(currency.getKey()).writeStartObject();
            for (Side side : Side.values()) {
                json.writeName(side.word()).writeStartObject();
                for (Total total : currency.getValue()) {
                    if (total.side() == side) {
                        json.writeName(total.field()).writeStartObject();
                        json.writeStringProperty("in", total.in().toPlainString());
                        json.writeStringProperty("matches", total.matches().toPlainString());
                        json.writeStringProperty("breaks", total.breaks().toPlainString());
                        json.writeStringProperty("rejects", total.rejects().toPlainString());
                        json.writeEndObject();
                    }
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /// One control total: `in` is `matches` plus `breaks` plus `rejects`.
    record Total(
            String field,
            Side side,
            BigDecimal in,
            BigDecimal matches,
            BigDecimal breaks,
            BigDecimal rejects) {}

    /// The control totals by currency, rejects included.
    ///
    /// @throws FailureException when one does not add up
    static Map<String, List<Total>> totals(RunRecord run) {
        Map<String, List<Total>> all = new TreeMap<>();
        for (ControlTotals.Line line : run.outcome().totals().lines()) {
            BigDecimal rejects = rejected(run, line.side(), line.field(), line.currency());
            Total total =
                    new Total(
                            line.field(),
                            line.side(),
                            line.in().add(rejects),
                            line.matched(),
                            line.open(),
                            rejects);
            add(all, line.currency(), total);
        }
        for (Side side : Side.values()) {
            for (RejectedTotal rejected : run.source(side).rejectedTotals()) {
                boolean known =
                        all.getOrDefault(rejected.currency(), List.of()).stream()
                                .anyMatch(
                                        total ->
                                                total.side() == side
                                                        && total.field().equals(rejected.field()));
                if (!known) {
                    BigDecimal sum = rejected.total();
                    BigDecimal none = BigDecimal.ZERO;
                    Total total = new Total(rejected.field(), side, sum, none, none, sum);
                    add(all, rejected.currency(), total);
                }
            }
        }
        return all;
    }

    private static void add(Map<String, List<Total>> all, String currency, Total total) {
        BigDecimal out = total.matches().add(total.breaks()).add(total.rejects());
        if (total.in().compareTo(out) != 0) {
            throw new FailureException(
                    new Failure.UnprovenOutcome(
                            Place.UNKNOWN,
                            "the "
                                    + total.side().word()
                                    + " total of "
                                    + total.field()
                                    + " in "
                                    + currency
                                    + " does not tie out",
                            "keep the sources and the plan, and report it as a defect"));
        }
        all.computeIfAbsent(currency, _ -> new ArrayList<>()).add(total);
    }

    private static BigDecimal rejected(RunRecord run, Side side, String field, String currency) {
        return run.source(side).rejectedTotals().stream()
                .filter(total -> total.field().equals(field) && total.currency().equals(currency))
                .map(RejectedTotal::total)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
