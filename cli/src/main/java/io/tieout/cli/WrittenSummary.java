package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.PlanFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// What `summary.json` says of the run that wrote it: the plan, and which sources it read.
final class WrittenSummary {
    private static final String NAME = "summary.json";

    private final PlanFile plan;
    private final Map<String, String> values;

    private WrittenSummary(PlanFile plan, Map<String, String> values) {
        this.plan = plan;
        this.values = values;
    }

    /// @param dir the folder that a reconciliation wrote
    /// @throws FailureException when it holds no summary, or not a whole one
    static WrittenSummary read(Path dir) {
        Path file = dir.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw OutcomeFiles.missing(dir, NAME);
        }
        Map<String, String> values = new HashMap<>();
        try {
            StringWriter plan = new StringWriter();
            walk(Files.readAllBytes(file), values, plan);
            PlanFile parsed =
                    PlanFile.parse(
                            file + " (/plan)", plan.toString().getBytes(StandardCharsets.UTF_8));
            WrittenSummary summary = new WrittenSummary(parsed, values);
            if (!parsed.digest().equals(summary.value("/digests/plan"))) {
                throw damaged(file, "its plan is not the one that its digest is of", null);
            }
            for (Side side : Side.values()) {
                summary.sha256(side);
                summary.sourceName(side);
            }
            return summary;
        } catch (IOException e) {
            throw damaged(file, "cannot be read", e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw damaged(file, "is not a summary that tieout wrote", e);
        }
    }

    private static FailureException damaged(Path file, String problem, @Nullable Exception cause) {
        Failure failure =
                new Failure.UnreadableSource(
                        Place.of(file.toString()), problem, "run `tieout reconcile --out` again");
        return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
    }

    /// Keeps every plain value by its JSON pointer, and the plan as a text.
    private static void walk(byte[] json, Map<String, String> values, StringWriter plan) {
        try (JsonParser parser = JsonPage.JSON.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String pointer = parser.streamReadContext().pathAsPointer().toString();
                if (token == JsonToken.START_OBJECT && pointer.equals("/plan")) {
                    try (JsonGenerator copy =
                            JsonPage.JSON.createGenerator(ObjectWriteContext.empty(), plan)) {
                        copy.copyCurrentStructureExact(parser);
                    }
                } else if (token.isScalarValue()) {
                    values.put(pointer, parser.getString());
                }
            }
        }
    }

    private String value(String pointer) {
        String value = values.get(pointer);
        if (value == null) {
            throw new IllegalArgumentException("no " + pointer);
        }
        return value;
    }

    /// The plan of the run.
    PlanFile plan() {
        return plan;
    }

    /// What the run called a side's source.
    String sourceName(Side side) {
        return value("/sources/" + side.word() + "/name");
    }

    /// The digest of a side's source, 64 hexadecimal digits.
    String sha256(Side side) {
        return value("/digests/" + side.word());
    }

    /// Which engine ran it.
    String engineVersion() {
        return value("/engine_version");
    }
}
