package io.tieout.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.RawApi.Framing;
import io.tieout.server.RawApi.Request;
import io.tieout.server.http.Json;
import io.tieout.server.http.Route;
import io.tieout.server.http.Route.Takes;
import io.tieout.server.permission.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the tests of hostile input share: a platform with full projects, callers who may use each
/// route, and the claims that hold of every answer. Whatever comes is refused with a problem that
/// says where it is wrong, or taken because it is in fact valid; it is never a defect, tells
/// nothing of the server's insides, and what must be refused changes nothing.
abstract class HostileTest {
    static final String UNKNOWN_PARAMETER = "?no_route_has_this=1";
    static final String JSON = "application/json";
    static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    static PlatformWorld world;
    private static LogCapture log;
    static ApiSchema schema;
    static Map<String, UUID> own;

    /// As full as the other, for what may be valid and then does something.
    static Map<String, UUID> victim;

    RawApi api;
    final List<String> wrong = new ArrayList<>();
    int tried;
    private String before = "";

    @BeforeAll
    static void build() {
        world = PlatformWorld.build(gate -> gate);
        own = world.place("own");
        victim = ProjectFilling.fill(world.person("owner"), "victim");
        for (Map<String, UUID> project : List.of(own, victim)) {
            HostileCursors.twoOfEverything(world.person("owner"), project);
        }
        schema = new ApiSchema(world.person("owner").get("/api/openapi.json").json());
        log = new LogCapture();
    }

    @AfterAll
    static void close() {
        log.close();
        world.close();
    }

    @BeforeEach
    void connect() {
        api = new RawApi(world.port());
        before = world.stateOf(id(own, "project_id"));
    }

    @AfterEach
    void nothingChangedAndNothingBroke() {
        api.close();
        assertThat(tried).isPositive();
        assertThat(summary()).isEmpty();
        assertThat(log.defects()).isEmpty();
        assertThat(log.lines()).noneMatch(line -> line.contains(HostileBodies.CANARY));
        assertThat(world.stateOf(id(own, "project_id"))).isEqualTo(before);
    }

    private String summary() {
        return wrong.isEmpty()
                ? ""
                : wrong.stream()
                        .limit(40)
                        .collect(
                                Collectors.joining(
                                        "\n", wrong.size() + " wrong of " + tried + "\n", ""));
    }

    static UUID id(Map<String, UUID> ids, String kind) {
        return java.util.Objects.requireNonNull(ids.get(kind), kind);
    }

    static String filled(String template, Map<String, UUID> ids) {
        return PARAMETER.matcher(template).replaceAll(p -> id(ids, p.group(1)).toString());
    }

    private static ApiClient caller(Route<?, ?> route) {
        return world.person(
                route.requirement() instanceof Requirement.Administrator
                        ? "administrator"
                        : "owner");
    }

    static Request request(Route<?, ?> route, Map<String, UUID> ids) {
        Request request = Request.of(route.method(), filled(route.template(), ids));
        List<String> headers = caller(route).headers();
        return request.with(headers.get(0), headers.get(1));
    }

    /// A body that is right, where the route takes one.
    static Request valid(Route<?, ?> route, Map<String, UUID> ids) {
        Request request = request(route, ids);
        return switch (route.body()) {
            case Takes.None _ -> request;
            case Takes.Bytes _ -> request.body("id,amount\n1,2\n".getBytes(UTF_8));
            case Takes.JsonBody _ ->
                    request.with("Content-Type", JSON).body(Json.writeTree(example(route, ids)));
        };
    }

    static ObjectNode example(Route<?, ?> route, Map<String, UUID> ids) {
        Object example = ExampleBodies.of(route.name(), ids).orElseThrow();
        return (ObjectNode) Json.tree(new String(Json.writeTree(example), UTF_8));
    }

    Reply send(Route<?, ?> route, String what, Request request, boolean mustRefuse) {
        Reply reply = api.send(request);
        tried++;
        List<String> found =
                HostileAnswer.wrong(
                        request, reply, mustRefuse, schema.successes(route), sent(request));
        if (!found.isEmpty()) {
            String body = reply.body();
            wrong.add(
                    route.name()
                            + ", "
                            + what
                            + ": "
                            + found
                            + " "
                            + body.substring(0, Math.min(300, body.length())));
        }
        return reply;
    }

    private static Optional<JsonNode> sent(Request request) {
        try {
            return request.framing() instanceof Framing.Whole whole && whole.bytes().length > 0
                    ? Optional.of(Json.tree(new String(whole.bytes(), UTF_8)))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
