package io.tieout.server.http;

import io.tieout.server.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads requests into records and writes records as answers.
public final class Json {
    private static final int DEEPEST = 40;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_TEXT = 2_000_000;
    private static final int LONGEST_NAME = 1_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .maxStringLength(LONGEST_TEXT)
                                    .maxNameLength(LONGEST_NAME)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();
    private static final JsonMapper MAPPER =
            JsonMapper.builder(FACTORY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Json() {}

    /// A JSON text as a tree.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is none, or passes a limit
    public static JsonNode tree(byte[] body) {
        if (body.length == 0) {
            throw Problem.malformed("the body is empty; send a JSON object").exception();
        }
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where =
                    at == null || at.getLineNr() < 1
                            ? ""
                            : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Problem.malformed(
                            "the body is not the JSON that is taken here"
                                    + where
                                    + " (at most "
                                    + DEEPEST
                                    + " levels, numbers of "
                                    + LONGEST_NUMBER
                                    + " digits, no member twice)")
                    .exception();
        }
    }

    /// A JSON text that this program wrote, as a tree.
    public static JsonNode tree(String text) {
        return MAPPER.readTree(text);
    }

    /// A body as a record.
    ///
    /// @throws io.tieout.server.problem.ProblemException naming everything that is wrong with it
    public static <T> T read(JsonNode body, Class<T> record) {
        return read(body, record, new Reading(false));
    }

    /// The parameters of a query as a record. None may be given twice.
    static <T> T readQuery(Map<String, List<String>> parameters, Class<T> record) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Reading reading = new Reading(true);
        parameters.forEach(
                (name, values) -> {
                    if (values.size() > 1) {
                        reading.at(name, () -> reading.wrong("is given more than once"));
                    }
                    node.put(name, values.isEmpty() ? "" : values.getFirst());
                });
        return read(node, record, reading);
    }

    private static <T> T read(JsonNode node, Class<T> record, Reading reading) {
        @Nullable Object value = Shapes.of(record).read(node, reading);
        if (value == null || !reading.errors().isEmpty()) {
            throw Problem.invalid(reading.errors()).exception();
        }
        return record.cast(value);
    }

    /// A record as JSON.
    public static byte[] write(Object record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            Shapes.of(record.getClass()).write(record, out);
        }
        return bytes.toByteArray();
    }

    /// Maps, lists, texts and numbers as JSON: for what has no record, such as the documentation.
    public static byte[] writeTree(Object tree) {
        return MAPPER.writeValueAsBytes(tree);
    }
}
