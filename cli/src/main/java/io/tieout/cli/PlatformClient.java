package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Talks to a running platform. What can be repeated without harm is repeated when the connection
/// fails or the server is busy, so that a server that is being restarted is not noticed.
final class PlatformClient {
    private static final int TRIES = 8;
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
    private final URI base;
    private final String token;

    /// @param token what shows who calls; empty for nobody
    PlatformClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /// The same as somebody else.
    PlatformClient bearing(String otherToken) {
        return new PlatformClient(base, otherToken);
    }

    /// What was answered, with the version to change it by.
    record Reply(JsonNode body, Optional<String> etag) {
        String text(String member) {
            return body.path(member).asString();
        }
    }

    Reply get(String path) {
        return repeated(() -> request(path).GET().build());
    }

    /// Makes something, once however often it is repeated.
    Reply create(String path, Object body) {
        String key = UUID.randomUUID().toString();
        return repeated(
                () ->
                        request(path)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofByteArray(Json.writeTree(body)))
                                .build());
    }

    /// Asks for something that may be asked for again.
    Reply post(String path) {
        return repeated(() -> request(path).POST(BodyPublishers.noBody()).build());
    }

    Reply change(String path, String etag, Map<String, Object> body) {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", etag)
                        .method("PATCH", BodyPublishers.ofByteArray(Json.writeTree(body)))
                        .build();
        return read(sent(request), path);
    }

    /// Uploads bytes; not repeated where they can be read only once.
    Reply upload(String path, Supplier<InputStream> bytes, boolean again) {
        String key = UUID.randomUUID().toString();
        BodyPublisher body = BodyPublishers.ofInputStream(bytes);
        Supplier<HttpRequest> request =
                () ->
                        request(path)
                                .header("Content-Type", "application/octet-stream")
                                .header("Idempotency-Key", key)
                                .POST(body)
                                .build();
        return again ? repeated(request) : read(sent(request.get()), path);
    }

    /// A value as part of a query.
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private Reply repeated(Supplier<HttpRequest> request) {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            HttpRequest one = request.get();
            try {
                HttpResponse<byte[]> response = http.send(one, BodyHandlers.ofByteArray());
                if (attempt == TRIES || !isPassing(response.statusCode())) {
                    return read(response, one.uri().getPath());
                }
            } catch (IOException e) {
                if (attempt == TRIES || Interrupt.isRequested()) {
                    throw unreachable(e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            sleep(pause);
            pause *= 2;
        }
    }

    /// Busy, stopping, or the same request is being served still.
    private static boolean isPassing(int status) {
        return status == 429 || status == 503 || status == 409;
    }

    private HttpResponse<byte[]> sent(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Reply read(HttpResponse<byte[]> response, String path) {
        if (response.statusCode() / 100 == 2) {
            JsonNode body =
                    response.body().length == 0 ? Json.tree("{}") : Json.tree(response.body());
            return new Reply(body, response.headers().firstValue("etag"));
        }
        throw new FailureException(
                new Failure.UnreadableSource(
                        Place.of(base.toString()),
                        told(response, path),
                        remedy(response.statusCode())));
    }

    /// What the server's problem says, or its bare status.
    private static String told(HttpResponse<byte[]> response, String path) {
        String type = response.headers().firstValue("content-type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return "answered " + response.statusCode() + " to " + path;
        }
        JsonNode problem = Json.tree(response.body());
        StringBuilder text = new StringBuilder(problem.path("detail").asString());
        for (JsonNode error : problem.path("errors")) {
            text.append("; ")
                    .append(error.path("pointer").asString())
                    .append(' ')
                    .append(error.path("problem").asString());
        }
        return text.append(" (request ")
                .append(problem.path("request_id").asString())
                .append(')')
                .toString();
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 -> "set TIEOUT_TOKEN to a service token of the project";
            case 403 -> "use a token whose role may do this";
            case 404 -> "check --server and --project";
            default -> "correct that and push again";
        };
    }

    private FailureException unreachable(IOException e) {
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(base.toString()),
                        "cannot be reached (" + e.getClass().getSimpleName() + ")",
                        "check --server, and that `tieout serve` runs there"),
                e);
    }

    private static FailureException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FailureException(
                new Failure.Cancelled(Place.UNKNOWN, "cancelled", "push again"), e);
    }
}
