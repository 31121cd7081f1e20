package io.tieout.cli;

import io.tieout.formats.outcome.PlanWords;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// What `--json` prints: one object, indented as `summary.json` is.
final class JsonPage {
    static final JsonFactory JSON = new JsonFactory();

    private JsonPage() {}

    /// The object whose properties `writer` writes.
    static String of(Consumer<JsonGenerator> writer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(new Indented(), text)) {
            json.writeStartObject();
            writer.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /// A score with as many of four decimals as it has, rounded down as outcome files have it.
    static BigDecimal score(double score) {
        return PlanWords.score(score);
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
}
