package io.tieout.formats.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Checks values against the part of JSON Schema that the plan's schema uses. A keyword beyond that
/// part is an error, so none goes unchecked.
final class SchemaCheck {
    private static final Set<String> NOTES =
            Set.of("$schema", "$defs", "title", "description", "examples");

    private final Map<?, ?> root;

    SchemaCheck(Map<?, ?> root) {
        this.root = root;
    }

    /// Reads YAML or JSON into maps, lists and scalars.
    static @Nullable Object load(String text) {
        LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return new Load(settings).loadFromString(text);
    }

    /// What is wrong with a value, as `path: problem`; empty when it fits the schema.
    List<String> problems(@Nullable Object value) {
        return problems(root, value, "");
    }

    List<String> problems(Map<?, ?> schema, @Nullable Object value, String path) {
        List<String> problems = new ArrayList<>();
        schema.forEach(
                (keyword, argument) -> {
                    if (!NOTES.contains(String.valueOf(keyword))) {
                        check(String.valueOf(keyword), argument, schema, value, path, problems);
                    }
                });
        return problems;
    }

    private void check(
            String keyword,
            Object argument,
            Map<?, ?> schema,
            @Nullable Object value,
            String path,
            List<String> problems) {
        switch (keyword) {
            case "$ref" -> problems.addAll(problems(resolve(argument), value, path));
            case "anyOf" -> {
                boolean any =
                        list(argument).stream()
                                .anyMatch(one -> problems(map(one), value, path).isEmpty());
                require(any, path, "fits none of anyOf", problems);
            }
            case "type" -> {
                List<?> types = argument instanceof List<?> several ? several : List.of(argument);
                require(types.contains(type(value)), path, "is no " + types, problems);
            }
            case "enum" ->
                    require(
                            list(argument).contains(value),
                            path,
                            "is none of " + argument,
                            problems);
            case "const" -> require(argument.equals(value), path, "is not " + argument, problems);
            default -> checkByType(keyword, argument, schema, value, path, problems);
        }
    }

    private void checkByType(
            String keyword,
            Object argument,
            Map<?, ?> schema,
            @Nullable Object value,
            String path,
            List<String> problems) {
        switch (keyword) {
            case "pattern", "maxLength" -> {
                if (value instanceof String text) {
                    boolean fits =
                            keyword.equals("pattern")
                                    ? Pattern.compile((String) argument).matcher(text).find()
                                    : text.length() <= (Integer) argument;
                    require(fits, path, "breaks " + keyword + " " + argument, problems);
                }
            }
            case "minimum", "exclusiveMinimum", "maximum" -> {
                if (value instanceof Number) {
                    int sign = decimal(value).compareTo(decimal(argument));
                    boolean fits =
                            switch (keyword) {
                                case "minimum" -> sign >= 0;
                                case "maximum" -> sign <= 0;
                                default -> sign > 0;
                            };
                    require(fits, path, "breaks " + keyword + " " + argument, problems);
                }
            }
            case "minItems", "maxItems", "uniqueItems", "items" -> {
                if (value instanceof List<?> items) {
                    checkList(keyword, argument, items, path, problems);
                }
            }
            default -> {
                if (value instanceof Map<?, ?> object) {
                    checkObject(keyword, argument, schema, object, path, problems);
                } else if (!OBJECT_KEYWORDS.contains(keyword)) {
                    throw new IllegalArgumentException("this check knows no keyword " + keyword);
                }
            }
        }
    }

    private static final Set<String> OBJECT_KEYWORDS =
            Set.of(
                    "properties",
                    "additionalProperties",
                    "required",
                    "propertyNames",
                    "minProperties",
                    "maxProperties",
                    "dependentRequired");

    private void checkList(
            String keyword, Object argument, List<?> items, String path, List<String> problems) {
        switch (keyword) {
            case "minItems" ->
                    require(items.size() >= (Integer) argument, path, "is too short", problems);
            case "maxItems" ->
                    require(items.size() <= (Integer) argument, path, "is too long", problems);
            case "uniqueItems" ->
                    require(new HashSet<>(items).size() == items.size(), path, "repeats", problems);
            default -> {
                for (int i = 0; i < items.size(); i++) {
                    problems.addAll(problems(map(argument), items.get(i), path + "/" + i));
                }
            }
        }
    }

    private void checkObject(
            String keyword,
            Object argument,
            Map<?, ?> schema,
            Map<?, ?> object,
            String path,
            List<String> problems) {
        switch (keyword) {
            case "minProperties" ->
                    require(
                            object.size() >= (Integer) argument,
                            path,
                            "has too few keys",
                            problems);
            case "maxProperties" ->
                    require(
                            object.size() <= (Integer) argument,
                            path,
                            "has too many keys",
                            problems);
            case "required" ->
                    require(
                            object.keySet().containsAll(list(argument)),
                            path,
                            "lacks a key",
                            problems);
            case "dependentRequired" ->
                    map(argument)
                            .forEach(
                                    (key, needed) ->
                                            require(
                                                    !object.containsKey(key)
                                                            || object.keySet()
                                                                    .containsAll(list(needed)),
                                                    path,
                                                    "lacks a key that goes with " + key,
                                                    problems));
            case "propertyNames" ->
                    object.keySet()
                            .forEach(key -> problems.addAll(problems(map(argument), key, path)));
            case "properties" ->
                    object.forEach(
                            (key, value) -> {
                                Object property = map(argument).get(key);
                                if (property != null) {
                                    problems.addAll(
                                            problems(map(property), value, path + "/" + key));
                                }
                            });
            case "additionalProperties" ->
                    checkAdditional(argument, schema, object, path, problems);
            default -> throw new IllegalArgumentException("this check knows no keyword " + keyword);
        }
    }

    private void checkAdditional(
            Object argument,
            Map<?, ?> schema,
            Map<?, ?> object,
            String path,
            List<String> problems) {
        Object properties = schema.get("properties");
        Set<?> named = properties == null ? Set.of() : map(properties).keySet();
        object.forEach(
                (key, value) -> {
                    if (!named.contains(key)) {
                        if (argument.equals(false)) {
                            problems.add(path + "/" + key + ": is an unknown key");
                        } else {
                            problems.addAll(problems(map(argument), value, path + "/" + key));
                        }
                    }
                });
    }

    private Map<?, ?> resolve(Object reference) {
        Object definitions = root.get("$defs");
        Object found =
                definitions == null
                        ? null
                        : map(definitions).get(((String) reference).replace("#/$defs/", ""));
        if (found == null) {
            throw new IllegalArgumentException("no definition " + reference);
        }
        return map(found);
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case Number _ -> "number";
            case List<?> _ -> "array";
            case Map<?, ?> _ -> "object";
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        };
    }

    private static void require(boolean fits, String path, String problem, List<String> problems) {
        if (!fits) {
            problems.add(path + ": " + problem);
        }
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("not a map: " + value);
    }

    static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("not a list: " + value);
    }
}
