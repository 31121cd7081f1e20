package io.tieout.server.http;

import io.tieout.server.problem.InputError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// One reading of an input: where it is, and what was wrong so far.
final class Reading {
    private static final int MOST_ERRORS = 50;

    private final boolean fromText;
    private final List<String> path = new ArrayList<>();
    private final List<InputError> errors = new ArrayList<>();

    /// @param fromText whether every value is a text, as in a query
    Reading(boolean fromText) {
        this.fromText = fromText;
    }

    boolean fromText() {
        return fromText;
    }

    List<InputError> errors() {
        return errors;
    }

    /// Notes what is wrong here, and gives null.
    @Nullable Object wrong(String problem) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new InputError(pointer(), problem));
        }
        return null;
    }

    /// Reads one step further in.
    @Nullable Object at(String step, Supplier<@Nullable Object> read) {
        path.add(step);
        try {
            return read.get();
        } finally {
            path.removeLast();
        }
    }

    /// A list in a query, which is separated by commas.
    JsonNode split(JsonNode text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String item : text.stringValue().split(",", -1)) {
            list.add(item);
        }
        return list;
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (String step : path) {
            pointer.append(fromText ? "?" : "/").append(step.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
