package io.tieout.cli;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.PassEstimate;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.Reject;
import io.tieout.formats.source.SourceRead;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// What a check found, for people or as JSON.
final class CheckReport {
    private static final int REJECTS_SHOWN = 5;

    private final PlanFile plan;
    private final RunOptions options;
    private final Map<Side, SourceRead> sources = new EnumMap<>(Side.class);
    private final List<PassEstimate> estimates = new ArrayList<>();

    CheckReport(PlanFile plan, RunOptions options) {
        this.plan = plan;
        this.options = options;
    }

    void add(Side side, SourceRead source) {
        sources.put(side, source);
    }

    void add(List<PassEstimate> ofPasses) {
        estimates.addAll(ofPasses);
    }

    /// Whether both sides could be read.
    boolean isWhole() {
        return sources.size() == Side.values().length;
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(JsonPage.of(this::write));
            return;
        }
        Plan of = plan.plan();
        out.println(
                "plan is fine: "
                        + counted(of.fields().size(), "field", "fields")
                        + ", "
                        + counted(of.passes().size(), "pass", "passes"));
        sources.forEach((side, source) -> print(out, side, source));
        printEstimates(out);
    }

    private static String counted(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    private static void print(PrintStream out, Side side, SourceRead source) {
        List<Reject> rejects = source.rejects();
        out.println(
                side.word()
                        + ": "
                        + source.info().name()
                        + ": "
                        + source.info().format().word()
                        + ", "
                        + counted(source.table().rows(), "record", "records")
                        + ", "
                        + counted(rejects.size(), "row", "rows")
                        + " rejected");
        for (Reject reject : rejects.subList(0, Math.min(REJECTS_SHOWN, rejects.size()))) {
            out.println(
                    "  line "
                            + reject.line()
                            + ": "
                            + (reject.column().isEmpty()
                                    ? "the row "
                                    : "the value of `" + reject.column() + "` ")
                            + reject.reason());
        }
        if (rejects.size() > REJECTS_SHOWN) {
            out.printf(Locale.ROOT, "  … and %,d more%n", rejects.size() - REJECTS_SHOWN);
        }
    }

    private void printEstimates(PrintStream out) {
        if (estimates.isEmpty()) {
            return;
        }
        int width = 4;
        for (PassEstimate estimate : estimates) {
            width = Math.max(width, estimate.pass().length());
        }
        String row = "%-" + width + "s  %21s  %s%n";
        out.println();
        out.printf(Locale.ROOT, row, "pass", "pairs at most", "found by");
        for (PassEstimate estimate : estimates) {
            out.printf(
                    Locale.ROOT,
                    row,
                    estimate.pass(),
                    String.format(Locale.ROOT, "%,d", estimate.pairs()),
                    estimate.method()
                            + (estimate.pairs() > options.maxPairs() ? " (above the limit)" : ""));
        }
        out.printf(Locale.ROOT, "the limit of a pass is %,d pairs%n", options.maxPairs());
    }

    private void write(JsonGenerator json) {
        json.writeName("plan").writeStartObject();
        json.writeStringProperty("name", plan.name());
        json.writeStringProperty("digest", plan.digest());
        json.writeNumberProperty("fields", plan.plan().fields().size());
        json.writeNumberProperty("passes", plan.plan().passes().size());
        json.writeEndObject();
        json.writeName("sources").writeStartObject();
        sources.forEach((side, source) -> write(json, side, source));
        json.writeEndObject();
        json.writeNumberProperty("max_pairs", options.maxPairs());
        json.writeName("estimates").writeStartArray();
        for (PassEstimate estimate : estimates) {
            json.writeStartObject();
            json.writeStringProperty("pass", estimate.pass());
            json.writeNumberProperty("pairs", estimate.pairs());
            json.writeStringProperty("method", estimate.method());
            json.writeBooleanProperty("allowed", estimate.pairs() <= options.maxPairs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Side side, SourceRead source) {
        json.writeName(side.word()).writeStartObject();
        json.writeStringProperty("name", source.info().name());
        json.writeStringProperty("format", source.info().format().word());
        json.writeStringProperty("sha256", source.info().sha256());
        json.writeNumberProperty("records", source.table().rows());
        json.writeNumberProperty("rejects", source.rejects().size());
        json.writeEndObject();
    }
}
