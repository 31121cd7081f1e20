package io.tieout.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.RawApi.Request;
import io.tieout.server.http.Json;
import io.tieout.server.http.Route;
import io.tieout.server.http.Route.Takes;
import io.tieout.server.permission.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Hostile paths, queries, cursors, headers and methods to every route that is registered, from a
/// caller who may use it: a new route is tried by being there.
final class HostileTargetTest extends HostileTest {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW");

    @Test
    void anIdThatIsNoneNamesNothing() {
        List<String> junk =
                List.of(
                        "x",
                        "0",
                        "-1",
                        "%00",
                        "..",
                        "%2e%2e",
                        "%2F",
                        "%zz",
                        "%",
                        "'",
                        "%27%20or%201%3D1",
                        "*",
                        "{}",
                        "\u00e4",
                        "00000000-0000-0000-0000-000000000000",
                        "0198c0de-0000-7000-8000-00000000000",
                        "0198c0de-0000-7000-8000-0000000000001",
                        "0198c0de000070008000000000000001",
                        "1-1-1-1-1",
                        "x".repeat(4_000),
                        "x".repeat(10_000));
        for (Route<?, ?> route : world.routes()) {
            for (String parameter : parameters(route)) {
                for (String text : junk) {
                    Reply reply = sendWithId(route, parameter, text);
                    if (reply.status() != 404 && reply.status() != 400 && text.length() < 10_000) {
                        wrong.add(route.name() + ", id " + text + ": " + reply.status());
                    }
                }
            }
        }
    }

    private static List<String> parameters(Route<?, ?> route) {
        return PARAMETER.matcher(route.template()).results().map(m -> m.group(1)).toList();
    }

    private Reply sendWithId(Route<?, ?> route, String parameter, String text) {
        String template = route.template().replace("{" + parameter + "}", text);
        Request request = valid(route, own).with("If-Match", "\"1\"");
        String shown = text.length() > 60 ? text.substring(0, 60) : text;
        return send(route, "id " + shown, request.to(path(template)), true);
    }

    private static String path(String template) {
        // What was put in may look like a parameter.
        return PARAMETER
                .matcher(template)
                .replaceAll(p -> own.containsKey(p.group(1)) ? id(own, p.group(1)) + "" : "");
    }

    @Test
    void aForeignIdAnywhereInAPathAnswersAsAnUnknownOne() {
        for (Route<?, ?> route : world.routes()) {
            if (route.requirement() instanceof Requirement.InProject) {
                for (String parameter : parameters(route)) {
                    Reply unknown = sendWithId(route, parameter, UUID.randomUUID().toString());
                    UUID other = id(world.place("foreign"), parameter);
                    Reply foreign = sendWithId(route, parameter, other.toString());
                    if (unknown.status() != 404
                            || !foreign.comparable().equals(unknown.comparable())) {
                        wrong.add(route.name() + ", " + parameter + ": " + foreign);
                    }
                }
            }
        }
    }

    @Test
    void anIdInCapitalsIsTheSameId() {
        for (Route<?, ?> route : world.routes()) {
            if (route.template().contains("{")) {
                Map<String, String> capitals = new TreeMap<>();
                own.forEach(
                        (name, id) ->
                                capitals.put(
                                        name, id.toString().toUpperCase(java.util.Locale.ROOT)));
                String path =
                        PARAMETER
                                .matcher(route.template())
                                .replaceAll(p -> capitals.get(p.group(1)));
                Request request = request(route, own).to(path + UNKNOWN_PARAMETER);
                assertThat(send(route, "capitals", request, true).status())
                        .as(route.name())
                        .isEqualTo(422);
            }
        }
    }

    @Test
    void aParameterOfAQueryThatIsWrongIsRefused() {
        for (Route<?, ?> route : world.routes()) {
            String path = filled(route.template(), own);
            Request request = request(route, own);
            for (String query : HostileQueries.unknown()) {
                send(route, "?" + query, request.to(path + "?" + query), true);
            }
            for (ApiSchema.Parameter parameter : schema.query(route)) {
                for (HostileQueries.Query query : HostileQueries.of(schema, parameter)) {
                    boolean mustRefuse = query.mustRefuse() || !route.method().equals("GET");
                    Request one = request.to(path + "?" + query.text());
                    send(route, "?" + query.text(), one, mustRefuse);
                }
            }
        }
    }

    @Test
    void aCursorThatWasNotGivenIsNoDefect() {
        for (Route<?, ?> route : world.routes()) {
            if (schema.query(route).stream().anyMatch(p -> p.name().equals("cursor"))) {
                String path = filled(route.template(), own) + "?limit=1";
                String given = cursor(route, path);
                for (String other : HostileCursors.forged(given)) {
                    Request request = request(route, own);
                    send(route, "cursor " + other, request.to(path + "&cursor=" + other), false);
                }
                for (String other : HostileCursors.damaged(given)) {
                    Request request = request(route, own);
                    send(route, "cursor " + other, request.to(path + "&cursor=" + other), true);
                }
            }
        }
    }

    private String cursor(Route<?, ?> route, String path) {
        String query = route.name().equals("listPendingDecisions") ? "&status=pending" : "";
        JsonNode page = Json.tree(api.send(request(route, own).to(path + query)).body());
        assertThat(page.path("next_cursor").asString("")).as(path + page).isNotEmpty();
        return page.path("next_cursor").asString();
    }

    @Test
    void aCursorFitsOnlyTheListThatGaveIt() {
        Map<String, String> cursors = new TreeMap<>();
        List<Route<?, ?>> lists = new ArrayList<>();
        for (Route<?, ?> route : world.routes()) {
            if (schema.query(route).stream().anyMatch(p -> p.name().equals("cursor"))) {
                lists.add(route);
                cursors.put(
                        route.name(), cursor(route, filled(route.template(), own) + "?limit=1"));
            }
        }
        for (Route<?, ?> route : lists) {
            for (Map.Entry<String, String> other : cursors.entrySet()) {
                if (!other.getKey().equals(route.name())) {
                    String query = "?limit=1&cursor=" + other.getValue();
                    String path = filled(route.template(), own) + query;
                    send(route, "of " + other.getKey(), request(route, own).to(path), true);
                }
            }
            if (route.template().contains("{")) {
                String query = "?limit=1&cursor=" + cursors.get(route.name());
                String path = filled(route.template(), victim) + query;
                send(route, "of another place", request(route, own).to(path), true);
            }
            for (ApiSchema.Parameter filter : schema.query(route)) {
                HostileQueries.valid(schema, filter)
                        .ifPresent(
                                value -> {
                                    String path =
                                            filled(route.template(), own)
                                                    + "?limit=1&"
                                                    + filter.name()
                                                    + "="
                                                    + value
                                                    + "&cursor="
                                                    + cursors.get(route.name());
                                    send(
                                            route,
                                            "of another " + filter.name(),
                                            request(route, own).to(path),
                                            true);
                                });
            }
        }
    }

    @Test
    void headersThatAreWrongAreNoDefect() {
        for (Route<?, ?> route : world.routes()) {
            Request request =
                    request(route, own).to(filled(route.template(), own) + UNKNOWN_PARAMETER);
            for (String id : List.of("a", "Abc-1._", "x".repeat(64))) {
                Reply reply = send(route, "id " + id, request.with("X-Request-Id", id), true);
                assertThat(reply.header("x-request-id")).contains(id);
            }
            for (String id :
                    List.of("", " ", "a b", "\u00e4", "a;b", "x".repeat(65), "x".repeat(8_000))) {
                Reply reply = send(route, "id " + id, request.with("X-Request-Id", id), true);
                assertThat(reply.header("x-request-id").orElse("")).hasSize(36);
            }
            HostileQueries.headers()
                    .forEach((name, value) -> send(route, name, request.with(name, value), true));
        }
    }

    @Test
    void anIdempotencyKeyThatIsNoneIsRefused() {
        for (Route<?, ?> route : world.routes()) {
            if (route.creates()) {
                String query = route.body() instanceof Takes.Bytes ? "?name=x" : "";
                Request request = valid(route, own).to(filled(route.template(), own) + query);
                for (String key :
                        List.of(
                                "",
                                "x".repeat(256),
                                "a b",
                                "\u00e4",
                                "a\u0001b",
                                "x".repeat(9_000))) {
                    Request keyed = request.with("Idempotency-Key", key).with("If-Match", "\"1\"");
                    send(route, "key " + key, keyed, true);
                }
            }
        }
    }

    @Test
    void aVersionThatIsNoneIsRefused() {
        List<String> versioned = List.of("deleteReconciliation");
        for (Route<?, ?> route : world.routes()) {
            if (route.method().equals("PATCH") || versioned.contains(route.name())) {
                assertThat(send(route, "no version", valid(route, own), true).status())
                        .as(route.name())
                        .isEqualTo(428);
                for (String tag :
                        List.of(
                                "",
                                "*",
                                "1",
                                "\"\"",
                                "\"x\"",
                                "\"-1\"",
                                "W/",
                                "\"1\", \"2\"",
                                "\"99999999999999999999\"",
                                "\"\u00e4\"")) {
                    Request request = valid(route, own).with("If-Match", tag);
                    assertThat(send(route, "version " + tag, request, true).status())
                            .as(route.name() + tag)
                            .isIn(400, 412);
                }
            }
        }
    }

    @Test
    void everyOtherMethodIsRefusedAndToldWhichAreTaken() {
        Map<String, TreeSet<String>> taken = new TreeMap<>();
        for (Route<?, ?> route : world.routes()) {
            taken.computeIfAbsent(route.template(), _ -> new TreeSet<>()).add(route.method());
        }
        for (Route<?, ?> route : world.routes()) {
            TreeSet<String> here = taken.getOrDefault(route.template(), new TreeSet<>());
            for (String method : METHODS) {
                boolean isHead = method.equals("HEAD") && here.contains("GET");
                if (!here.contains(method) && !isHead) {
                    Request as = request(route, own);
                    Request request = new Request(method, as.target(), as.headers(), as.framing());
                    Reply reply = send(route, method, request, true);
                    assertThat(reply.status()).as(method + " " + route.template()).isEqualTo(405);
                    assertThat(reply.header("allow")).contains(String.join(", ", here));
                }
            }
        }
    }

    @Test
    void headAnswersLikeGetWithoutABody() {
        for (Route<?, ?> route : world.routes()) {
            if (route.method().equals("GET")) {
                Request as = request(route, own);
                Reply get = send(route, "GET", as, false);
                Request request = new Request("HEAD", as.target(), as.headers(), as.framing());
                Reply head = send(route, "HEAD", request, false);
                assertThat(head.status()).as(route.name()).isEqualTo(get.status());
                assertThat(head.body()).isEmpty();
            }
        }
    }
}
