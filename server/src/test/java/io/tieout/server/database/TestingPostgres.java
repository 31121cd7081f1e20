package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL for tests: one server a JVM, and for each test that asks a database of its
/// own, copied from one that is already migrated.
///
/// With `TIEOUT_TEST_DATABASE_URL` set it is that server instead; the role there owns the database
/// of the URL, and may create databases and roles.
public final class TestingPostgres {
    private static final String TEMPLATE = "tieout_template_" + ProcessHandle.current().pid();
    private static final int DROP_ATTEMPTS = 50;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable DatabaseUrl server;

    private TestingPostgres() {}

    /// A fresh database at this program's schema, with nothing in it. Closing it drops it.
    public static TestingDatabase database() {
        return database(Duration.ofSeconds(30));
    }

    static TestingDatabase database(Duration statementTimeout) {
        DatabaseUrl url = copy(TEMPLATE);
        return new TestingDatabase(url, Database.at(url, settings(statementTimeout)));
    }

    static DatabaseSettings settings(Duration statementTimeout) {
        return new DatabaseSettings(
                Optional.empty(), Path.of("unused"), 8, Duration.ofSeconds(5), statementTimeout);
    }

    /// A fresh database with nothing in it, not even tables.
    static DatabaseUrl empty() {
        return copy("template1");
    }

    private static DatabaseUrl copy(String template) {
        DatabaseUrl url = server();
        String name = "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        execute(url, "create database " + name + " template " + template);
        return url.withDatabase(name);
    }

    static void drop(DatabaseUrl url) {
        String name = url.place().substring(url.place().lastIndexOf('/') + 1);
        for (int attempt = 1; ; attempt++) {
            try {
                execute(server(), "drop database if exists " + name + " with (force)");
                return;
            } catch (AssertionError e) {
                // The server's own vacuum may be in it, which is not ours to end.
                if (attempt == DROP_ATTEMPTS) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static void execute(DatabaseUrl url, String sql) {
        try (Connection connection = url.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /// The first value of the first row, as text; booleans as `t` and `f`.
    static String one(DatabaseUrl url, String sql) {
        try (Connection connection = url.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /// The server of this JVM, started by the first who asks.
    static synchronized DatabaseUrl server() {
        if (server == null) {
            String own = System.getenv("TIEOUT_TEST_DATABASE_URL");
            DatabaseUrl url = own == null ? start() : DatabaseUrl.parse(own);
            execute(url, "drop database if exists " + TEMPLATE);
            execute(url, "create database " + TEMPLATE);
            Runtime.getRuntime().addShutdownHook(new Thread(TestingPostgres::end));
            Migrations.migrate(url.withDatabase(TEMPLATE).dataSource());
            server = url;
        }
        return server;
    }

    static Path binaries() {
        return Path.of("target", "postgres-binaries").toAbsolutePath();
    }

    private static @Nullable EmbeddedPostgres embedded;
    private static @Nullable Path home;

    private static DatabaseUrl start() {
        Path homes = Path.of("target", "postgres-homes").toAbsolutePath();
        try {
            sweep(homes);
            home = Files.createDirectories(homes.resolve("" + ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        embedded = EmbeddedPostgres.start(home, binaries(), PostgresSettings.forTests());
        return embedded.url();
    }

    // What a killed test run left behind.
    private static void sweep(Path homes) throws IOException {
        Files.createDirectories(homes);
        try (Stream<Path> left = Files.list(homes)) {
            for (Path each : left.toList()) {
                long pid = Long.parseLong(String.valueOf(each.getFileName()));
                if (ProcessHandle.of(pid).isEmpty()) {
                    Postmaster.endOrphan(
                            each.resolve("postgres"),
                            new PostgresPrograms(PostgresBinaries.unpackInto(binaries())));
                    PostgresBinaries.deleteTree(each);
                }
            }
        }
    }

    private static synchronized void end() {
        if (embedded != null) {
            embedded.close();
        } else if (server != null) {
            execute(server, "drop database if exists " + TEMPLATE + " with (force)");
        }
        if (home != null) {
            try {
                PostgresBinaries.deleteTree(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
