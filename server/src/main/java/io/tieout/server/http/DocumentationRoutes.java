package io.tieout.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The API's documentation, as data and as a page. Added to the routes that it documents.
public final class DocumentationRoutes {
    private final String version;
    private byte[] document = {};
    private byte[] page = {};

    public DocumentationRoutes(String version) {
        this.version = version;
    }

    /// Documents a table of routes; once, before the server takes calls.
    public void document(RouteTable table) {
        Map<String, Object> tree = OpenApi.document(table, version);
        document = Json.writeTree(tree);
        page = ApiPage.of(tree).getBytes(StandardCharsets.UTF_8);
    }

    /// The routes of this feature.
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/openapi.json")
                        .forAnyone()
                        .named("openApi", "documentation", "This API as an OpenAPI 3.1 document.")
                        .answersStream(Answer.JSON, "The document.")
                        .handle(_ -> answer(Answer.JSON, document)),
                Route.get("/api/docs")
                        .forAnyone()
                        .named("docs", "documentation", "This API as a page.")
                        .answersStream("text/html", "The page.")
                        .handle(
                                _ ->
                                        answer("text/html; charset=utf-8", page)
                                                .with(
                                                        "Content-Security-Policy",
                                                        "default-src 'none'; style-src 'unsafe-inline'")));
    }

    private static Answer answer(String contentType, byte[] bytes) {
        return new Answer(
                200,
                contentType,
                Map.of("Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff"),
                new Answer.Body.Bytes(bytes));
    }
}
