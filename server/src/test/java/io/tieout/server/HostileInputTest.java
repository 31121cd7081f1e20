package io.tieout.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.HostileBodies.Body;
import io.tieout.server.RawApi.Framing;
import io.tieout.server.RawApi.Request;
import io.tieout.server.http.Json;
import io.tieout.server.http.Route;
import io.tieout.server.http.Route.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Hostile bodies to every route that is registered, from a caller who may use it: a new route is
/// tried by being there.
final class HostileInputTest extends HostileTest {
    private static List<Route<?, ?>> withBody() {
        return world.routes().stream().filter(r -> r.body() instanceof Takes.JsonBody).toList();
    }

    @Test
    void everyRouteThatTakesABodyHasAnExample() {
        for (Route<?, ?> route : withBody()) {
            tried++;
            assertThat(ExampleBodies.of(route.name(), own)).as(route.name()).isPresent();
        }
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (Route<?, ?> route : withBody()) {
            Request request = request(route, own).with("Content-Type", JSON);
            for (Body body : HostileBodies.malformed(example(route, own))) {
                String path = filled(route.template(), own);
                // What may be taken as JSON is refused for its parameter.
                Request one = body.mustRefuse() ? request : request.to(path + UNKNOWN_PARAMETER);
                send(route, body.what(), one.body(body.bytes()), true);
            }
        }
    }

    @Test
    void aMemberThatIsWrongIsRefusedWhereItIs() {
        for (Route<?, ?> route : withBody()) {
            for (Body body : mutated(route, own, false)) {
                if (body.mustRefuse()) {
                    Request request = request(route, own).with("Content-Type", JSON);
                    Reply reply = send(route, body.what(), request.body(body.bytes()), true);
                    if (reply.status() != 422 && reply.status() != 400) {
                        wrong.add(route.name() + ", " + body.what() + ": " + reply.status());
                    }
                }
            }
        }
    }

    @Test
    void aMemberThatMayBeWrongIsNoDefect() {
        for (Route<?, ?> route : withBody()) {
            boolean deep = route.name().equals("checkPlan") || route.name().startsWith("createRec");
            for (Body body : mutated(route, victim, deep)) {
                if (!body.mustRefuse()) {
                    // A version that is none keeps what has one as it is.
                    Request request =
                            request(route, victim)
                                    .with("Content-Type", JSON)
                                    .with("If-Match", "\"999999\"");
                    send(route, body.what(), request.body(body.bytes()), false);
                }
            }
        }
    }

    private static List<Body> mutated(Route<?, ?> route, Map<String, UUID> ids, boolean deep) {
        ObjectNode right = example(route, ids);
        if (right.path("plan").isString()) {
            right.set("plan", Json.tree(HostileBodies.PLAN));
        }
        return HostileBodies.mutated(schema, schema.body(route), right, deep);
    }

    @Test
    void aBodyThatIsTooLargeOrMissingOrOfAnotherKindIsRefused() {
        for (Route<?, ?> route : withBody()) {
            Takes.JsonBody takes = (Takes.JsonBody) route.body();
            Request request = request(route, own).with("Content-Type", JSON);
            byte[] large = new byte[takes.maxBytes() + 1];
            java.util.Arrays.fill(large, (byte) ' ');
            List<Reply> replies = new ArrayList<>();
            long announced = takes.maxBytes() + 1L;
            replies.add(sendLarge(route, request.framed(new Framing.OnlyAnnounced(announced))));
            replies.add(sendLarge(route, request.framed(new Framing.OnlyAnnounced(1L << 50))));
            replies.add(sendLarge(route, request.framed(new Framing.Unfinished(large))));
            assertThat(replies).as(route.name()).allMatch(reply -> reply.status() == 413);
            if (!takes.optional()) {
                send(route, "no body", request, true);
            }
            byte[] right = Json.writeTree(example(route, own));
            for (String type :
                    List.of(
                            "",
                            ";",
                            "text/plain",
                            "application/json-patch+json",
                            "*/*",
                            "\u00e4")) {
                Request other = request(route, own).with("Content-Type", type).body(right);
                Reply reply = send(route, "content type " + type, other, true);
                if (right.length > 0 && reply.status() != 415 && reply.status() != 400) {
                    wrong.add(route.name() + ", content type " + type + ": " + reply.status());
                }
            }
            send(route, "no content type", request(route, own).body(right), true);
        }
    }

    private Reply sendLarge(Route<?, ?> route, Request request) {
        return send(route, request.framing().getClass().getSimpleName(), request, true);
    }
}
