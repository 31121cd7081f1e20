package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is not ours, whose administrator has decided who may do what.
final class OwnServerTest {
    @TempDir private static Path home;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres =
                EmbeddedPostgres.start(
                        home, TestingPostgres.binaries(), PostgresSettings.forTests());
        Files.writeString(
                home.resolve("postgres/pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        new PostgresPrograms(PostgresBinaries.unpackInto(TestingPostgres.binaries()))
                .signal("HUP", postgres.pid());
        TestingPostgres.execute(postgres.url(), "create role plain login password 'sesame'");
        TestingPostgres.execute(postgres.url(), "create database plain");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static DatabaseUrl url(String user, String password, String database) {
        DatabaseUrl url = postgres.url(database);
        return new DatabaseUrl(url.jdbc(), url.place(), user, password);
    }

    private static String refusal(DatabaseUrl url) {
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> ServerCheck.check(url.dataSource(), url))
                .isInstanceOfSatisfying(
                        DatabaseFailure.class, e -> said.add(String.valueOf(e.getMessage())));
        assertThat(said.getFirst()).doesNotContain("sesame");
        return said.getFirst();
    }

    @Test
    void aRoleThatMayNotMakeRolesIsToldWhatToAskForUntilItIsDone() {
        DatabaseUrl url = url("plain", "sesame", "plain");
        assertThat(refusal(url))
                .contains(
                        "create role tieout_app nologin; create role tieout_worker nologin;"
                                + " grant tieout_app, tieout_worker to plain");
        TestingPostgres.execute(postgres.url(), "create role tieout_app nologin");
        TestingPostgres.execute(postgres.url(), "create role tieout_worker nologin");
        assertThat(refusal(url)).endsWith("grant tieout_app, tieout_worker to plain");
        TestingPostgres.execute(postgres.url(), "grant tieout_app, tieout_worker to plain");
        assertThat(refusal(url)).endsWith("alter database plain owner to plain");
        TestingPostgres.execute(postgres.url(), "grant plain to tieout");
        TestingPostgres.execute(postgres.url(), "alter database plain owner to plain");
        DatabaseSettings settings = DatabaseSettings.of(Optional.empty(), home);
        try (Database database = Database.at(url, settings)) {
            assertThat(
                            database.<String>inWorker(
                                    new RequestId("r"),
                                    h -> h.select("select current_user").mapTo(String.class).one()))
                    .isEqualTo("tieout_worker");
        }
    }

    @Test
    void aWrongPasswordIsSaidToBeOne() {
        assertThat(refusal(url("plain", "sesame?", "plain")))
                .contains("does not accept this user and password");
    }

    @Test
    void aDatabaseThatIsNotThereIsSaidToBeMissing() {
        assertThat(refusal(url("plain", "sesame", "nowhere")))
                .contains("there is no database 127.0.0.1:")
                .contains("/nowhere");
    }

    @Test
    void aServerThatIsNotThereIsSaidToBeOutOfReach() {
        assertThat(refusal(DatabaseUrl.parse("postgres://u:sesame@127.0.0.1:1/db")))
                .contains("127.0.0.1:1/db cannot be reached (the connection is refused)");
        assertThat(refusal(DatabaseUrl.parse("postgres://u:sesame@nowhere.invalid/db")))
                .contains("nowhere.invalid/db cannot be reached (the host is unknown)");
    }

    @Test
    void aDatabaseOfAnotherEncodingIsRefused() {
        TestingPostgres.execute(
                postgres.url(),
                "create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0");
        assertThat(refusal(postgres.url("latin"))).contains("has encoding LATIN1");
    }

    @Test
    void aServerThatIsTooOldIsRefused() {
        DatabaseUrl url = postgres.url();
        assertThatThrownBy(() -> ServerCheck.check(url.dataSource(), url, 99))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("is PostgreSQL 18, older than 99; upgrade it to 99 or later");
        ServerCheck.check(url.dataSource(), url, 18);
    }
}
