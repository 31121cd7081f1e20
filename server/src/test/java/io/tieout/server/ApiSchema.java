package io.tieout.server;

import io.tieout.server.http.Route;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the server's own document says of the input of its routes.
final class ApiSchema {
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final JsonNode document;

    ApiSchema(JsonNode document) {
        this.document = document;
    }

    private JsonNode operation(Route<?, ?> route) {
        return document.path("paths")
                .path(route.template())
                .path(route.method().toLowerCase(java.util.Locale.ROOT));
    }

    /// The schema of a route's JSON body.
    JsonNode body(Route<?, ?> route) {
        return operation(route).at("/requestBody/content/application~1json/schema");
    }

    /// A parameter of a query.
    record Parameter(String name, JsonNode schema) {}

    /// The parameters of a route's query.
    List<Parameter> query(Route<?, ?> route) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode parameter : operation(route).path("parameters")) {
            if (parameter.path("in").asString().equals("query")) {
                parameters.add(
                        new Parameter(
                                parameter.path("name").asString(),
                                resolved(parameter.path("schema"))));
            }
        }
        return parameters;
    }

    /// The statuses of success that a route documents.
    List<Integer> successes(Route<?, ?> route) {
        List<Integer> statuses = new ArrayList<>();
        for (String status : operation(route).path("responses").propertyNames()) {
            if (!status.equals("default")) {
                statuses.add(Integer.valueOf(status));
            }
        }
        return statuses;
    }

    /// A schema without references, and without the null that an optional member may be.
    JsonNode resolved(JsonNode schema) {
        if (schema.has("anyOf")) {
            return resolved(schema.path("anyOf").get(0));
        }
        return schema.has("$ref")
                ? document.at(schema.path("$ref").asString().substring(1))
                : schema;
    }

    /// Whether a value is surely none that the schema takes. What a schema cannot tell, such as
    /// control characters, is not said here.
    boolean refuses(JsonNode schema, JsonNode value) {
        if (value.isNull()) {
            return !schema.has("anyOf") && !isFree(schema);
        }
        JsonNode simple = resolved(schema);
        return switch (simple.path("type").asString("")) {
            case "string" -> refusesText(simple, value);
            case "integer" ->
                    !value.isIntegralNumber()
                            || !value.canConvertToLong()
                            || value.longValue() < simple.path("minimum").asLong(Long.MIN_VALUE)
                            || value.longValue() > simple.path("maximum").asLong(Long.MAX_VALUE);
            case "number" -> !value.isNumber();
            case "boolean" -> !value.isBoolean();
            case "array" -> refusesList(simple, value);
            case "object" -> refusesObject(simple, value);
            default -> false;
        };
    }

    /// Whether any JSON fits.
    boolean isFree(JsonNode schema) {
        return !resolved(schema).has("type");
    }

    private static boolean refusesText(JsonNode schema, JsonNode value) {
        String pattern = schema.path("pattern").asString("");
        if (!value.isString()) {
            // Decimals are taken as numbers too.
            return !(value.isNumber() && pattern.startsWith("^-?[0-9]"));
        }
        String text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        return length < schema.path("minLength").asInt(0)
                || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)
                || (!pattern.isEmpty() && !text.matches(pattern))
                || !fits(schema.path("format").asString(""), text)
                || (schema.has("enum")
                        && schema.path("enum")
                                .valueStream()
                                .noneMatch(one -> one.asString().equals(text)));
    }

    private static boolean fits(String format, String text) {
        return switch (format) {
            case "uuid" -> text.matches(UUID_FORM);
            case "date" -> isDay(text);
            default -> true;
        };
    }

    private static boolean isDay(String text) {
        try {
            return text.length() == 10 && LocalDate.parse(text).getYear() >= 0;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private boolean refusesList(JsonNode schema, JsonNode value) {
        return !value.isArray()
                || value.size() < schema.path("minItems").asInt(0)
                || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)
                || value.valueStream().anyMatch(one -> refuses(schema.path("items"), one));
    }

    private boolean refusesObject(JsonNode schema, JsonNode value) {
        if (!value.isObject()) {
            return true;
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asString())) {
                return true;
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode known = schema.path("properties").path(member.getKey());
            if (known.isMissingNode() || refuses(known, member.getValue())) {
                return true;
            }
        }
        return false;
    }

    /// As [#refuses], for the text of a parameter of a query.
    boolean refusesInQuery(JsonNode schema, String text) {
        return switch (schema.path("type").asString("")) {
            case "array" -> {
                Optional<String> wrong =
                        List.of(text.split(",", -1)).stream()
                                .filter(one -> refusesInQuery(schema.path("items"), one))
                                .findFirst();
                yield wrong.isPresent();
            }
            case "integer" ->
                    !text.matches("-?[0-9]{1,18}")
                            || refuses(
                                    schema,
                                    JsonNodeFactory.instance.numberNode(Long.parseLong(text)));
            case "boolean" -> !text.equals("true") && !text.equals("false");
            default -> refuses(schema, JsonNodeFactory.instance.stringNode(text));
        };
    }
}
