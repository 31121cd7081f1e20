package io.tieout.formats.plan;

import static io.tieout.formats.plan.SchemaCheck.list;
import static io.tieout.formats.plan.SchemaCheck.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The published schema says what the parser does.
final class PlanSchemaTest {
    private static final Map<?, ?> SCHEMA = map(SchemaCheck.load(PlanFile.schema()));
    private static final SchemaCheck CHECK = new SchemaCheck(SCHEMA);

    /// Which definitions of the schema say what one set of the parser's keys says.
    private static final Map<Keys, List<String>> DEFINITIONS =
            Map.ofEntries(
                    Map.entry(Keys.SOURCE, List.of("source")),
                    Map.entry(Keys.FIELD, List.of("longField")),
                    Map.entry(Keys.DEBIT_CREDIT, List.of("debitCredit")),
                    Map.entry(
                            Keys.SIDES,
                            List.of(
                                    "patternsBySide",
                                    "decimalBySide",
                                    "groupingBySide",
                                    "signBySide")),
                    Map.entry(
                            Keys.CURRENCY,
                            List.of("currencyCode", "currencyColumn", "currencyBySide")),
                    Map.entry(Keys.SIDE_CURRENCY, List.of("currencyCode", "currencyColumn")),
                    Map.entry(Keys.PASS, List.of("pass")),
                    Map.entry(Keys.COMPARISON, List.of("longComparison")),
                    Map.entry(Keys.SUM, List.of("sumLimit")),
                    Map.entry(Keys.WITHIN, List.of("limits")));

    static final List<String> VALID = TestingPlanFiles.VALID;

    private static Map<?, ?> definition(String name) {
        return map(map(SCHEMA.get("$defs")).get(name));
    }

    private static @Nullable Object valid(String name) {
        return SchemaCheck.load(PlanText.decode(name, TestingPlanFiles.valid(name)));
    }

    @Test
    void isOfTheDraftThatItNames() {
        assertThat(SCHEMA.get("$schema")).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @ParameterizedTest
    @FieldSource("VALID")
    void validPlansFitAndSoDoTheirCanonicalForms(String name) {
        assertThat(CHECK.problems(valid(name))).isEmpty();
        assertThat(CHECK.problems(SchemaCheck.load(TestingPlanFiles.canonical(name)))).isEmpty();
    }

    @Test
    void keysAreThoseOfTheParser() {
        assertThat(properties(SCHEMA)).isEqualTo(Set.copyOf(Keys.PLAN.names()));
        DEFINITIONS.forEach(
                (keys, definitions) -> {
                    Set<Object> properties = new HashSet<>();
                    definitions.forEach(name -> properties.addAll(properties(definition(name))));
                    assertThat(properties).as(keys.owner()).isEqualTo(Set.copyOf(keys.names()));
                });
        // Groups may be named by side too, in lists of names.
        assertThat(properties(definition("namesBySide"))).isEqualTo(Set.copyOf(Keys.SIDES.names()));
    }

    @Test
    void everyObjectOfTheSchemaIsCompared() {
        Set<String> compared = new TreeSet<>(Set.of("namesBySide"));
        DEFINITIONS.values().forEach(compared::addAll);
        Set<String> objects = new TreeSet<>();
        map(SCHEMA.get("$defs"))
                .forEach(
                        (name, schema) -> {
                            if (map(schema).containsKey("properties")) {
                                objects.add(String.valueOf(name));
                                assertThat(map(schema).get("additionalProperties"))
                                        .as("%s", name)
                                        .isEqualTo(false);
                            }
                        });
        assertThat(objects).isEqualTo(compared);
    }

    private static Set<?> properties(Map<?, ?> schema) {
        return map(schema.get("properties")).keySet();
    }

    @Test
    void wordsAreThoseOfTheParser() {
        assertWords(FieldReader.TYPES, property("longField", "type"));
        assertWords(FieldReader.STEPS, definition("step"));
        assertWords(NotationReader.DECIMALS, definition("decimalMark"));
        assertWords(NotationReader.GROUPINGS, definition("groupingMark"));
        assertWords(NotationReader.SIGNS, definition("sign"));
        assertWords(PassReader.CARDINALITIES, property("pass", "cardinality"));
        assertWords(PassReader.STATUSES, property("pass", "status"));
        assertWords(ComparisonReader.WORDS, definition("comparisonWord"));
        assertWords(ComparisonReader.SIMILARITIES, property("longComparison", "similar"));
        String limit =
                String.valueOf(map(list(definition("limit").get("anyOf")).get(1)).get("pattern"));
        ToleranceReader.UNITS
                .byWord()
                .keySet()
                .forEach(unit -> assertThat("2 " + unit).matches(limit));
    }

    private static Map<?, ?> property(String definition, String name) {
        return map(map(definition(definition).get("properties")).get(name));
    }

    private static void assertWords(Words<?> words, Map<?, ?> schema) {
        assertThat(Set.copyOf(list(schema.get("enum"))))
                .as(words.what())
                .isEqualTo(words.byWord().keySet());
    }

    @Test
    void limitsAreThoseOfTheParser() {
        assertThat(map(map(SCHEMA.get("properties")).get("fields")).get("maxProperties"))
                .isEqualTo(Plan.MAX_FIELDS);
        assertThat(map(map(SCHEMA.get("properties")).get("passes")).get("maxItems"))
                .isEqualTo(Plan.MAX_PASSES);
        assertThat(definition("name").get("maxLength")).isEqualTo(PlanReader.MAX_NAME);
        assertThat(map(list(property("longField", "clean").get("anyOf")).get(1)).get("maxItems"))
                .isEqualTo(FieldReader.MAX_STEPS);
        assertThat(map(list(definition("patterns").get("anyOf")).get(1)).get("maxItems"))
                .isEqualTo(PatternReader.MAX_PATTERNS);
        assertThat(definition("pattern").get("maxLength")).isEqualTo(PatternReader.MAX_LENGTH);
        assertThat(map(list(definition("names").get("anyOf")).get(1)).get("maxItems"))
                .isEqualTo(PassReader.MAX_TOGETHER);
    }

    @Test
    void everyPropertyIsDescribed() {
        forEachMap(
                SCHEMA,
                (path, schema) -> {
                    if (schema.get("properties") instanceof Map<?, ?> properties) {
                        properties.forEach(
                                (name, property) ->
                                        assertThat(map(property).get("description"))
                                                .as("%s/%s", path, name)
                                                .isInstanceOf(String.class));
                    }
                });
    }

    @Test
    void examplesFitWhatTheyAreExamplesOf() {
        List<Object> examples = new ArrayList<>();
        forEachMap(
                SCHEMA,
                (path, schema) -> {
                    if (schema.get("examples") instanceof List<?> ofSchema) {
                        examples.addAll(ofSchema);
                        ofSchema.forEach(
                                example ->
                                        assertThat(CHECK.problems(schema, example, path))
                                                .isEmpty());
                    }
                });
        assertThat(examples).hasSizeGreaterThan(40);
    }

    /// Puts an unknown key into every mapping of a plan in turn: both must refuse it, or both take
    /// it for a name.
    @Test
    void unknownKeysAreRefusedByBothOrNeither() {
        Object plan = valid("every-key.yaml");
        List<String> places = new ArrayList<>();
        forEachMap(plan, (path, _) -> places.add(path));
        // Which fields a pass may name depends on the plan, which no schema can say.
        places.removeIf(place -> place.endsWith("/match"));
        Map<Boolean, Integer> refusals = new LinkedHashMap<>();
        for (String place : places) {
            Object changed = withKey(plan, "", place);
            boolean schemaRefuses = !CHECK.problems(changed).isEmpty();
            boolean parserRefuses = refuses(changed);
            assertThat(parserRefuses).as(place).isEqualTo(schemaRefuses);
            refusals.merge(schemaRefuses, 1, Integer::sum);
        }
        // Only `fields` takes any name.
        assertThat(refusals).containsEntry(false, 1);
        assertThat(refusals.get(true)).isGreaterThan(25);
    }

    private static boolean refuses(@Nullable Object plan) {
        JsonText json = new JsonText();
        write(json, plan);
        try {
            PlanFile.parse("plan.json", json.toString().getBytes(StandardCharsets.UTF_8));
            return false;
        } catch (FailureException e) {
            assertThat(e).hasMessageContaining("zzz");
            return true;
        }
    }

    private static void write(JsonText json, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> object -> {
                json.open('{');
                object.forEach(
                        (key, inner) -> {
                            json.key(String.valueOf(key));
                            write(json, inner);
                        });
                json.close('}');
            }
            case List<?> items -> {
                json.open('[');
                items.forEach(item -> write(json, item));
                json.close(']');
            }
            case String text -> json.text(text);
            case null, default -> json.raw(String.valueOf(value));
        }
    }

    private static @Nullable Object withKey(@Nullable Object value, String path, String place) {
        if (value instanceof Map<?, ?> object) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            object.forEach((key, inner) -> copy.put(key, withKey(inner, path + "/" + key, place)));
            if (path.equals(place)) {
                copy.put("zzz", "z");
            }
            return copy;
        }
        if (value instanceof List<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                copy.add(withKey(items.get(i), path + "/" + i, place));
            }
            return copy;
        }
        return value;
    }

    private static void forEachMap(@Nullable Object value, BiConsumer<String, Map<?, ?>> action) {
        forEachMap(value, "", action);
    }

    private static void forEachMap(
            @Nullable Object value, String path, BiConsumer<String, Map<?, ?>> action) {
        if (value instanceof Map<?, ?> object) {
            action.accept(path, object);
            object.forEach((key, inner) -> forEachMap(inner, path + "/" + key, action));
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                forEachMap(items.get(i), path + "/" + i, action);
            }
        }
    }
}
