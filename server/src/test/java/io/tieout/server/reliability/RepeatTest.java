package io.tieout.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.AtOnce;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A hundred equal requests at once, a server that is killed in their midst, and a hundred
/// answers in the end.
final class RepeatTest {
    private static final int CALLS = 100;
    private static final int BREAKS = 2_000;
    private static final Random RANDOM = new Random(Long.getLong("tieout.seed", System.nanoTime()));

    private static Platform platform;
    private static Path home;
    private static ServerProcess server;
    private static UUID reconciliation;
    private static UUID job;

    @BeforeAll
    static void start() {
        platform = Platform.shared();
        home = platform.home();
        server = platform.start(home, 0);
        ApiClient api = platform.client(server);
        UUID project = Calls.project(api, "repeats");
        UUID left = Calls.source(api, project, "left", Sample.csv(0, BREAKS, false));
        UUID right = Calls.source(api, project, "right", Sample.csv(BREAKS, BREAKS + 1, false));
        reconciliation = Calls.reconciliation(api, project, left, right);
        job = Calls.done(() -> api.post(jobs())).id("id");
        Calls.over(api, Scene.job(job));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static String jobs() {
        return "/api/reconciliations/" + reconciliation + "/jobs";
    }

    /// Calls a hundred times at once with one key, undisturbed and then with a kill in the midst,
    /// and gives the two answers.
    private static List<Reply> twice(Function<ApiClient, Function<String, Reply>> call) {
        long from = System.nanoTime();
        List<Reply> undisturbed = answered(call, "undisturbed", Optional.empty());
        long nanos = System.nanoTime() - from;
        Optional<Long> kill = Optional.of(RANDOM.nextLong(nanos));
        return List.of(one(undisturbed), one(answered(call, "disturbed", kill)));
    }

    private static List<Reply> answered(
            Function<ApiClient, Function<String, Reply>> call, String name, Optional<Long> kill) {
        String key = name + "-" + UUID.randomUUID();
        ApiClient before = platform.client(server).with("Idempotency-Key", key);
        CompletableFuture<Void> killing =
                CompletableFuture.runAsync(() -> kill.ifPresent(RepeatTest::killAfter));
        List<Optional<Reply>> first =
                AtOnce.times(CALLS, () -> unlessCut(() -> call.apply(before).apply(key)));
        killing.join();
        if (kill.isPresent()) {
            server = platform.start(home, 0);
        }
        ApiClient after = platform.client(server).with("Idempotency-Key", key);
        List<Reply> all = new ArrayList<>();
        first.forEach(reply -> reply.ifPresent(all::add));
        int missing = CALLS - all.size();
        if (missing > 0) {
            all.addAll(AtOnce.times(missing, () -> Calls.done(() -> call.apply(after).apply(key))));
        }
        return all;
    }

    private static void killAfter(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        server.kill();
    }

    private static Optional<Reply> unlessCut(java.util.function.Supplier<Reply> call) {
        try {
            return Optional.of(Calls.done(call));
        } catch (UncheckedIOException _) {
            return Optional.empty();
        }
    }

    private static Reply one(List<Reply> all) {
        assertThat(all).hasSize(CALLS);
        assertThat(all.stream().map(Reply::body).distinct()).hasSize(1);
        assertThat(all.stream().map(Reply::status).distinct()).hasSize(1);
        return all.getFirst();
    }

    @Test
    void oneProjectComesOfAHundredRequestsAndAKill() {
        for (Reply project : twice(api -> key -> api.post("/api/projects", Map.of("name", key)))) {
            try (Books books = platform.books()) {
                assertThat(
                                books.count(
                                        "select count(*) from projects where name = ?",
                                        project.text("name")))
                        .isEqualTo(1);
                assertThat(books.audited("project.create", project.id("id"))).isEqualTo(1);
            }
        }
    }

    @Test
    void oneJobComesOfAHundredRequestsAndAKill() {
        try (Books books = platform.books()) {
            String count = "select count(*) from reconciliation_jobs where reconciliation_id = ?";
            long before = books.count(count, reconciliation);
            List<Reply> jobs = twice(api -> _ -> api.post(jobs()));
            assertThat(books.count(count, reconciliation)).isEqualTo(before + 2);
            for (Reply started : jobs) {
                UUID id = started.id("id");
                Reply over = Calls.over(platform.client(server), Scene.job(id));
                assertThat(over.text("status")).isEqualTo("succeeded");
                assertThat(books.audited("job.start", id)).isEqualTo(1);
                assertThat(books.audited("job.finish", id)).isEqualTo(1);
            }
        }
    }

    @Test
    void oneDecisionOnManyResultsComesOfAHundredRequestsAndAKill() {
        long open = Review.open(platform.client(server), job);
        Map<String, Object> body =
                Map.of(
                        "action",
                        "comment",
                        "comment",
                        "looked at",
                        "filter",
                        Map.of("kind", "break", "status", "open"),
                        "expected_count",
                        open);
        List<Reply> decisions = twice(api -> _ -> api.post(Scene.job(job) + "/decisions", body));
        try (Books books = platform.books()) {
            assertThat(
                            books.count(
                                    "select count(*) from reconciliation_decisions where job_id = ?",
                                    job))
                    .isEqualTo(2);
            for (Reply decision : decisions) {
                assertThat(books.audited("decision.comment", decision.id("id"))).isEqualTo(1);
            }
            assertThat(
                            books.count(
                                    "select count(*) from reconciliation_results where comment_count = 2"))
                    .isEqualTo(open);
        }
    }
}
