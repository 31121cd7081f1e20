package io.tieout.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.server.permission.Admission;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The way of a request, over real connections, with routes that need no database.
final class HttpKitTest {
    private static final String THING = "/api/things/0198c0de-0000-7000-8000-000000000001";
    private static final List<Throwable> DEFECTS = new CopyOnWriteArrayList<>();
    private static final List<String> ORIGINS = new CopyOnWriteArrayList<>();
    private static final byte[] LINE = "a line\n".getBytes(StandardCharsets.US_ASCII);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;

    enum Color {
        RED,
        DARK_GREEN
    }

    record NewThing(
            String name,
            @Whole(min = 1, max = 9) int size,
            Optional<Color> color,
            @Items(max = 2) List<UUID> ids,
            Optional<Change<String>> note) {}

    record Thing(String name, int size, Optional<String> color, String request) {}

    record ThingQuery(
            @Whole(min = 1, max = 200) Optional<Integer> limit, Optional<List<Color>> colors) {}

    @BeforeAll
    static void start() {
        List<Route<?, ?>> routes =
                List.of(
                        Route.post("/api/things")
                                .forAnyone()
                                .named("makeThing", "things", "Makes a thing.")
                                .body(NewThing.class, 10_000, false)
                                .answers(201, Thing.class, "It.")
                                .handle(HttpKitTest::make),
                        Route.get("/api/things")
                                .forAnyone()
                                .named("listThings", "things", "Lists things.")
                                .query(ThingQuery.class)
                                .answers(200, Thing.class, "One.")
                                .handle(
                                        call ->
                                                thing(
                                                        call.query()
                                                                .colors()
                                                                .map(List::toString)
                                                                .orElse(""),
                                                        call.query().limit().orElse(50))),
                        Route.get("/api/things/{project_id}")
                                .forAnyone()
                                .named("getThing", "things", "Shows a thing.")
                                .answers(200, Thing.class, "It.")
                                .handle(call -> thing(call.id(Resource.PROJECT).toString(), 1)),
                        Route.delete("/api/things/{project_id}")
                                .forAnyone()
                                .named("dropThing", "things", "Drops a thing.")
                                .answersEmpty("Gone.")
                                .handle(_ -> Answer.empty()),
                        Route.get("/api/broken")
                                .forAnyone()
                                .named("broken", "things", "Breaks.")
                                .answersEmpty("Never.")
                                .handle(
                                        _ -> {
                                            throw new IllegalStateException("secret detail");
                                        }),
                        Route.get("/api/stream")
                                .forAnyone()
                                .named("stream", "things", "Streams.")
                                .answersStream("text/plain", "Many lines.")
                                .handle(
                                        _ ->
                                                Answer.stream(
                                                        "text/plain",
                                                        out -> {
                                                            for (int i = 0; i < 20_000; i++) {
                                                                out.write(LINE);
                                                            }
                                                        })),
                        Route.post("/api/upload")
                                .forAnyone()
                                .named("upload", "things", "Takes bytes.")
                                .bytes("application/octet-stream")
                                .answers(200, Thing.class, "How many.")
                                .handle(HttpKitTest::count));
        server =
                HttpServer.start(
                        "127.0.0.1",
                        0,
                        Duration.ofSeconds(1),
                        new ApiHandler(
                                new RouteTable(routes),
                                (_, _, _) ->
                                        new Admission(
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty()),
                                (_, _, address) -> {
                                    ORIGINS.add(address);
                                    return Map.of("RateLimit", "\"usual\";r=1;t=1");
                                },
                                Proxies.parse("127.0.0.0/8"),
                                new CallLog() {
                                    @Override
                                    public void served(
                                            RequestContext context, int status, long nanos) {}

                                    @Override
                                    public void defect(RequestContext context, Throwable defect) {
                                        DEFECTS.add(defect);
                                    }
                                },
                                _ -> Optional.empty()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer make(Call<Nothing, NewThing> call) {
        NewThing thing = call.body();
        return Answer.created(
                "/api/things/1",
                new Thing(
                        thing.name(),
                        thing.size(),
                        thing.color().map(Enum::name),
                        thing.note()
                                .map(change -> change.to().orElse("none"))
                                .orElse("unchanged")));
    }

    private static Answer thing(String name, int size) {
        return Answer.ok(
                new Thing(name, size, Optional.empty(), RequestContext.current().requestId()));
    }

    private static Answer count(Call<Nothing, Nothing> call) {
        try {
            long bytes = call.raw().stream().transferTo(java.io.OutputStream.nullOutputStream());
            return thing(Long.toString(bytes), 1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> call(
            String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        JsonNode problem = Json.tree(response.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("request_id").stringValue())
                .isEqualTo(response.headers().firstValue("x-request-id").orElseThrow());
        return problem;
    }

    @Test
    void aValidBodyBecomesARecordAndTheAnswerItsJson() throws Exception {
        HttpResponse<String> response =
                call(
                        "POST",
                        "/api/things",
                        "{\"name\":\"a\",\"size\":3,\"color\":\"dark_green\",\"ids\":[],\"note\":null}");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("location")).contains("/api/things/1");
        assertThat(response.body())
                .isEqualTo(
                        "{\"name\":\"a\",\"size\":3,\"color\":\"DARK_GREEN\",\"request\":\"none\"}");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceByPointer() throws Exception {
        JsonNode problem =
                problem(
                        call(
                                "POST",
                                "/api/things",
                                "{\"name\":\"\",\"size\":10,\"color\":\"blue\",\"ids\":[\"x\"],\"nmae\":1}"),
                        422);

        assertThat(problem.get("errors").valueStream().map(e -> e.get("pointer").stringValue()))
                .containsExactly("/nmae", "/name", "/size", "/color", "/ids/0");
        assertThat(problem.get("errors").get(0).get("problem").stringValue())
                .isEqualTo("is unknown here; did you mean `name`?");
        assertThat(problem.get("errors").get(2).get("problem").stringValue())
                .isEqualTo("is 10; allowed are 1 to 9");
    }

    @Test
    void aMissingMemberIsToldByPointer() throws Exception {
        assertThat(problem(call("POST", "/api/things", "{}"), 422).get("errors").toString())
                .contains("/name", "/size", "/ids", "is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "{\"a\":1}{\"b\":2}",
                "{\"name\":1,\"name\":2}",
                "{\"size\":1e999999999}",
                "\u0000",
                "{'name':1}"
            })
    void whatIsNoJsonIsRefused(String body) throws Exception {
        int status = call("POST", "/api/things", body).statusCode();
        assertThat(status).isBetween(400, 422);
        assertThat(DEFECTS).allSatisfy(defect -> assertThat(defect).hasMessage("secret detail"));
    }

    @Test
    void aHundredThousandBracketsAreRefused() throws Exception {
        problem(call("POST", "/api/things", "[".repeat(9_000)), 400);
    }

    @Test
    void aBodyMayHave40LevelsAndNoMore() throws Exception {
        String inner = "[".repeat(39) + "]".repeat(39);
        problem(call("POST", "/api/things", "{\"name\":" + inner + "}"), 422);
        problem(call("POST", "/api/things", "{\"name\":[" + inner + "]}"), 400);
    }

    @Test
    void aListMayHaveItsItemsAndNoMore() throws Exception {
        String id = "\"0198c0de-0000-7000-8000-000000000001\"";
        String two = id + "," + id;
        String begin = "{\"name\":\"a\",\"size\":3,\"ids\":[";
        assertThat(call("POST", "/api/things", begin + two + "]}").statusCode()).isEqualTo(201);
        JsonNode problem = problem(call("POST", "/api/things", begin + two + "," + id + "]}"), 422);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("/ids");
        assertThat(problem.at("/errors/0/problem").stringValue())
                .isEqualTo("has 3 items; allowed are 0 to 2");
    }

    @Test
    void aBodyOverItsLimitIsRefusedAndTheConnectionEnds() throws Exception {
        JsonNode problem = problem(call("POST", "/api/things", " ".repeat(10_001)), 413);
        assertThat(problem.get("detail").stringValue()).contains("10001").contains("10000");
    }

    @Test
    void whoSendsMuchThatIsNotWantedGetsTheAnswerAllTheSame() throws Exception {
        for (int i = 0; i < 20; i++) {
            problem(call("POST", "/api/things", " ".repeat(5_000_000)), 413);
        }
        problem(call("POST", "/api/upload?nothing=1", " ".repeat(5_000_000)), 422);
    }

    @Test
    void aBodyOfUnknownLengthIsLimitedToo() throws Exception {
        String chunk = "a".repeat(4096);
        StringBuilder request =
                new StringBuilder("POST /api/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n")
                        .append("Content-Type: application/json\r\n")
                        .append("Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 4; i++) {
            request.append("1000\r\n").append(chunk).append("\r\n");
        }
        request.append("0\r\n\r\n");
        assertThat(RawClient.send(server.port(), request.toString())).startsWith("HTTP/1.1 413");
    }

    @Test
    void aStreamHasItsEndWhetherTheConnectionIsToCloseOrNot() throws Exception {
        String request = "GET /api/stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        String answer = RawClient.send(server.port(), request);
        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n0\r\n\r\n");
        assertThat(answer.lines().filter(line -> line.endsWith("a line")).count())
                .isEqualTo(20_000);
        assertThat(call("GET", "/api/stream", "").body()).hasSize(20_000 * LINE.length);
    }

    @Test
    void aBodyOfAnotherKindIsRefused() throws Exception {
        problem(call("POST", "/api/things", "a=b", "Content-Type", "text/plain"), 415);
    }

    @Test
    void anUnknownPathAndWhatIsNoIdAnswerAlike() throws Exception {
        String unknown = problem(call("GET", "/api/nothing", ""), 404).get("detail").stringValue();
        assertThat(problem(call("GET", "/api/things/1", ""), 404).get("detail").stringValue())
                .isEqualTo(unknown);
        problem(call("GET", "/api/things/0198c0de-0000-7000-8000-00000000000z", ""), 404);
        problem(call("GET", "/", ""), 404);
        problem(call("GET", "/api/things/" + "x".repeat(2000), ""), 404);
    }

    @Test
    void aKnownPathTellsItsMethods() throws Exception {
        HttpResponse<String> response = call("PUT", THING, "");
        problem(response, 405);
        assertThat(response.headers().firstValue("allow")).contains("DELETE, GET");
    }

    @Test
    void aTrustedProxyTellsWhereACallComesFrom() throws Exception {
        call("GET", "/api/things", "", "X-Forwarded-For", "192.0.2.1, 198.51.100.77");
        assertThat(ORIGINS).contains("198.51.100.77").doesNotContain("192.0.2.1");
    }

    @Test
    void headAnswersAsGetWithoutTheBody() throws Exception {
        HttpResponse<String> head = call("HEAD", THING, "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-length")).isPresent();
    }

    @Test
    void aGoodRequestIdIsTakenOver() throws Exception {
        HttpResponse<String> response = call("GET", THING, "", "X-Request-Id", "Abc-1._");
        assertThat(response.headers().firstValue("x-request-id")).contains("Abc-1._");
        assertThat(response.body()).contains("\"request\":\"Abc-1._\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "semi;colon", "quote\"", "/", "ä"})
    void aBadRequestIdIsReplaced(String id) throws Exception {
        String answer =
                RawClient.send(
                        server.port(),
                        ("GET "
                                        + THING
                                        + " HTTP/1.1\r\nHost: x\r\nX-Request-Id: "
                                        + id
                                        + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("x-request-id: ");
        assertThat(answer).doesNotContain("X-Request-Id: " + id);
    }

    @Test
    void aTooLongRequestIdIsReplaced() throws Exception {
        assertThat(
                        call("GET", THING, "", "X-Request-Id", "a".repeat(65))
                                .headers()
                                .firstValue("x-request-id")
                                .orElseThrow())
                .hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /api/things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void whatIsNoHttpThatGetsAnAnswerGetsARequestIdAndNo5xx(String request) throws Exception {
        String answer = RawClient.send(server.port(), request);
        if (!answer.isEmpty()) {
            assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505).*");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("x-request-id: ");
        }
    }

    @Test
    void aHeaderTooLongIsRefusedWithAProblem() throws Exception {
        String answer =
                RawClient.send(
                        server.port(),
                        "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*");
        assertThat(answer).contains("request_id");
    }

    @Test
    void connectionCloseIsHonoured() throws Exception {
        // The client reads until the server closes, or fails after five seconds.
        String answer =
                RawClient.send(
                        server.port(),
                        "GET " + THING + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"name\"");
    }

    @Test
    void aDefectTellsNothingOfItself() throws Exception {
        HttpResponse<String> response = call("GET", "/api/broken", "");
        problem(response, 500);
        assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(DEFECTS).anyMatch(d -> "secret detail".equals(d.getMessage()));
    }

    @Test
    void aQueryIsReadStrictly() throws Exception {
        assertThat(call("GET", "/api/things?limit=7&colors=red,dark_green", "").body())
                .contains("\"size\":7")
                .contains("[RED, DARK_GREEN]");
        assertThat(
                        problem(call("GET", "/api/things?limit=201&color=red", ""), 422)
                                .get("errors")
                                .valueStream()
                                .map(e -> e.get("pointer").stringValue()))
                .containsExactly("?color", "?limit");
        problem(call("GET", "/api/things?limit=1&limit=2", ""), 422);
        problem(call("GET", "/api/things?limit=", ""), 422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2B5", "%D9%A3", "%EF%BC%95", "5.0", "5e0", "%205"})
    void aNumberOfAQueryIsWrittenInPlainDigits(String number) throws Exception {
        problem(call("GET", "/api/things?limit=" + number, ""), 422);
    }

    @Test
    void aStreamIsReadAsItComes() throws Exception {
        assertThat(call("POST", "/api/upload", "x".repeat(3_000_000)).body())
                .contains("\"name\":\"3000000\"");
    }

    @Test
    void everyAnswerTellsTheRateLimit() throws Exception {
        assertThat(call("GET", THING, "").headers().firstValue("ratelimit")).isPresent();
    }

    @Test
    void aRouteThatRequiresNothingCannotBeDeclared() {
        assertThatThrownBy(
                        () ->
                                Route.get("/api/open")
                                        .named("open", "x", "Opens.")
                                        .answersEmpty("x")
                                        .handle(_ -> Answer.empty()))
                .hasMessageContaining("requires nothing of its caller");
    }

    @Test
    void aCursorFitsOnlyItsOwnList() {
        String cursor = new Cursor("jobs", List.of("a", "1")).encoded();
        assertThat(Cursor.decode(cursor, "jobs", 2).values()).containsExactly("a", "1");
        for (String bad : List.of("", "!", "AAAA", cursor + "AA", cursor.substring(2))) {
            assertThatThrownBy(() -> Cursor.decode(bad, "jobs", 2))
                    .isInstanceOf(io.tieout.server.problem.ProblemException.class);
        }
        assertThatThrownBy(() -> Cursor.decode(cursor, "results", 2))
                .hasMessageContaining("another filter");
    }

    @Test
    void aValueOfACursorThatNoListGaveIsRefused() {
        String nul = new Cursor("jobs", List.of("a\u0000", "1")).encoded();
        assertThatThrownBy(() -> Cursor.decode(nul, "jobs", 2)).hasMessageContaining("this list");
        for (String bad : List.of("", "x", "-1", "10", "9223372036854775808")) {
            assertThatThrownBy(() -> Cursor.number(bad, 0, 9)).hasMessageContaining("this list");
        }
        assertThat(Cursor.number("9", 0, 9)).isEqualTo(9);
        for (String bad : List.of("", "now", "+1000000000-12-31T23:59:59.999999999Z")) {
            assertThatThrownBy(() -> Cursor.moment(bad)).hasMessageContaining("this list");
        }
        assertThatThrownBy(() -> Cursor.id("1-1-1-1-1")).hasMessageContaining("this list");
    }

    @Test
    void theDocumentSaysWhatTheRecordsSay() {
        RouteTable table =
                new RouteTable(
                        List.of(
                                Route.post("/api/things")
                                        .forAnyone()
                                        .named("makeThing", "things", "Makes a thing.")
                                        .body(NewThing.class)
                                        .answers(201, Thing.class, "It.")
                                        .handle(HttpKitTest::make)));
        JsonNode document = Json.tree(Json.writeTree(OpenApi.document(table, "1")));
        assertThat(
                        document.at(
                                        "/paths/~1api~1things/post/requestBody/content/application~1json/schema/$ref")
                                .stringValue())
                .isEqualTo("#/components/schemas/NewThing");
        assertThat(document.at("/components/schemas/NewThing/properties/size/maximum").intValue())
                .isEqualTo(9);
        assertThat(document.at("/components/schemas/NewThing/required").toString())
                .isEqualTo("[\"name\",\"size\",\"ids\"]");
        assertThat(ApiPage.of(OpenApi.document(table, "1"))).contains("Makes a thing.");
    }

    @Test
    void theDocumentHasEveryFormOfAnAnswer() {
        RouteTable table =
                new RouteTable(
                        List.of(
                                Route.get("/api/things")
                                        .forAnyone()
                                        .named("exportThings", "things", "Exports things.")
                                        .answersStream("text/csv", "Them.")
                                        .answersStream("application/pdf", "Them.")
                                        .handle(_ -> Answer.empty())));
        JsonNode document = Json.tree(Json.writeTree(OpenApi.document(table, "1")));
        assertThat(document.at("/paths/~1api~1things/get/responses/200/content").propertyNames())
                .containsExactly("text/csv", "application/pdf");
    }

    @Test
    void problemsAreNoStackTraces() {
        assertThat(Problem.notFound().exception().getStackTrace()).isEmpty();
    }
}
