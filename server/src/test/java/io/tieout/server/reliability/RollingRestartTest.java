package io.tieout.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two servers that are restarted in turn while clients work: who goes to the other server when a
/// connection fails never sees a call fail. So many rounds as `-Dtieout.restarts` says.
final class RollingRestartTest {
    private static final int ROUNDS = Integer.getInteger("tieout.restarts", 1);
    private static final int CLIENTS = 8;
    private static final int MOST_TRIES = 200;
    private static final int ROWS = 300;

    private final Platform platform = Platform.shared();
    private final List<Path> homes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final List<ServerProcess> servers = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger number = new AtomicInteger();
    private final LongAdder calls = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> projects = new ConcurrentLinkedQueue<>();
    private final Queue<String> sources = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> jobs = new ConcurrentLinkedQueue<>();
    private ApiClient api;
    private UUID project;
    private UUID reconciliation;
    private long longestStop;

    @BeforeEach
    void start() {
        for (int i = 0; i < 2; i++) {
            homes.add(platform.home());
            ports.add(ServerProcess.freePort());
            servers.add(platform.start(homes.get(i), ports.get(i)));
        }
        api = platform.client(servers.getFirst());
        project = Calls.project(api, "rolling");
        UUID left = Calls.source(api, project, "left", Sample.csv(0, ROWS, false));
        UUID right = Calls.source(api, project, "right", Sample.csv(5, ROWS + 5, false));
        reconciliation = Calls.reconciliation(api, project, left, right);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    /// One call, on a server and, where the connection fails, on the other.
    private Reply call(Random random, Function<ApiClient, Reply> call) {
        int server = random.nextInt(2);
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                calls.increment();
                Reply reply = call.apply(api.at(servers.get(server).uri()));
                if (reply.status() != 409 || !reply.problem().equals("request-in-progress")) {
                    if (reply.status() / 100 != 2) {
                        failures.add(reply.toString());
                    }
                    return reply;
                }
            } catch (UncheckedIOException e) {
                repeats.increment();
                server = 1 - server;
            }
            Books.pause(20);
        }
        throw new AssertionError("no server answers");
    }

    private void work(int seed) {
        Random random = new Random(seed);
        while (!over.get()) {
            switch (random.nextInt(10)) {
                case 0, 1 -> createProject(random);
                case 2 -> upload(random);
                case 3 -> startJob(random);
                case 4 -> call(random, c -> c.get("/api/projects/" + project + "/jobs"));
                case 5 -> call(random, c -> c.get("/api/projects/" + project + "/data-sources"));
                default -> call(random, c -> c.get("/api/projects/" + project));
            }
        }
    }

    private void createProject(Random random) {
        String name = "p" + number.incrementAndGet();
        Map<String, String> body = Map.of("name", name);
        call(random, c -> c.with("Idempotency-Key", name).post("/api/projects", body));
        projects.add(name);
    }

    private void upload(Random random) {
        String name = "s" + number.incrementAndGet();
        String path = "/api/projects/" + project + "/data-sources?name=" + name;
        byte[] file = Sample.csv(0, ROWS, false);
        call(random, c -> c.with("Idempotency-Key", name).post(path, "text/csv", file));
        sources.add(name);
    }

    private void startJob(Random random) {
        String key = "j" + number.incrementAndGet();
        String path = "/api/reconciliations/" + reconciliation + "/jobs";
        Reply reply = call(random, c -> c.with("Idempotency-Key", key).post(path));
        if (reply.status() == 202) {
            jobs.add(reply.id("id"));
        }
    }

    @Test
    void noCallFailsWhileServersAreRestartedInTurn() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                working.add(clients.submit(() -> work(seed)));
            }
            for (int i = 0; i < 2 * ROUNDS; i++) {
                Books.pause(1_000);
                long from = System.nanoTime();
                servers.get(i % 2).stop();
                longestStop = Math.max(longestStop, (System.nanoTime() - from) / 1_000_000);
                servers.set(i % 2, platform.start(homes.get(i % 2), ports.get(i % 2)));
            }
            Books.pause(500);
            over.set(true);
            for (Future<?> each : working) {
                each.get();
            }
        }
        System.out.printf(
                "%n%d restarts under load: %d calls, %d repeated on the other server, %d failed; a stop took %d ms%n",
                2 * ROUNDS, calls.sum(), repeats.sum(), failures.size(), longestStop);
        assertThat(failures).isEmpty();
        try (Books books = platform.books()) {
            checkOnce(books);
        }
    }

    @Test
    void whatAServerIsServingItAnswersBeforeItEnds() throws Exception {
        ServerProcess stopping = servers.getFirst();
        byte[] file = Sample.csv(0, ROWS, true);
        String path = "/api/projects/" + project + "/data-sources?name=last";
        try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> upload =
                    client.submit(() -> api.post(path, "text/csv", Calls.slowly(file, 2_000)));
            Books.pause(500);
            Future<?> stop = client.submit(stopping::stop);
            assertThat(Books.await(() -> !answers(stopping))).isTrue();
            assertThat(upload.isDone()).isFalse();
            assertThat(upload.get().status()).isEqualTo(202);
            assertThat(upload.get().header("connection").orElse("")).isEqualTo("close");
            stop.get();
        }
        servers.set(0, platform.start(homes.getFirst(), ports.getFirst()));
        try (Books books = platform.books()) {
            String sql =
                    "select count(*) from data_sources where name = 'last' and status = 'ready'";
            assertThat(Books.await(() -> books.count(sql) == 1)).isTrue();
        }
    }

    private static boolean answers(ServerProcess server) {
        try {
            return ApiClient.of(server.uri()).get("/api/health/ready").status() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private void checkOnce(Books books) {
        for (String name : projects) {
            assertThat(books.count("select count(*) from projects where name = ?", name))
                    .isEqualTo(1);
        }
        for (String name : sources) {
            String sql = "select count(*) from data_sources where name = ? and status = 'ready'";
            assertThat(Books.await(() -> books.count(sql, name) == 1)).as(name).isTrue();
        }
        assertThat(books.count("select count(*) from data_sources")).isEqualTo(sources.size() + 2);
        assertThat(books.count("select count(*) from reconciliation_jobs")).isEqualTo(jobs.size());
        for (UUID job : jobs) {
            Reply done = Calls.over(api.at(servers.getFirst().uri()), Scene.job(job));
            assertThat(done.text("status")).as(done.body()).isEqualTo("succeeded");
            assertThat(books.audited("job.finish", job)).isEqualTo(1);
        }
        assertThat(projects).isNotEmpty();
        assertThat(sources).isNotEmpty();
        assertThat(jobs).isNotEmpty();
    }
}
