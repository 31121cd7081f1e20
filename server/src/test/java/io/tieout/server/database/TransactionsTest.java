package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TransactionsTest {
    private static final RequestId REQUEST = new RequestId("req-1");
    private static final Actor ACTOR = new Actor(new UUID(1, 2), REQUEST);

    private static TestingDatabase testing;
    private static Database database;

    @BeforeAll
    static void start() {
        testing = TestingPostgres.database(Duration.ofSeconds(3));
        database = testing.database();
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    @BeforeEach
    void empty() {
        database.inWorker(REQUEST, h -> h.execute("delete from nodes"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static String text(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(String.class).one();
    }

    @Test
    void whoStandsStillInATransactionDoesNotHoldOthersUp() throws Exception {
        String lock = "select pg_advisory_xact_lock(4711)::text";
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        try (TestingDatabase own = TestingPostgres.database(Duration.ofSeconds(3));
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            // As a server that is stopped by its machine, and wakes up later.
            Future<String> standing =
                    thread.submit(
                            () ->
                                    own.database()
                                            .inWorker(
                                                    REQUEST,
                                                    h -> {
                                                        text(h, lock);
                                                        held.countDown();
                                                        await(woken);
                                                        return text(h, "select 'late'");
                                                    }));
            held.await();
            try {
                assertThat(own.database().<String>inApp(ACTOR, h -> text(h, lock))).isEmpty();
            } finally {
                woken.countDown();
            }
            assertThatThrownBy(standing::get).hasCauseInstanceOf(DatabaseUnavailable.class);
        }
    }

    @Test
    void eachBodyRunsAsItsRole() {
        String who =
                "select current_user || ' ' || coalesce(tieout_user()::text, 'nobody') || ' ' || current_setting('application_name')";
        assertThat(database.<String>inApp(ACTOR, h -> text(h, who)))
                .isEqualTo("tieout_app " + ACTOR.userId() + " tieout req-1");
        assertThat(database.<String>inWorker(REQUEST, h -> text(h, who)))
                .isEqualTo("tieout_worker nobody tieout req-1");
        assertThat(
                        database.<String>inOwner(
                                REQUEST,
                                h -> text(h, "select (current_user = session_user)::text")))
                .isEqualTo("true");
    }

    @Test
    void aConnectionThatWasGivenBackIsNobodys() throws Exception {
        database.inApp(ACTOR, h -> text(h, "select current_user"));
        try (TestingDatabase single = TestingPostgres.database()) {
            // The worker's role does not stay either.
            single.database().inWorker(REQUEST, h -> text(h, "select current_user"));
            single.database()
                    .outsideTransactions(
                            connection -> {
                                try (var s = connection.createStatement()) {
                                    assertThat(s.execute("select 1")).isTrue();
                                }
                            });
            assertThat(
                            single.database()
                                    .<String>inApp(
                                            ACTOR,
                                            h -> {
                                                h.commit();
                                                h.begin();
                                                return text(
                                                        h,
                                                        "select current_user || coalesce(tieout_user()::text, '')");
                                            }))
                    .isEqualTo("tieout_app");
        }
    }

    @Test
    void theBeginningCarriesTheRequestIdAsAComment() {
        RequestId request = new RequestId("req-comment");
        String running =
                database.inWorker(
                        request,
                        handle ->
                                TestingPostgres.one(
                                        testing.url(),
                                        "select query from pg_stat_activity where application_name = 'tieout req-comment'"));
        assertThat(running).startsWith("/* request_id=req-comment */ ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a*/", "a'", "a;b", "ä", "a\n"})
    void aRequestIdThatCouldLeaveACommentIsRefused(String text) {
        assertThat(RequestId.isValid(text)).isFalse();
        assertThatThrownBy(() -> new RequestId(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RequestId.isValid("a".repeat(64))).isTrue();
        assertThat(RequestId.isValid("a".repeat(65))).isFalse();
    }

    @Test
    void aBodyThatFailsLeavesNothing() {
        assertThatThrownBy(
                        () ->
                                database.inWorker(
                                        REQUEST,
                                        h -> {
                                            insert(h, 1);
                                            throw new IllegalStateException("later");
                                        }))
                .hasMessage("later");
        assertThat(nodes()).isZero();
    }

    private static int insert(Handle handle, int number) {
        return handle.execute(
                "insert into nodes (id, started_at, seen_at, version) values (?, now(), now(), '')",
                new UUID(0, number));
    }

    private static long nodes() {
        return database.inWorker(
                REQUEST, h -> h.createQuery("select count(*) from nodes").mapTo(Long.class).one());
    }

    @Test
    void aReaderCannotWrite() {
        assertThatThrownBy(() -> database.inWorker(REQUEST, Access.READ, h -> insert(h, 1)))
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void aRequestHasATimeLimitAndAJobHasNone() {
        try (TestingDatabase hasty = TestingPostgres.database(Duration.ofMillis(500))) {
            assertThatThrownBy(
                            () ->
                                    hasty.database()
                                            .inApp(ACTOR, h -> h.execute("select pg_sleep(5)")))
                    .hasMessageContaining("statement timeout");
            assertThat(
                            hasty.database()
                                    .<Integer>inWorker(
                                            REQUEST, h -> h.execute("select pg_sleep(0.7)")))
                    .isNotNull();
        }
    }

    @Test
    void aDeadlockIsRunAgainWhereTheBodyMayBe() throws Exception {
        database.inWorker(REQUEST, h -> insert(h, 1) + insert(h, 2));
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier both = new CyclicBarrier(2);
        List<Future<?>> locking = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int first : new int[] {1, 2}) {
                locking.add(
                        threads.submit(
                                () ->
                                        database.inWorker(
                                                REQUEST,
                                                Access.WRITE_REPEATABLE,
                                                h -> {
                                                    touch(h, first);
                                                    if (runs.incrementAndGet() <= 2) {
                                                        meet(both);
                                                    }
                                                    return touch(h, 3 - first);
                                                })));
            }
            for (Future<?> each : locking) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs.get()).isGreaterThanOrEqualTo(3);
        assertThat(
                        database.<Long>inWorker(
                                REQUEST,
                                h ->
                                        h.createQuery("select sum(length(version)) from nodes")
                                                .mapTo(Long.class)
                                                .one()))
                .isEqualTo(4);
    }

    private static int touch(Handle handle, int number) {
        return handle.execute(
                "update nodes set version = version || 'x' where id = ?", new UUID(0, number));
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatMayNotBeRunAgainIsNotAndWhatMayIsBounded() {
        AtomicInteger runs = new AtomicInteger();
        Work<Integer> failing =
                h -> {
                    runs.incrementAndGet();
                    return h.execute(
                            "do $$ begin raise exception 'turned down' using errcode = '40001'; end $$");
                };
        assertThatThrownBy(() -> database.inWorker(REQUEST, failing))
                .hasMessageContaining("turned down");
        assertThat(runs.getAndSet(0)).isEqualTo(1);
        assertThatThrownBy(() -> database.inWorker(REQUEST, Access.WRITE_REPEATABLE, failing))
                .hasMessageContaining("turned down");
        assertThat(runs.get()).isEqualTo(5);
    }

    @Test
    void workerConnectionsAreTheWorkers() throws Exception {
        try (var connection = database.workerConnections().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select current_user")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("tieout_worker");
        }
    }
}
