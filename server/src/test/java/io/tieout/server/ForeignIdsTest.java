package io.tieout.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Ids that come in bodies, one by one and in lists: one of a foreign project is refused as one of
/// nothing is, to the letter.
final class ForeignIdsTest {
    private static PlatformWorld world;

    @BeforeAll
    static void build() {
        world = PlatformWorld.build(gate -> gate);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    /// A place for an id: which route, where in its body, of what, and a body with an id there.
    private record IdPlace(
            String route,
            String pointer,
            String kind,
            String method,
            String path,
            Function<UUID, Object> body) {}

    private static List<IdPlace> places() {
        Map<String, UUID> own = world.place("own");
        UUID source = world.id("own", "data_source_id");
        String project = "/api/projects/" + own.get("project_id");
        String reconciliation = "/api/reconciliations/" + own.get("reconciliation_id");
        String result = "/api/results/" + own.get("result_id") + "/decisions";
        String job = "/api/jobs/" + own.get("job_id") + "/decisions";
        List<IdPlace> places = new ArrayList<>();
        for (String side : List.of("left", "right")) {
            String name = side + "_data_source_id";
            String pointer = "/" + name;
            String other = (side.equals("left") ? "right" : "left") + "_data_source_id";
            places.add(
                    new IdPlace(
                            "createReconciliation",
                            pointer,
                            "data_source_id",
                            "POST",
                            project + "/reconciliations",
                            id ->
                                    Map.of(
                                            "name",
                                            "x",
                                            name,
                                            id,
                                            other,
                                            source,
                                            "plan",
                                            ProjectFilling.PLAN)));
            places.add(
                    new IdPlace(
                            "changeReconciliation",
                            pointer,
                            "data_source_id",
                            "PATCH",
                            reconciliation,
                            id -> Map.of(name, id)));
            places.add(
                    new IdPlace(
                            "checkPlan",
                            pointer,
                            "data_source_id",
                            "POST",
                            project + "/plan-checks",
                            id -> Map.of("plan", ProjectFilling.PLAN, name, id)));
            places.add(
                    new IdPlace(
                            "startJob",
                            pointer,
                            "data_source_id",
                            "POST",
                            reconciliation + "/jobs",
                            id -> Map.of(name, id)));
        }
        places.add(
                new IdPlace(
                        "decideOnResult",
                        "/assignee_id",
                        "user_id",
                        "POST",
                        result,
                        id -> Map.of("action", "assign", "assignee_id", id)));
        places.add(
                new IdPlace(
                        "decideOnResult",
                        "/result_ids/0",
                        "result_id",
                        "POST",
                        result,
                        id -> Map.of("action", "match", "result_ids", List.of(id))));
        places.add(
                new IdPlace(
                        "decideOnResults",
                        "/assignee_id",
                        "user_id",
                        "POST",
                        job,
                        id ->
                                Map.of(
                                        "action",
                                        "assign",
                                        "assignee_id",
                                        id,
                                        "result_ids",
                                        List.of(world.id("own", "result_id")))));
        places.add(
                new IdPlace(
                        "decideOnResults",
                        "/result_ids/0",
                        "result_id",
                        "POST",
                        job,
                        id ->
                                Map.of(
                                        "action",
                                        "comment",
                                        "comment",
                                        "x",
                                        "result_ids",
                                        List.of(id))));
        return places;
    }

    @Test
    void aForeignIdAnswersAsAnUnknownOne() {
        List<String> different = new ArrayList<>();
        for (IdPlace place : places()) {
            Reply unknown = call(place, UUID.randomUUID());
            Reply foreign = call(place, world.id("foreign", place.kind()));
            // A check of a plan answers with what is wrong, and that is not wrong of it.
            boolean refused =
                    place.route().equals("checkPlan")
                            ? unknown.body().contains("\"valid\":false")
                            : unknown.status() >= 400 && unknown.status() < 500;
            if (!refused || !foreign.comparable().equals(unknown.comparable())) {
                different.add(place.route() + place.pointer() + "\n" + unknown + "\n" + foreign);
            }
        }
        assertThat(different).isEmpty();
    }

    private static Reply call(IdPlace place, UUID id) {
        ApiClient owner = world.person("owner");
        String etag =
                place.method().equals("PATCH")
                        ? owner.get(place.path()).header("etag").orElse("")
                        : "\"1\"";
        return owner.with("If-Match", etag)
                .send(place.method(), place.path(), java.util.Optional.of(place.body().apply(id)));
    }

    @Test
    void everyPlaceForAnIdIsTried() {
        JsonNode document = world.person("owner").get("/api/openapi.json").json();
        Set<String> documented = new TreeSet<>();
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
                walk(document, schema, operation.get("operationId").stringValue(), documented);
            }
        }
        Set<String> tried = new TreeSet<>();
        places().forEach(place -> tried.add(place.route() + place.pointer()));
        assertThat(tried).isEqualTo(documented);
    }

    private static void walk(JsonNode document, JsonNode schema, String place, Set<String> found) {
        if (schema.has("$ref")) {
            walk(
                    document,
                    document.at(schema.get("$ref").stringValue().substring(1)),
                    place,
                    found);
        }
        if (schema.path("format").asString("").equals("uuid")) {
            found.add(place);
        }
        for (JsonNode alternative : schema.path("anyOf")) {
            walk(document, alternative, place, found);
        }
        if (schema.has("items")) {
            walk(document, schema.get("items"), place + "/0", found);
        }
        for (Map.Entry<String, JsonNode> member : properties(schema).entrySet()) {
            walk(document, member.getValue(), place + "/" + member.getKey(), found);
        }
    }

    private static Map<String, JsonNode> properties(JsonNode schema) {
        Map<String, JsonNode> properties = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            properties.put(member.getKey(), member.getValue());
        }
        return properties;
    }
}
