package io.tieout.server.http;

import io.tieout.formats.plan.NearestName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// The shape of a record: an object with the record's components as its members, in snake_case.
final class Members {
    private final String name;
    private final Constructor<?> constructor;
    private final List<Member> members;
    private final List<String> names;

    Members(String name, Constructor<?> constructor, List<Member> members) {
        this.name = name;
        this.constructor = constructor;
        this.members = List.copyOf(members);
        this.names = members.stream().map(Member::name).toList();
    }

    /// One component.
    ///
    /// @param presence whether it may be missing, and what that means
    record Member(
            String name, Shape shape, Presence presence, Optional<String> says, Method accessor) {}

    /// Whether a member may be missing.
    enum Presence {
        REQUIRED,
        /// Missing or null in a request, null in an answer: an empty Optional.
        OPTIONAL,
        /// Missing: an empty Optional; null: a change to nothing.
        CHANGE
    }

    String name() {
        return name;
    }

    List<Member> members() {
        return members;
    }

    @Nullable Object read(JsonNode node, Reading reading) {
        if (!node.isObject()) {
            return reading.wrong("is not an object");
        }
        int errorsBefore = reading.errors().size();
        for (String given : node.propertyNames()) {
            if (!names.contains(given)) {
                reading.at(shown(given), () -> reading.wrong(unknown(given)));
            }
        }
        Object[] values = new Object[members.size()];
        for (int i = 0; i < values.length; i++) {
            Member member = members.get(i);
            Object value =
                    reading.at(
                            member.name(),
                            () -> readMember(member, node.get(member.name()), reading));
            values[i] = value == null ? Optional.empty() : value;
        }
        return reading.errors().size() > errorsBefore ? null : construct(values, reading);
    }

    private static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    private String unknown(String given) {
        String nearest =
                NearestName.of(given, names).map(n -> "; did you mean `" + n + "`?").orElse("");
        return "is unknown here" + nearest;
    }

    private static @Nullable Object readMember(
            Member member, @Nullable JsonNode node, Reading reading) {
        if (node == null || node.isNull()) {
            return switch (member.presence()) {
                case REQUIRED -> reading.wrong("is missing");
                case OPTIONAL -> Optional.empty();
                case CHANGE ->
                        node == null
                                ? Optional.empty()
                                : Optional.of(new Change<>(Optional.empty()));
            };
        }
        Object value = member.shape().read(node, reading);
        return switch (member.presence()) {
            case REQUIRED -> value;
            case OPTIONAL -> Optional.ofNullable(value);
            case CHANGE -> Optional.of(new Change<>(Optional.ofNullable(value)));
        };
    }

    private @Nullable Object construct(Object[] values, Reading reading) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            // A record's constructor may refuse values that are right one by one but not together.
            if (e.getCause() instanceof IllegalArgumentException refused) {
                return reading.wrong(String.valueOf(refused.getMessage()));
            }
            throw new IllegalStateException(name, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    void write(Object value, JsonGenerator out) {
        out.writeStartObject();
        for (Member member : members) {
            out.writeName(member.name());
            Object component = component(member, value);
            switch (component) {
                case null -> out.writeNull();
                case Optional<?> some when some.isEmpty() -> out.writeNull();
                case Optional<?> some -> member.shape().write(some.get(), out);
                default -> member.shape().write(component, out);
            }
        }
        out.writeEndObject();
    }

    private static @Nullable Object component(Member member, Object value) {
        try {
            return member.accessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(member.name(), e);
        }
    }

    Map<String, Object> schema(boolean input) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Member member : members) {
            properties.put(member.name(), schema(member, input));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required =
                members.stream()
                        .filter(m -> m.presence() == Presence.REQUIRED)
                        .map(Member::name)
                        .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> schema(Member member, boolean input) {
        Map<String, Object> schema = new LinkedHashMap<>(member.shape().schema(input));
        member.says().ifPresent(says -> schema.put("description", says));
        if (member.presence() == Presence.REQUIRED) {
            return schema;
        }
        Map<String, Object> nullable = new LinkedHashMap<>();
        nullable.put("anyOf", List.of(schema, Map.of("type", "null")));
        return nullable;
    }
}
