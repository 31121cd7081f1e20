package io.tieout.server;

import io.tieout.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Calls the API over a real connection.
public final class ApiClient {
    // HTTP/1.1 is what the server speaks; asking for more costs a header in every call.
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final List<String> headers;
    private final Optional<Duration> patience;

    private ApiClient(URI base, List<String> headers, Optional<Duration> patience) {
        this.base = base;
        this.headers = List.copyOf(headers);
        this.patience = patience;
    }

    /// A client who is nobody.
    public static ApiClient of(URI base) {
        return new ApiClient(base, List.of(), Optional.empty());
    }

    /// The same, calling another server.
    public ApiClient at(URI otherBase) {
        return new ApiClient(otherBase, headers, patience);
    }

    /// The same, who does not wait for an answer any longer than that.
    public ApiClient within(Duration time) {
        return new ApiClient(base, headers, Optional.of(time));
    }

    /// The same who shows a token.
    public ApiClient bearing(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /// The same with one more header.
    public ApiClient with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new ApiClient(base, more, patience);
    }

    /// What was answered.
    public record Reply(int status, Map<String, List<String>> headers, String body) {
        public Reply {
            headers = Map.copyOf(headers);
        }

        /// The body as JSON.
        public JsonNode json() {
            return Json.tree(body);
        }

        /// A text in the body, by the names that lead to it.
        public String text(String... path) {
            return at(path).asString();
        }

        /// An id in the body.
        public UUID id(String... path) {
            return UUID.fromString(text(path));
        }

        private JsonNode at(String... path) {
            JsonNode node = json();
            for (String step : path) {
                node = node.path(step);
            }
            return node;
        }

        /// The items of a page.
        public List<JsonNode> items() {
            List<JsonNode> items = new ArrayList<>();
            json().path("items").forEach(items::add);
            return items;
        }

        /// A header.
        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().getFirst())
                    .findFirst();
        }

        /// The kind of the problem, without what is before it.
        public String problem() {
            return text("type").replaceFirst(".*#problem-", "");
        }

        /// What is wrong with the input, as `pointer problem`.
        public List<String> errors() {
            List<String> errors = new ArrayList<>();
            json().path("errors")
                    .forEach(
                            e ->
                                    errors.add(
                                            e.path("pointer").asString()
                                                    + " "
                                                    + e.path("problem").asString()));
            return errors;
        }

        /// All that is the same each time: no request id, no dates, no counts of calls.
        public String comparable() {
            StringBuilder text = new StringBuilder(status + "\n");
            headers.entrySet().stream()
                    .filter(e -> !e.getKey().equalsIgnoreCase("x-request-id"))
                    .filter(e -> !e.getKey().equalsIgnoreCase("date"))
                    .filter(e -> !e.getKey().equalsIgnoreCase("ratelimit"))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> text.append(e.getKey()).append(e.getValue()).append('\n'));
            String id = header("x-request-id").orElse("none");
            return text.append(body.replace(id, "ID")).toString();
        }
    }

    /// Calls.
    public Reply get(String path) {
        return call("GET", path, BodyPublishers.noBody(), false);
    }

    /// Calls with JSON made of maps, lists, texts and numbers.
    public Reply post(String path, Object body) {
        return call("POST", path, json(body), true);
    }

    /// Calls without a body.
    public Reply post(String path) {
        return call("POST", path, BodyPublishers.noBody(), false);
    }

    /// Calls with bytes of some kind.
    public Reply post(String path, String contentType, byte[] body) {
        return with("Content-Type", contentType)
                .call("POST", path, BodyPublishers.ofByteArray(body), false);
    }

    /// Calls with bytes of some kind as they come.
    public Reply post(String path, String contentType, BodyPublisher body) {
        return with("Content-Type", contentType).call("POST", path, body, false);
    }

    /// As [#post(String, Object)].
    public Reply put(String path, Object body) {
        return call("PUT", path, json(body), true);
    }

    /// As [#post(String, Object)].
    public Reply patch(String path, Object body) {
        return call("PATCH", path, json(body), true);
    }

    /// Calls.
    public Reply delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody(), false);
    }

    /// Calls in any way, without a body.
    public Reply send(String method, String path) {
        return call(method, path, BodyPublishers.noBody(), false);
    }

    /// Calls in any way.
    public Reply send(String method, String path, Optional<Object> body) {
        return call(
                method,
                path,
                body.map(ApiClient::json).orElse(BodyPublishers.noBody()),
                body.isPresent());
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofByteArray(Json.writeTree(body));
    }

    private Reply call(String method, String path, BodyPublisher body, boolean isJson) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, body);
        patience.ifPresent(request::timeout);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        if (isJson) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response =
                    HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
