package io.tieout.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two servers that share a database.
final class TwoServersTest {
    private static final Random RANDOM = new Random(Long.getLong("tieout.seed", System.nanoTime()));
    private static final int FREEZES = Integer.getInteger("tieout.freezes", 3);
    private static final int ROWS = 90_000;
    private static final String RUNNING =
            "select count(*) from reconciliation_jobs where id = ? and status = 'running'";

    private static final Platform PLATFORM = Platform.shared();
    private static final Map<ServerProcess, Path> HOMES = new LinkedHashMap<>();
    private static ServerProcess one;
    private static ServerProcess other;
    private static UUID project;
    private static UUID reconciliation;
    private static String digest = "";
    private static long results;

    @BeforeAll
    static void start() {
        one = server();
        other = server();
        ApiClient api = PLATFORM.client(one);
        project = Calls.project(api, "two");
        UUID left = Calls.source(api, project, "left", Sample.csv(0, ROWS, false));
        UUID right = Calls.source(api, project, "right", Sample.csv(50, ROWS + 50, false));
        reconciliation = Calls.reconciliation(api, project, left, right);
        Reply over = Calls.over(api, Scene.job(startJob(one)));
        digest = over.text("digest");
        results = over.json().get("result_count").asLong();
        assertThat(results).isEqualTo(ROWS + 50);
    }

    @AfterAll
    static void stop() {
        PLATFORM.close();
    }

    private static ServerProcess server() {
        Path home = PLATFORM.home();
        ServerProcess server = PLATFORM.start(home, 0, Map.of("TIEOUT_JOBS", "1"));
        HOMES.put(server, home);
        return server;
    }

    private static Path home(ServerProcess server) {
        return Objects.requireNonNull(HOMES.get(server));
    }

    private static UUID startJob(ServerProcess at) {
        String path = "/api/reconciliations/" + reconciliation + "/jobs";
        return Calls.done(() -> PLATFORM.client(at).post(path)).id("id");
    }

    private static ServerProcess otherThan(ServerProcess server) {
        return server == one ? other : one;
    }

    /// The server that runs a job; waits for one to take it up.
    private static ServerProcess runner(Books books, UUID job) {
        assertThat(Books.await(() -> books.count(RUNNING, job) == 1)).isTrue();
        return ranBy(books, job, one) ? one : other;
    }

    private static boolean ranBy(Books books, UUID job, ServerProcess server) {
        try {
            UUID node = UUID.fromString(Files.readString(home(server).resolve("node-id")).strip());
            String sql = "select count(*) from reconciliation_jobs where id = ? and node_id = ?";
            return books.count(sql, job, node) == 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bothRunJobsAndEachShowsThoseOfTheOther() {
        List<UUID> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            jobs.add(startJob(i % 2 == 0 ? one : other));
        }
        try (Books books = PLATFORM.books()) {
            int ofOne = 0;
            for (UUID job : jobs) {
                for (ServerProcess server : List.of(one, other)) {
                    Reply over = Calls.over(PLATFORM.client(server), Scene.job(job));
                    assertThat(over.text("digest")).isEqualTo(digest);
                }
                ofOne += ranBy(books, job, one) ? 1 : 0;
            }
            assertThat(ofOne).isBetween(1, 5);
        }
    }

    @Test
    void eachCancelsWhatTheOtherRunsWithinTwoSeconds() {
        try (Books books = PLATFORM.books()) {
            Prompt.within(Duration.ofSeconds(2), () -> cancelledElsewhere(books));
        }
    }

    private Duration cancelledElsewhere(Books books) {
        UUID job = startJob(one);
        ServerProcess runner = runner(books, job);
        ApiClient elsewhere = PLATFORM.client(otherThan(runner));
        Reply seen = elsewhere.get(Scene.job(job));
        assertThat(seen.text("status")).isEqualTo("running");
        assertThat(seen.text("phase")).isNotEmpty();
        return Prompt.timed(
                () -> {
                    assertThat(elsewhere.post(Scene.job(job) + "/cancel").status()).isEqualTo(202);
                    Reply over = Calls.over(elsewhere, Scene.job(job));
                    assertThat(over.text("status")).isEqualTo("cancelled");
                });
    }

    @Test
    void eventsAreToldByAServerThatDoesNotRunTheJob() {
        try (Books books = PLATFORM.books()) {
            UUID job = startJob(other);
            ServerProcess elsewhere = otherThan(runner(books, job));
            Reply events = PLATFORM.client(elsewhere).get(Scene.job(job) + "/events");
            List<String> told =
                    events.body().lines().filter(line -> line.startsWith("data: ")).toList();
            assertThat(told.getFirst()).contains("\"status\":\"running\"");
            assertThat(told.getLast()).contains("\"status\":\"succeeded\"").contains(digest);
        }
    }

    @Test
    void whatAFrozenServerRanIsDoneByTheOtherAndItsWakingChangesNothing() {
        try (Books books = PLATFORM.books()) {
            UUID job = startJob(one);
            ServerProcess frozen = runner(books, job);
            Books.pause(RANDOM.nextLong(400));
            frozen.freeze();
            ApiClient api = PLATFORM.client(otherThan(frozen));
            long from = System.nanoTime();
            String again = "select attempt - 1 from reconciliation_jobs where id = ?";
            assertThat(Books.await(() -> books.count(again, job) == 1)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - from))
                    .isLessThan(Duration.ofSeconds(30));
            Reply over = Calls.over(api, Scene.job(job));
            assertThat(over.text("digest")).isEqualTo(digest);
            frozen.wake();
            // Until it has seen that the job is not its own any more, and takes up others.
            UUID next = startJob(frozen);
            Calls.over(PLATFORM.client(frozen), Scene.job(next));
            Books.pause(2_000);
            assertThat(api.get(Scene.job(job)).body()).isEqualTo(over.body());
            assertThat(books.audited("job.finish", job)).isEqualTo(1);
            String rows =
                    """
                    select count(*) from reconciliation_results r join reconciliation_jobs j
                        on r.place >= j.number << 34 and r.place < (j.number + 1) << 34
                     where j.id = ?
                    """;
            assertThat(books.count(rows, job)).isEqualTo(results);
            assertThat(books.looseTables()).isZero();
        }
    }

    @Test
    void aServerFrozenInTheMidstOfDecisionsHoldsNobodyUp() throws Exception {
        UUID job = startJob(one);
        Calls.over(PLATFORM.client(one), Scene.job(job));
        String list = Scene.job(job) + "/results?kind=break&limit=1";
        String result = PLATFORM.client(one).get(list).items().getFirst().get("id").stringValue();
        Map<String, String> body = Map.of("action", "comment", "comment", "seen");
        String path = "/api/results/" + result + "/decisions";
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            ApiClient busy = PLATFORM.client(one).within(Duration.ofSeconds(60));
            List<Future<Boolean>> working = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                working.add(
                        client.submit(
                                () -> {
                                    while (!over.get()) {
                                        busy.post(path, body);
                                    }
                                    return true;
                                }));
            }
            Books.pause(500 + RANDOM.nextInt(500));
            one.freeze();
            ApiClient elsewhere = PLATFORM.client(other).within(Duration.ofSeconds(25));
            boolean done = Books.await(() -> elsewhere.post(path, body).status() == 201);
            over.set(true);
            one.wake();
            assertThat(done).isTrue();
            for (Future<Boolean> each : working) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void anUploadToAServerThatFreezesIsDoneOnceByTheOther() throws Exception {
        try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor();
                Books books = PLATFORM.books()) {
            for (int i = 0; i < FREEZES; i++) {
                String name = "frozen" + i;
                Future<Optional<Reply>> first =
                        client.submit(() -> upload(one, name, Duration.ofSeconds(2)));
                TimeUnit.MILLISECONDS.sleep(RANDOM.nextInt(500));
                one.freeze();
                Optional<Reply> early = first.get();
                Reply second = upload(other, name, Duration.ofSeconds(40)).orElseThrow();
                one.wake();
                early.ifPresent(e -> assertThat(e.body()).isEqualTo(second.body()));
                Reply over =
                        Calls.over(PLATFORM.client(other), "/api/data-sources/" + second.id("id"));
                assertThat(over.text("status")).isEqualTo("ready");
                String sql = "select count(*) from data_sources where name = ?";
                Books.pause(500);
                assertThat(books.count(sql, name)).isEqualTo(1);
                assertThat(books.audited("data_source.upload", second.id("id"))).isEqualTo(1);
                assertThat(Books.settled(TwoServersTest::spooled)).isZero();
            }
        }
    }

    private static long spooled() {
        long count = 0;
        for (Path home : HOMES.values()) {
            try (Stream<Path> files = Files.list(home.resolve("uploads"))) {
                count += files.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    private static Optional<Reply> upload(ServerProcess server, String name, Duration patience) {
        ApiClient api =
                PLATFORM.client(server).with("Idempotency-Key", "upload-" + name).within(patience);
        String path = "/api/projects/" + project + "/data-sources?name=" + name;
        byte[] file = Sample.csv(0, 5_000, true);
        try {
            return Optional.of(
                    Calls.done(() -> api.post(path, "text/csv", Calls.slowly(file, 300))));
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(HttpTimeoutException.class);
            return Optional.empty();
        }
    }
}
