package io.tieout.server.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// The form of a value in JSON: how it is read, written, limited and documented. Made from the type
/// of a record's component once; see [Shapes].
sealed interface Shape {
    /// The value that a node says, or null after telling what is wrong with it.
    @Nullable Object read(JsonNode node, Reading reading);

    /// Writes a value of this shape.
    void write(Object value, JsonGenerator out);

    /// The JSON Schema of it.
    ///
    /// @param input whether it is taken and not given: the limits are on what is taken
    Map<String, Object> schema(boolean input);

    private static Map<String, Object> schema(Object... keysAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            schema.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return schema;
    }

    /// Characters, within limits.
    record Characters(int min, int max, String pattern, boolean lines) implements Shape {
        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
        private static final Pattern CONTROL_BUT_LINES =
                Pattern.compile("[\\p{Cntrl}&&[^\\n\\r\\t]]");

        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            if (!node.isString()) {
                return reading.wrong("is not a text");
            }
            String text = node.stringValue();
            int length = text.codePointCount(0, text.length());
            if (length < min || length > max) {
                return reading.wrong(
                        "has " + length + " characters; allowed are " + min + " to " + max);
            }
            if ((lines ? CONTROL_BUT_LINES : CONTROL).matcher(text).find()) {
                return reading.wrong("has control characters");
            }
            if (hasLoneSurrogate(text)) {
                return reading.wrong("is not valid Unicode");
            }
            if (!pattern.isEmpty() && !Pattern.matches(pattern, text)) {
                return reading.wrong("does not match " + pattern);
            }
            return text;
        }

        private static boolean hasLoneSurrogate(String text) {
            return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeString((String) value);
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            if (!input) {
                return Shape.schema("type", "string");
            }
            Map<String, Object> schema =
                    Shape.schema("type", "string", "minLength", min, "maxLength", max);
            if (!pattern.isEmpty()) {
                schema.put("pattern", "^(?:" + pattern + ")$");
            }
            return schema;
        }
    }

    /// A whole number, within limits.
    record WholeNumber(long min, long max, boolean isInt) implements Shape {
        private static final Pattern WRITTEN = Pattern.compile("-?[0-9]{1,19}");

        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            Long number = number(node, reading);
            if (number == null) {
                return reading.wrong("is not a whole number");
            }
            if (number < min || number > max) {
                return reading.wrong("is " + number + "; allowed are " + min + " to " + max);
            }
            return isInt ? (Object) number.intValue() : number;
        }

        private static @Nullable Long number(JsonNode node, Reading reading) {
            if (node.isIntegralNumber() && node.canConvertToLong()) {
                return node.longValue();
            }
            if (reading.fromText() && node.isString()) {
                try {
                    // The JDK takes the digits of every script, and a plus sign.
                    return WRITTEN.matcher(node.stringValue()).matches()
                            ? Long.valueOf(node.stringValue())
                            : null;
                } catch (NumberFormatException _) {
                    return null;
                }
            }
            return null;
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeNumber(((Number) value).longValue());
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            if (!input) {
                return Shape.schema("type", "integer", "format", isInt ? "int32" : "int64");
            }
            return Shape.schema(
                    "type",
                    "integer",
                    "format",
                    isInt ? "int32" : "int64",
                    "minimum",
                    min,
                    "maximum",
                    max);
        }
    }

    /// A decimal, exact. Written as a text, for a reader may take numbers as floating point.
    record Decimal() implements Shape {
        private static final int MOST_DIGITS = 40;
        private static final Pattern WRITTEN = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            String text =
                    node.isString() ? node.stringValue() : node.isNumber() ? node.asString() : "";
            if (!WRITTEN.matcher(text).matches()) {
                return reading.wrong(
                        "is not a decimal such as -12.50 of at most " + MOST_DIGITS + " digits");
            }
            return new BigDecimal(text);
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeString(((BigDecimal) value).toPlainString());
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "string", "pattern", "^-?[0-9]{1,40}(\\.[0-9]{1,40})?$");
        }
    }

    /// A ratio from 0 to 1 or a measure such as seconds; never an amount.
    record Measure() implements Shape {
        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            return node.isNumber() ? (Object) node.doubleValue() : reading.wrong("is not a number");
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeNumber((Double) value);
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "number");
        }
    }

    /// Yes or no.
    record Flag() implements Shape {
        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            if (node.isBoolean()) {
                return node.booleanValue();
            }
            String text = reading.fromText() && node.isString() ? node.stringValue() : "";
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
            return reading.wrong("is neither true nor false");
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "boolean");
        }
    }

    /// A UUID in its usual form.
    record Id() implements Shape {
        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            UUID id = node.isString() ? PathIds.parse(node.stringValue()) : null;
            return id == null ? reading.wrong("is not a UUID") : id;
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeString(value.toString());
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "string", "format", "uuid");
        }
    }

    /// A calendar day, yyyy-MM-dd.
    record Day() implements Shape {
        private static final Pattern WRITTEN = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            if (node.isString() && WRITTEN.matcher(node.stringValue()).matches()) {
                try {
                    return LocalDate.parse(node.stringValue());
                } catch (DateTimeException _) {
                    return reading.wrong("is no day of the calendar");
                }
            }
            return reading.wrong("is not a day written as yyyy-MM-dd");
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeString(value.toString());
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "string", "format", "date");
        }
    }

    /// A moment, in UTC.
    record Moment() implements Shape {
        static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
        static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            try {
                Instant moment = node.isString() ? Instant.parse(node.stringValue()) : null;
                if (moment != null && !moment.isBefore(FIRST) && !moment.isAfter(LAST)) {
                    return moment;
                }
            } catch (DateTimeException _) {
                // Told below, as for any other text.
            }
            return reading.wrong("is not a moment written as 2026-01-31T12:00:00Z");
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeString(value.toString());
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "string", "format", "date-time");
        }
    }

    /// One of a closed set of words.
    record Choice(Map<String, Object> values) implements Shape {
        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            Object value = node.isString() ? values.get(node.stringValue()) : null;
            return value == null
                    ? reading.wrong("is none of " + String.join(", ", values.keySet()))
                    : value;
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeString(Shapes.word((Enum<?>) value));
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "string", "enum", List.copyOf(values.keySet()));
        }
    }

    /// Several of one shape. In a query: separated by commas.
    record Several(Shape item, int min, int max) implements Shape {
        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            JsonNode list = reading.fromText() && node.isString() ? reading.split(node) : node;
            if (!list.isArray()) {
                return reading.wrong("is not a list");
            }
            if (list.size() < min || list.size() > max) {
                return reading.wrong(
                        "has " + list.size() + " items; allowed are " + min + " to " + max);
            }
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                JsonNode one = list.get(i);
                Object value = reading.at(Integer.toString(i), () -> item.read(one, reading));
                if (value != null) {
                    items.add(value);
                }
            }
            return List.copyOf(items);
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeStartArray();
            for (Object one : (List<?>) value) {
                item.write(one, out);
            }
            out.writeEndArray();
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            if (!input) {
                return Shape.schema("type", "array", "items", item.schema(false));
            }
            return Shape.schema(
                    "type", "array", "items", item.schema(true), "minItems", min, "maxItems", max);
        }
    }

    /// Values of one shape by free names, as in counts.
    record Named(Shape value) implements Shape {
        private static final int MOST = 200;

        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            if (!node.isObject() || node.size() > MOST) {
                return reading.wrong("is not an object of at most " + MOST + " members");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                Object one =
                        reading.at(member.getKey(), () -> value.read(member.getValue(), reading));
                if (one != null) {
                    values.put(member.getKey(), one);
                }
            }
            return values;
        }

        @Override
        public void write(Object map, JsonGenerator out) {
            out.writeStartObject();
            ((Map<?, ?>) map)
                    .forEach(
                            (name, one) -> {
                                out.writeName((String) name);
                                value.write(one, out);
                            });
            out.writeEndObject();
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("type", "object", "additionalProperties", value.schema(input));
        }
    }

    /// An object with members of its own; documented once, under its name.
    record Composite(Members members) implements Shape {
        @Override
        public @Nullable Object read(JsonNode node, Reading reading) {
            return members.read(node, reading);
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            members.write(value, out);
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return Shape.schema("$ref", "#/components/schemas/" + members.name());
        }
    }

    /// Any JSON: read as a tree; written from a tree, or from a text that is JSON already.
    record Json() implements Shape {
        @Override
        public Object read(JsonNode node, Reading reading) {
            return node;
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            switch (value) {
                case RawJson raw -> out.writeRawValue(raw.text());
                case JsonNode node -> out.writePOJO(node);
                default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
            }
        }

        @Override
        public Map<String, Object> schema(boolean input) {
            return new LinkedHashMap<>();
        }
    }
}
