package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import io.tieout.server.database.TestingHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Kills a server at moments spread evenly over what it does, starts it again, lets the client do
/// what clients do, and looks what became of it.
final class KillDrill implements AutoCloseable {
    private static final int RENEW_AFTER = 60;

    private final Platform platform;
    private final RandomGenerator random;
    private final KillTable table;
    private final Path home;
    private final ExecutorService client = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Operation, Long> durations = new EnumMap<>(Operation.class);
    private final Scene scene;
    private ServerProcess server;
    private int rounds;

    KillDrill(Platform platform, RandomGenerator random, KillTable table) {
        this.platform = platform;
        this.random = random;
        this.table = table;
        this.home = platform.home();
        this.server = platform.start(home, 0);
        this.scene = new Scene(api());
    }

    /// What is killed.
    enum Victim {
        SERVER,
        SERVER_AND_DATABASE
    }

    private ApiClient api() {
        return platform.client(server);
    }

    /// Measures how long operations take undisturbed, on a server as young as those that will be
    /// killed.
    void measure(List<Operation> operations) {
        server.kill();
        server = platform.start(home, 0);
        try (Books books = platform.books(home)) {
            for (Operation operation : operations) {
                Work work = operation.next(scene, api(), books);
                long from = System.nanoTime();
                work.act(api());
                durations.put(operation, System.nanoTime() - from);
                Findings findings = new Findings();
                work.check(api(), books, findings);
                table.undisturbed(operation, durations.get(operation), findings);
            }
        }
    }

    /// Kills once.
    void round(Operation operation, Victim victim) {
        if (++rounds % RENEW_AFTER == 0) {
            platform.signInAgain();
        }
        Work work;
        try (Books books = platform.books(home)) {
            work = operation.next(scene, api(), books);
        }
        long delay = random.nextLong(Objects.requireNonNull(durations.get(operation)));
        boolean finished = actUntilKilled(work, delay, victim);
        boolean answered = work.isAnswered();
        server = platform.start(home, 0);
        try (Books books = platform.books(home)) {
            KillTable.Found found =
                    finished
                            ? KillTable.Found.DONE
                            : answered
                                    ? KillTable.Found.ANSWERED
                                    : work.hasEffect(books)
                                            ? KillTable.Found.UNANSWERED
                                            : KillTable.Found.NOTHING;
            Findings findings = new Findings();
            work.act(api());
            work.check(api(), books, findings);
            checkAll(books, findings);
            table.killed(operation, victim, found, delay, findings);
        }
    }

    private boolean actUntilKilled(Work work, long delayNanos, Victim victim) {
        ApiClient api = api();
        Future<Boolean> acting =
                client.submit(
                        () -> {
                            work.act(api);
                            return true;
                        });
        try {
            TimeUnit.NANOSECONDS.sleep(delayNanos);
            boolean finished = acting.isDone();
            server.kill();
            if (victim == Victim.SERVER_AND_DATABASE) {
                TestingHome.kill(home);
            }
            acting.get();
            return finished;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException) {
                return false;
            }
            throw new AssertionError("more than a lost connection", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void checkAll(Books books, Findings findings) {
        findings.count("files of uploads", 0, Books.settled(this::spooled));
        findings.count("tables that belong to nothing", 0, books.looseTables());
        findings.count(
                "uploads and their entries",
                books.count("select count(*) from data_sources"),
                books.count("select count(*) from audit_log where action = 'data_source.upload'"));
        ApiClient.Reply trail = Calls.done(() -> api().get("/api/audit/verify"));
        findings.same("an intact trail", true, trail.json().get("intact").booleanValue());
    }

    /// Rows that belong to nothing, wherever they are; reads every row.
    void checkRows() {
        Findings findings = new Findings();
        try (Books books = platform.books(home)) {
            findings.count(
                    "records without a source",
                    0,
                    books.count(
                            """
                            select count(*) from reconciliation_records r where not exists (
                              select from data_sources d where d.number = r.source_number and d.status = 'ready')
                            """));
            findings.count(
                    "results without a job",
                    0,
                    books.count(
                            """
                            select count(*) from reconciliation_results r where not exists (
                              select from reconciliation_jobs j where j.number = r.place >> 34 and j.status = 'succeeded')
                            """));
        }
        table.atTheEnd(findings);
    }

    private long spooled() {
        try (Stream<Path> files = Files.list(home.resolve("uploads"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        platform.close();
    }
}
