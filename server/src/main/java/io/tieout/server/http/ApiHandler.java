package io.tieout.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tieout.server.http.Route.Takes;
import io.tieout.server.http.RouteTable.Found;
import io.tieout.server.permission.Admission;
import io.tieout.server.problem.Problem;
import io.tieout.server.problem.ProblemException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// The way of every request: its id, its route, who calls, how often, its input, its handler, and
/// whatever goes wrong told as a problem.
public final class ApiHandler implements Handler {
    private final RouteTable table;
    private final Gate gate;
    private final Limiter limiter;
    private final Proxies proxies;
    private final CallLog log;
    private final Function<RuntimeException, Optional<Problem>> translate;
    private volatile boolean stopping;

    /// @param proxies whose word is taken for where calls come from
    /// @param translate what the layers below throw, as problems; empty for a defect
    public ApiHandler(
            RouteTable table,
            Gate gate,
            Limiter limiter,
            Proxies proxies,
            CallLog log,
            Function<RuntimeException, Optional<Problem>> translate) {
        this.table = table;
        this.gate = gate;
        this.limiter = limiter;
        this.proxies = proxies;
        this.log = log;
        this.translate = translate;
    }

    /// From now on each connection ends with its next answer, so that callers go elsewhere.
    void stopping() {
        stopping = true;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long started = System.nanoTime();
        Exchange exchange = new Exchange(request, response, proxies, () -> stopping);
        String requestId = RequestContext.requestId(exchange.header("x-request-id").orElse(null));
        Found found = table.find(exchange.method(), exchange.path());
        String route =
                switch (found) {
                    case Found.Served served ->
                            served.route().method() + " " + served.route().template();
                    case Found.OtherMethod other -> "other " + other.template();
                    case Found.Unknown _ -> "unknown";
                };
        RequestContext context = new RequestContext(requestId, route);
        exchange.setHeader("X-Request-Id", requestId);
        context.call(
                () -> {
                    serve(exchange, found, context, started);
                    return true;
                });
    }

    private void serve(Exchange exchange, Found found, RequestContext context, long started) {
        int status = 500;
        try {
            Answer answer = answer(exchange, found);
            status = answer.status();
            exchange.send(answer);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (UncheckedIOException e) {
            status = 499;
            throw new CloseConnectionException("the caller is gone", e);
        } catch (RuntimeException | StackOverflowError e) {
            Problem problem = problem(e, context);
            status = problem.status();
            if (exchange.isSent()) {
                throw new CloseConnectionException("failed in mid-answer", e);
            }
            exchange.send(document(problem, context.requestId()));
        } finally {
            log.served(context, status, System.nanoTime() - started);
        }
    }

    private Problem problem(Throwable thrown, RequestContext context) {
        return switch (thrown) {
            case ProblemException known -> known.problem();
            case RuntimeException other ->
                    translate
                            .apply(other)
                            .orElseGet(
                                    () -> {
                                        log.defect(context, other);
                                        return Problem.internal();
                                    });
            default -> {
                log.defect(context, thrown);
                yield Problem.internal();
            }
        };
    }

    private Answer answer(Exchange exchange, Found found) {
        return switch (found) {
            case Found.Served served -> call(exchange, served.route(), served.ids());
            case Found.OtherMethod other ->
                    throw Problem.methodNotAllowed(other.allowed()).exception();
            case Found.Unknown _ -> throw Problem.notFound().exception();
        };
    }

    private <Q, B> Answer call(Exchange exchange, Route<Q, B> route, Map<String, UUID> ids) {
        Optional<String> authorization = exchange.header("authorization");
        Admission admission;
        try {
            admission = gate.admit(route.requirement(), authorization, ids);
        } catch (ProblemException e) {
            // Guessing tokens and ids counts too, by where it comes from.
            tell(exchange, limiter.count(route.quota(), Optional.empty(), exchange.address()));
            throw e;
        }
        tell(exchange, limiter.count(route.quota(), admission.caller(), exchange.address()));
        Q query = Json.readQuery(exchange.query(), route.query());
        byte[] bytes = bytes(exchange, route);
        B body = body(route, bytes);
        return route.handler()
                .handle(new Call<>(route, admission, ids, query, body, bytes, exchange));
    }

    private static void tell(Exchange exchange, Map<String, String> headers) {
        headers.forEach(exchange::setHeader);
    }

    private static byte[] bytes(Exchange exchange, Route<?, ?> route) {
        return switch (route.body()) {
            case Takes.JsonBody json -> {
                byte[] bytes = exchange.body(json.maxBytes());
                if (bytes.length > 0 && !isJson(exchange.header("content-type").orElse(null))) {
                    throw Problem.unsupportedMediaType("JSON as `application/json`").exception();
                }
                yield bytes;
            }
            case Takes.None _ -> new byte[0];
            case Takes.Bytes _ -> new byte[0];
        };
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private static <B> B body(Route<?, B> route, byte[] bytes) {
        if (route.body() instanceof Takes.JsonBody json
                && !(json.optional() && bytes.length == 0)) {
            return Json.read(Json.tree(bytes), route.bodyType());
        }
        return Json.read(JsonNodeFactory.instance.objectNode(), route.bodyType());
    }

    private static Answer document(Problem problem, String requestId) {
        Answer answer =
                new Answer(
                        problem.status(),
                        "application/problem+json",
                        problem.headers(),
                        new Answer.Body.Bytes(ProblemDocument.of(problem, requestId)));
        return answer.with("Cache-Control", "no-store");
    }

    /// Answers what never becomes a request, such as a malformed first line, with a problem too.
    public DirectHandler forBrokenRequests() {
        return (request, _, status, headers, _) -> {
            String requestId = RequestContext.requestId(null);
            Problem problem = brokenRequest(status.code());
            headers.set(io.helidon.http.HeaderNames.create("X-Request-Id"), requestId);
            headers.set(io.helidon.http.HeaderNames.CONTENT_TYPE, "application/problem+json");
            log.served(new RequestContext(requestId, "broken"), problem.status(), 0);
            return DirectHandler.TransportResponse.builder()
                    .status(io.helidon.http.Status.create(problem.status()))
                    .headers(headers)
                    .keepAlive(false)
                    .entity(ProblemDocument.of(problem, requestId))
                    .build();
        };
    }

    private static Problem brokenRequest(int status) {
        return switch (status) {
            case 413 -> Problem.tooLarge("the request is larger than the server takes");
            case 505 ->
                    Problem.of(
                            "http-version",
                            "This version of HTTP is not spoken",
                            505,
                            "use HTTP/1.1");
            case 503 -> Problem.unavailable("the server is busy or stopping; try again");
            default -> Problem.malformed("the request is not valid HTTP");
        };
    }
}
