package io.tieout.server.http;

import io.tieout.server.http.Members.Member;
import io.tieout.server.http.Members.Presence;
import io.tieout.server.http.Route.Answers;
import io.tieout.server.http.Route.Takes;
import io.tieout.server.permission.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The OpenAPI 3.1 document, made from the routes that are served and the records they take and
/// give, so that it cannot say anything else than what the server does.
public final class OpenApi {
    private final Map<String, Object> schemas = new TreeMap<>();
    private final Map<String, Members> described = new TreeMap<>();

    private OpenApi() {}

    /// The document as a tree of maps and lists.
    ///
    /// @param version of the program
    public static Map<String, Object> document(RouteTable table, String version) {
        return new OpenApi().make(table, version);
    }

    private Map<String, Object> make(RouteTable table, String version) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route<?, ?> route : table.routes()) {
            paths.computeIfAbsent(route.template(), _ -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        schemas.put("Problem", ProblemDocument.schema());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                map(
                        "title",
                        "Tieout",
                        "version",
                        version,
                        "description",
                        "Reconciliation: projects, data sources, reconciliations, jobs and results."));
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("paths", paths);
        document.put(
                "components",
                map(
                        "schemas",
                        schemas,
                        "securitySchemes",
                        map("bearer", map("type", "http", "scheme", "bearer"))));
        return document;
    }

    private Map<String, Object> operation(Route<?, ?> route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.name());
        operation.put("tags", List.of(route.tag()));
        operation.put("summary", route.summary());
        operation.put("description", required(route.requirement()));
        List<Object> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        requestBody(route, operation);
        operation.put("responses", responses(route));
        operation.put(
                "security",
                route.requirement() instanceof Requirement.Anyone
                        ? List.of()
                        : List.of(Map.of("bearer", List.of())));
        return operation;
    }

    static String required(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Anyone _ -> "For anyone.";
            case Requirement.SignedIn _ -> "For whoever is signed in.";
            case Requirement.Administrator _ -> "For administrators.";
            case Requirement.InProject in ->
                    "For members of the project whose role gives `"
                            + Shapes.word(in.permission())
                            + "`.";
        };
    }

    private List<Object> parameters(Route<?, ?> route) {
        List<Object> parameters = new ArrayList<>();
        for (String segment : route.segments()) {
            if (segment.startsWith("{")) {
                parameters.add(
                        map(
                                "name",
                                segment.substring(1, segment.length() - 1),
                                "in",
                                "path",
                                "required",
                                true,
                                "schema",
                                new Shape.Id().schema(true)));
            }
        }
        for (Member member : Shapes.of(route.query()).members()) {
            parameters.add(queryParameter(member));
        }
        if (route.creates()) {
            parameters.add(
                    header(
                            "Idempotency-Key",
                            "Repeats with the same key have one effect and one answer.",
                            false));
        }
        return parameters;
    }

    private static Map<String, Object> queryParameter(Member member) {
        Map<String, Object> parameter =
                map(
                        "name",
                        member.name(),
                        "in",
                        "query",
                        "required",
                        member.presence() == Presence.REQUIRED,
                        "schema",
                        member.shape().schema(true));
        member.says().ifPresent(says -> parameter.put("description", says));
        if (member.shape() instanceof Shape.Several) {
            parameter.put("style", "form");
            parameter.put("explode", false);
        }
        return parameter;
    }

    private static Map<String, Object> header(String name, String says, boolean required) {
        return map(
                "name",
                name,
                "in",
                "header",
                "required",
                required,
                "description",
                says,
                "schema",
                map("type", "string", "maxLength", 255));
    }

    private void requestBody(Route<?, ?> route, Map<String, Object> operation) {
        switch (route.body()) {
            case Takes.None _ -> {}
            case Takes.JsonBody json ->
                    operation.put(
                            "requestBody",
                            map(
                                    "required",
                                    !json.optional(),
                                    "content",
                                    Map.of(
                                            Answer.JSON,
                                            Map.of("schema", schema(route.bodyType(), true)))));
            case Takes.Bytes bytes -> {
                Map<String, Object> content = new LinkedHashMap<>();
                for (String type : bytes.mediaTypes()) {
                    content.put(type, Map.of("schema", map("type", "string", "format", "binary")));
                }
                operation.put("requestBody", map("required", true, "content", content));
            }
        }
    }

    private Map<String, Object> responses(Route<?, ?> route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<Integer, Map<String, Object>> contents = new LinkedHashMap<>();
        for (Answers answers : route.answers()) {
            Map<String, Object> content =
                    contents.computeIfAbsent(answers.status(), _ -> new LinkedHashMap<>());
            Map<String, Object> response = new LinkedHashMap<>();
            response.put("description", answers.says());
            if (!answers.contentType().isEmpty()) {
                content.put(answers.contentType(), content(answers));
                response.put("content", content);
            }
            responses.put(Integer.toString(answers.status()), response);
        }
        responses.put(
                "default",
                map(
                        "description",
                        "A problem",
                        "content",
                        Map.of(
                                "application/problem+json",
                                Map.of("schema", Map.of("$ref", "#/components/schemas/Problem")))));
        return responses;
    }

    private Map<String, Object> content(Answers answers) {
        // Readers take the schema of a stream of events for that of an event; none is described.
        return answers.contentType().equals("text/event-stream")
                ? Map.of()
                : Map.of(
                        "schema",
                        answers.record()
                                .<Object>map(record -> schema(record, false))
                                .orElse(map("type", "string")));
    }

    private Map<String, Object> schema(Class<?> record, boolean input) {
        Members members = Shapes.of(record);
        describe(members, input);
        return Map.of("$ref", "#/components/schemas/" + members.name());
    }

    private void describe(Members members, boolean input) {
        Members before = described.putIfAbsent(members.name(), members);
        if (before != null) {
            if (before != members) {
                throw new IllegalStateException("two records are named " + members.name());
            }
            return;
        }
        schemas.put(members.name(), members.schema(input));
        for (Member member : members.members()) {
            describe(member.shape(), input);
        }
    }

    private void describe(Shape shape, boolean input) {
        switch (shape) {
            case Shape.Composite composite -> describe(composite.members(), input);
            case Shape.Several several -> describe(several.item(), input);
            case Shape.Named named -> describe(named.value(), input);
            case Shape.Characters _,
                    Shape.WholeNumber _,
                    Shape.Decimal _,
                    Shape.Measure _,
                    Shape.Flag _,
                    Shape.Id _,
                    Shape.Day _,
                    Shape.Moment _,
                    Shape.Choice _,
                    Shape.Json _ -> {}
        }
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
