package io.tieout.server;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.http.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What must be true of the answer to any request, however wrong the request is.
final class HostileAnswer {
    /// What tells how the server is made.
    private static final Pattern INSIDES =
            Pattern.compile(
                    "(?i)exception|\\bat io\\.|io\\.tieout|java\\.|org\\.postgresql|jackson|helidon"
                            + "|jdbi|sqlstate|\\bselect \\*|insert into|caused by|stack ?trace");

    private HostileAnswer() {}

    /// What is wrong with an answer.
    ///
    /// @param mustRefuse whether only a status from 400 to 499 is right
    /// @param successes the statuses of success that the route documents
    /// @param body the JSON that was sent, where it was any
    static List<String> wrong(
            RawApi.Request request,
            Reply reply,
            boolean mustRefuse,
            List<Integer> successes,
            Optional<JsonNode> body) {
        List<String> wrong = new ArrayList<>();
        int status = reply.status();
        boolean refused = status >= 400 && status < 500;
        if (!refused && (mustRefuse || !successes.contains(status))) {
            wrong.add("status " + status);
        }
        if (reply.header("x-request-id").isEmpty()) {
            wrong.add("no X-Request-Id");
        }
        if (reply.body().contains(HostileBodies.CANARY)) {
            wrong.add("tells a secret of the request");
        }
        if (status >= 400) {
            if (INSIDES.matcher(reply.body()).find()) {
                wrong.add("tells of its insides");
            }
            if (!request.method().equals("HEAD")) {
                problem(request, reply, body, wrong);
            }
        }
        return wrong;
    }

    private static void problem(
            RawApi.Request request, Reply reply, Optional<JsonNode> body, List<String> wrong) {
        if (!reply.header("content-type").equals(Optional.of("application/problem+json"))) {
            wrong.add("content type " + reply.header("content-type"));
            return;
        }
        JsonNode problem;
        try {
            problem = Json.tree(reply.body());
        } catch (JacksonException _) {
            wrong.add("no JSON");
            return;
        }
        for (String member : List.of("type", "title", "detail", "request_id")) {
            if (problem.path(member).asString("").isEmpty()) {
                wrong.add("no " + member);
            }
        }
        if (problem.path("status").asInt() != reply.status()) {
            wrong.add("another status inside");
        }
        if (!reply.header("x-request-id").equals(Optional.of(reply.text("request_id")))) {
            wrong.add("another request id inside");
        }
        if (reply.status() == 422) {
            errors(request, problem.path("errors"), body, wrong);
        }
        if (reply.status() == 405 && reply.header("allow").isEmpty()) {
            wrong.add("no Allow");
        }
    }

    private static void errors(
            RawApi.Request request, JsonNode errors, Optional<JsonNode> body, List<String> wrong) {
        if (errors.isEmpty()) {
            wrong.add("no errors");
        }
        for (JsonNode error : errors) {
            String pointer = error.path("pointer").asString("none");
            boolean known =
                    pointer.startsWith("?")
                            ? isParameter(request.target(), pointer.substring(1))
                            : body.map(b -> isIn(b, pointer)).orElse(pointer.isEmpty());
            if (!known) {
                wrong.add("points to " + pointer);
            }
            if (error.path("problem").asString("").isEmpty()) {
                wrong.add("no problem at " + pointer);
            }
        }
    }

    /// A parameter that was sent, or that is missing.
    private static boolean isParameter(String target, String pointer) {
        // An item of a list is told apart by its number.
        String name = pointer.replaceFirst("\\?[0-9]+$", "").replace("~1", "/").replace("~0", "~");
        String decoded = target.replaceFirst("^[^?]*\\??", "");
        List<String> names = new ArrayList<>();
        for (String pair : decoded.split("&", -1)) {
            names.add(URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8));
        }
        return names.contains(name)
                || name.matches("[a-z_]{1,30}")
                || (name.endsWith("…") && names.stream().anyMatch(n -> n.startsWith(cut(name))));
    }

    private static String cut(String name) {
        return name.substring(0, name.length() - 1);
    }

    /// A place in a body, or the place of a member that is missing in an object that is there.
    private static boolean isIn(JsonNode body, String pointer) {
        if (pointer.isEmpty()) {
            return true;
        }
        String[] steps = pointer.substring(1).split("/", -1);
        JsonNode at = body;
        for (int i = 0; i < steps.length; i++) {
            if (at.isString()) {
                // A plan as a text: what is pointed to is within the text.
                return true;
            }
            String step = steps[i].replace("~1", "/").replace("~0", "~");
            JsonNode next = at.isArray() ? item(at, step) : at.path(step);
            if (next.isMissingNode()) {
                boolean isCut =
                        step.endsWith("…")
                                && at.propertyNames().stream()
                                        .anyMatch(n -> n.startsWith(cut(step)));
                return (i == steps.length - 1 && at.isObject()) || isCut;
            }
            at = next;
        }
        return true;
    }

    private static JsonNode item(JsonNode list, String step) {
        return step.matches("[0-9]{1,6}") ? list.path(Integer.parseInt(step)) : list.path("none");
    }
}
