package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.http.Json;
import io.tieout.server.job.JobApi.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Streams of a job's states, over real connections.
final class JobEventsTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir private Path home;
    private JobApi platform;
    private World world;
    private UUID reconciliation;

    @BeforeEach
    void start() {
        platform = new JobApi(home, Duration.ofSeconds(3));
        world = platform.world();
        reconciliation = platform.create(world);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private UUID job() {
        return world.api().post("/api/reconciliations/" + reconciliation + "/jobs").id("id");
    }

    private String token(Person person) {
        return platform.server()
                .anyone()
                .post(
                        "/api/auth/login",
                        Map.of("email", person.email(), "password", TestingServer.PASSWORD))
                .text("access_token");
    }

    private HttpResponse<InputStream> open(String token, UUID job, String lastId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + platform.server().port()
                                                + "/api/jobs/"
                                                + job
                                                + "/events"))
                        .header("Authorization", "Bearer " + token);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        return HTTP.send(request.build(), BodyHandlers.ofInputStream());
    }

    /// One event.
    private record Event(String id, JsonNode job) {}

    /// Reads a stream to its end.
    private static List<Event> events(HttpResponse<InputStream> response) {
        List<Event> events = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            @Nullable String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, Json.tree(line.substring(6))));
                }
                line = lines.readLine();
            }
        } catch (IOException _) {
            // A stream that breaks has ended too.
        }
        return events;
    }

    private static CompletableFuture<List<Event>> reading(HttpResponse<InputStream> response) {
        CompletableFuture<List<Event>> all = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> all.complete(events(response)));
        return all;
    }

    @Test
    void aStreamTellsEachStateUntilTheJobIsOver() throws Exception {
        String token = token(world.owner());
        UUID job = job();
        HttpResponse<InputStream> response = open(token, job, "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        List<Event> events = reading(response).get(30, TimeUnit.SECONDS);
        assertThat(events.size()).isGreaterThan(1);
        assertThat(events.getLast().job().get("status").stringValue()).isEqualTo("succeeded");
        double before = 0;
        for (Event event : events) {
            assertThat(event.job().get("progress").doubleValue()).isGreaterThanOrEqualTo(before);
            before = event.job().get("progress").doubleValue();
        }
        // Whoever has seen the last state gets nothing again, and the stream ends.
        HttpResponse<InputStream> again = open(token, job, events.getLast().id());
        assertThat(reading(again).get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(reading(open(token, job, "")).get(10, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void aStreamEndsWithTheMembershipOrTheSession() throws Exception {
        Person removed = platform.server().member(world.owner(), world.project(), "viewer");
        Person leaving = platform.server().member(world.owner(), world.project(), "viewer");
        String removedToken = token(removed);
        String leavingToken = token(leaving);
        UUID job = job();
        JobApi.await(world.api(), "/api/jobs/" + job, "running");
        var first = reading(open(removedToken, job, ""));
        var second = reading(open(leavingToken, job, ""));
        var third = reading(open(token(world.owner()), job, ""));
        assertThat(
                        world.api()
                                .delete(
                                        "/api/projects/"
                                                + world.project()
                                                + "/members/"
                                                + removed.id())
                                .status())
                .isEqualTo(204);
        assertThat(
                        platform.server()
                                .anyone()
                                .bearing(leavingToken)
                                .post("/api/auth/logout")
                                .status())
                .isEqualTo(204);
        assertThat(first.get(2, TimeUnit.SECONDS).getLast().job().get("status").stringValue())
                .isEqualTo("running");
        assertThat(second.get(2, TimeUnit.SECONDS).getLast().job().get("status").stringValue())
                .isEqualTo("running");
        assertThat(third.get(30, TimeUnit.SECONDS).getLast().job().get("status").stringValue())
                .isEqualTo("succeeded");
    }

    @Test
    void aUserHasSoManyStreamsAndNoMore() throws Exception {
        String token = token(world.owner());
        UUID job = job();
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            open.add(open(token, job, ""));
        }
        assertThat(open).allMatch(response -> response.statusCode() == 200);
        HttpResponse<InputStream> refused = open(token, job, "");
        assertThat(refused.statusCode()).isEqualTo(429);
        Person other = platform.server().member(world.owner(), world.project(), "viewer");
        assertThat(open(token(other), job, "").statusCode()).isEqualTo(200);
        for (HttpResponse<InputStream> response : open) {
            response.body().close();
        }
    }
}
