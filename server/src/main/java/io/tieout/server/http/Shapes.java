package io.tieout.server.http;

import io.tieout.server.http.Members.Member;
import io.tieout.server.http.Members.Presence;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The shapes of records, made once each. A record is the single place where a request's or
/// answer's form is said: reading, checking, writing and documenting it all follow from it.
final class Shapes {
    private static final Map<Class<?>, Members> KNOWN = new ConcurrentHashMap<>();

    private Shapes() {}

    /// The shape of a record.
    static Members of(Class<?> record) {
        Members known = KNOWN.get(record);
        if (known == null) {
            // Not computeIfAbsent: a record may have members that are records.
            known = make(record);
            KNOWN.put(record, known);
        }
        return known;
    }

    /// An enum's constant as it is written in JSON: in lower case.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// `leftDataSourceId` as it is written in JSON: `left_data_source_id`.
    static String snake(String camel) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }

    private static Members make(Class<?> record) {
        if (!record.isRecord()) {
            throw new IllegalArgumentException(record + " is no record");
        }
        RecordComponent[] components = record.getRecordComponents();
        List<Member> members = new ArrayList<>();
        for (RecordComponent component : components) {
            members.add(member(component));
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Constructor<?> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new Members(record.getSimpleName(), constructor, members);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(record + " lacks its constructor", e);
        }
    }

    private static Member member(RecordComponent component) {
        Type type = component.getGenericType();
        Presence presence = Presence.REQUIRED;
        if (component.getType() == Optional.class) {
            type = argument(type, 0);
            presence = Presence.OPTIONAL;
            if (type instanceof ParameterizedType p && p.getRawType() == Change.class) {
                type = argument(type, 0);
                presence = Presence.CHANGE;
            }
        }
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        Says says = component.getAnnotation(Says.class);
        return new Member(
                snake(component.getName()),
                shape(type, component),
                presence,
                Optional.ofNullable(says).map(Says::value),
                accessor);
    }

    private static Shape shape(Type type, RecordComponent component) {
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            Items items = component.getAnnotation(Items.class);
            return new Shape.Several(
                    shape(argument(type, 0), component),
                    items == null ? 0 : items.min(),
                    items == null ? 200 : items.max());
        }
        if (type instanceof ParameterizedType p && p.getRawType() == Map.class) {
            return new Shape.Named(shape(argument(type, 1), component));
        }
        if (!(type instanceof Class<?> simple)) {
            throw new IllegalArgumentException(component + ": " + type + " has no shape");
        }
        Shape scalar = scalar(simple, component);
        return scalar == null ? new Shape.Composite(of(simple)) : scalar;
    }

    private static @Nullable Shape scalar(Class<?> type, RecordComponent component) {
        if (type == String.class) {
            return characters(component.getAnnotation(Text.class));
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            boolean isInt = type == int.class || type == Integer.class;
            Whole whole = component.getAnnotation(Whole.class);
            return whole == null
                    ? new Shape.WholeNumber(0, isInt ? Integer.MAX_VALUE : Long.MAX_VALUE, isInt)
                    : new Shape.WholeNumber(whole.min(), whole.max(), isInt);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Shape.Flag();
        }
        if (type == double.class || type == Double.class) {
            return new Shape.Measure();
        }
        if (type == BigDecimal.class) {
            return new Shape.Decimal();
        }
        if (type == UUID.class) {
            return new Shape.Id();
        }
        if (type == LocalDate.class) {
            return new Shape.Day();
        }
        if (type == Instant.class) {
            return new Shape.Moment();
        }
        if (type == RawJson.class || JsonNode.class.isAssignableFrom(type)) {
            return new Shape.Json();
        }
        return type.isEnum() ? choice(type) : null;
    }

    private static Shape characters(@Nullable Text text) {
        return text == null
                ? new Shape.Characters(1, 200, "", false)
                : new Shape.Characters(text.min(), text.max(), text.pattern(), text.lines());
    }

    private static Shape choice(Class<?> type) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            values.put(word((Enum<?>) constant), constant);
        }
        return new Shape.Choice(values);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
