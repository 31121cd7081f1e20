package io.tieout.cli;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON into its plain values by JSON pointer.
final class TestingJson {
    private TestingJson() {}

    static Map<String, String> values(String json) {
        Map<String, String> values = new TreeMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    String pointer = parser.streamReadContext().pathAsPointer().toString();
                    values.put(pointer, parser.getString());
                }
            }
        }
        return values;
    }

    static String value(String json, String pointer) {
        String value = values(json).get(pointer);
        if (value == null) {
            throw new AssertionError("no " + pointer + " in " + json);
        }
        return value;
    }
}
