package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The embedded server as it is used for real: what is committed is on the disk.
@Timeout(120)
final class EmbeddedPostgresTest {
    private static Path template;
    private static Path readHome;
    private static EmbeddedPostgres read;
    @TempDir private Path home;
    private final List<ProcessHandle> started = new ArrayList<>();

    // Made once, since making one takes its time to be on the disk; each test that writes has a
    // copy, and those that only look share one that runs.
    @BeforeAll
    static void makeHome(@TempDir Path made, @TempDir Path running) throws IOException {
        EmbeddedPostgres.start(made, TestingPostgres.binaries(), PostgresSettings.durable())
                .close();
        template = made;
        copyHome(running);
        readHome = running;
        read =
                EmbeddedPostgres.start(
                        running, TestingPostgres.binaries(), PostgresSettings.durable());
    }

    @AfterAll
    static void stopReading() {
        read.close();
    }

    private static void copyHome(Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(template)) {
            for (Path each : paths.toList()) {
                Path target = to.resolve(template.relativize(each).toString());
                if (!target.equals(to)) {
                    Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @AfterEach
    void endWhatIsLeft() {
        for (ProcessHandle process : started) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private EmbeddedPostgres start() throws IOException {
        return start(Map.of());
    }

    private EmbeddedPostgres start(Map<String, String> more) throws IOException {
        if (!Files.exists(data()) && !Files.exists(partial())) {
            copyHome(home);
        }
        Map<String, String> settings = new java.util.TreeMap<>(PostgresSettings.durable());
        settings.putAll(more);
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(home, TestingPostgres.binaries(), Map.copyOf(settings));
        ProcessHandle.of(postgres.pid()).ifPresent(started::add);
        return postgres;
    }

    private Path partial() {
        return home.resolve("postgres.partial");
    }

    private Path data() {
        return home.resolve("postgres");
    }

    @Test
    void whatIsCommittedIsThereAfterAStop() throws IOException {
        try (EmbeddedPostgres postgres = start()) {
            TestingPostgres.execute(postgres.url(), "create table t as select 42 as answer");
        }
        assertThat(data().resolve("postmaster.pid")).doesNotExist();
        try (EmbeddedPostgres postgres = start()) {
            assertThat(TestingPostgres.one(postgres.url(), "select answer from t")).isEqualTo("42");
        }
    }

    @Test
    void nothingIsTakenForGrantedOfTheDisk() throws IOException {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(TestingPostgres.one(read.url(), "show " + setting)).isEqualTo("on");
        }
        assertThat(TestingPostgres.one(read.url(), "show data_checksums")).isEqualTo("on");
    }

    @Test
    void textIsUtf8AndSortsByItsBytes() throws IOException {
        assertThat(TestingPostgres.one(read.url(), "show server_encoding")).isEqualTo("UTF8");
        assertThat(
                        TestingPostgres.one(
                                read.url(),
                                "select string_agg(c, '' order by c) from unnest(array['ä', 'b', 'A', 'a', 'Z']) c"))
                .isEqualTo("AZabä");
        assertThat(TestingPostgres.one(read.url(), "select upper('äß')")).isEqualTo("Äß");
    }

    @Test
    void onlyThePasswordLetsInAndNobodyIsASuperuser() throws IOException {
        DatabaseUrl url = read.url();
        assertThat(
                        TestingPostgres.one(
                                url,
                                "select bool_or(rolsuper or rolbypassrls) from pg_roles where rolname = current_user"))
                .isEqualTo("f");
        Path password = readHome.resolve("postgres-password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(readHome.resolve("postgres"))))
                .isEqualTo("rwx------");
        for (DatabaseUrl other :
                List.of(
                        new DatabaseUrl(url.jdbc(), url.place(), "tieout", "wrong"),
                        new DatabaseUrl(url.jdbc(), url.place(), "tieout", null),
                        new DatabaseUrl(url.jdbc(), url.place(), "postgres", null),
                        new DatabaseUrl(
                                url.jdbc(), url.place(), "postgres", Files.readString(password)))) {
            assertThatThrownBy(() -> ServerCheck.check(other.dataSource(), other))
                    .isInstanceOf(DatabaseFailure.class)
                    .hasMessageContaining("does not accept this user and password");
        }
        assertThat(TestingPostgres.one(url, "show listen_addresses")).isEqualTo("127.0.0.1");
        // Where its socket is, which others of this machine could use.
        assertThat(
                        Files.readAllLines(readHome.resolve("postgres").resolve("postmaster.pid"))
                                .get(4))
                .isBlank();
    }

    @Test
    void aLostPasswordIsReplaced() throws IOException {
        start().close();
        String before = Files.readString(home.resolve("postgres-password"));
        Files.delete(home.resolve("postgres-password"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(TestingPostgres.one(postgres.url(), "select 1")).isEqualTo("1");
        }
        assertThat(Files.readString(home.resolve("postgres-password"))).isNotEqualTo(before);
    }

    @Test
    void aHomeIsOneProcesss() {
        try (HomeLock lock = HomeLock.acquire(home)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> HomeLock.acquire(home))
                    .isInstanceOf(DatabaseFailure.class)
                    .hasMessage(
                            home
                                    + " is in use by process "
                                    + ProcessHandle.current().pid()
                                    + "; stop that process, or set TIEOUT_HOME to another folder");
        }
        HomeLock.acquire(home).close();
    }

    @Test
    void aHomeThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThatThrownBy(() -> HomeLock.acquire(file.resolve("home")))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("cannot be written to");
    }

    @Test
    void whatAKilledProgramLeftRunningIsEnded() throws IOException {
        EmbeddedPostgres orphan = start();
        TestingPostgres.execute(orphan.url(), "create table t as select 42 as answer");
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            assertThat(ProcessHandle.of(orphan.pid()).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(TestingPostgres.one(postgres.url(), "select answer from t")).isEqualTo("42");
        }
    }

    @Test
    void aKilledServerRecovers() throws IOException {
        EmbeddedPostgres killed = start();
        TestingPostgres.execute(killed.url(), "create table t as select 42 as answer");
        kill(killed.pid());
        try (EmbeddedPostgres postgres = start()) {
            assertThat(TestingPostgres.one(postgres.url(), "select answer from t")).isEqualTo("42");
        }
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    @Test
    void aPidThatIsNowSomebodyElsesIsNeitherEndedNorInTheWay() throws Exception {
        EmbeddedPostgres killed = start();
        Path note = data().resolve("postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(note));
        killed.close();
        Process other = new ProcessBuilder("sleep", "60").start();
        started.add(other.toHandle());
        lines.set(0, Long.toString(other.pid()));
        Files.write(note, lines);
        try (EmbeddedPostgres postgres = start()) {
            assertThat(other.isAlive()).isTrue();
            assertThat(TestingPostgres.one(postgres.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aDirectoryHalfMadeIsMadeAnew() throws IOException {
        Files.createDirectories(home.resolve("postgres.partial/base"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(TestingPostgres.one(postgres.url(), "select 1")).isEqualTo("1");
        }
        assertThat(home.resolve("postgres.partial")).doesNotExist();
    }

    @Test
    void dataOfAnotherVersionIsRefused() throws IOException {
        start().close();
        Files.writeString(data().resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("was made by PostgreSQL 17, which is not the version");
    }

    @Test
    void aFolderThatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(Files.createDirectories(data()).resolve("letter.txt"), "");
        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("is not empty and not a database");
    }

    @Test
    void aServerThatEndsSaysWhyAtOnce() {
        long before = System.nanoTime();
        assertThatThrownBy(() -> start(Map.of("shared_buffers", "1PB")))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("PostgreSQL did not start: ")
                .hasMessageContaining("shared_buffers")
                .hasMessageContaining("see " + home.resolve("postgres.log"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void severalHomesStartAtOnceFromOneSetOfPrograms(@TempDir Path homes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Path each = Files.createDirectories(homes.resolve("home " + i));
                copyHome(each);
                answers.add(
                        threads.submit(
                                () -> {
                                    try (EmbeddedPostgres postgres =
                                            EmbeddedPostgres.start(
                                                    each,
                                                    homes.resolve("programs"),
                                                    PostgresSettings.durable())) {
                                        return TestingPostgres.one(postgres.url(), "select 1");
                                    }
                                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("1");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long count(Database database, String sql) {
        return database.inWorker(
                new RequestId("check"), handle -> handle.select(sql).mapTo(Long.class).one());
    }

    @Test
    void aConnectionThatCannotBeHadIsTold() throws IOException {
        EmbeddedPostgres postgres = start();
        DatabaseSettings hasty =
                new DatabaseSettings(
                        Optional.empty(), home, 4, Duration.ofSeconds(1), Duration.ofSeconds(5));
        try (Database database = Database.at(postgres.url(), hasty)) {
            assertThat(count(database, "select 1")).isEqualTo(1);
            postgres.close();
            assertThatThrownBy(() -> count(database, "select 1"))
                    .isInstanceOf(DatabaseUnavailable.class);
        }
    }
}
