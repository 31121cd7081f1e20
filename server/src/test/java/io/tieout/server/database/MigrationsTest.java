package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MigrationsTest {
    private static final String APPLIED =
            "select count(*) from flyway_schema_history where success";

    private final DatabaseUrl url = TestingPostgres.empty();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void drop() {
        threads.shutdownNow();
        TestingPostgres.drop(url);
    }

    private String one(String sql) {
        return TestingPostgres.one(url, sql);
    }

    private void migrate(List<Index> catalogue) {
        Migrations.migrate(url.dataSource(), catalogue);
    }

    private List<String> faults(List<Index> catalogue) throws SQLException {
        try (Connection connection = url.dataSource().getConnection()) {
            return new IndexBuild(connection).faults(catalogue);
        }
    }

    @Test
    void twoServersThatStartAtOnceMigrateOnce() throws Exception {
        Future<?> one = threads.submit(() -> migrate(IndexCatalogue.all()));
        Future<?> other = threads.submit(() -> migrate(IndexCatalogue.all()));
        one.get();
        other.get();
        assertThat(one(APPLIED)).isEqualTo(Integer.toString(Migrations.FILES.size() + 1));
        assertThat(faults(IndexCatalogue.all())).isEmpty();
    }

    @Test
    void aSchemaNewerThanTheProgramIsRefused() {
        migrate(IndexCatalogue.all());
        TestingPostgres.execute(
                url,
                "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                        + " checksum, installed_by, execution_time, success)"
                        + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, true)");
        TestingPostgres.execute(url, "comment on table flyway_schema_history is 'V99__later.sql'");
        assertThatThrownBy(() -> migrate(IndexCatalogue.all()))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("schema version 99, which is newer than this program");
    }

    @Test
    void aMigrationThatWasChangedAfterwardsIsRefused() {
        migrate(List.of());
        TestingPostgres.execute(
                url, "update flyway_schema_history set checksum = 1 where version = '1'");
        assertThatThrownBy(() -> migrate(IndexCatalogue.all()))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("schema of this program");
    }

    @Test
    void everyMigrationIsNamed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(Migrations.FILES);
        }
    }

    @Test
    void theDatabaseFollowsTheCatalogue() throws SQLException {
        Index kept = Index.on("users", "idx_users_a", "name", "q");
        Index dropped = Index.on("users", "idx_users_b", "created_at", "q");
        Index partitioned =
                Index.on("reconciliation_records", "idx_reconciliation_records_c", "line", "q");
        migrate(List.of(kept, dropped, partitioned));
        String before = one("select 'idx_users_a'::regclass::oid");
        Index changed =
                Index.on(
                        "reconciliation_records",
                        "idx_reconciliation_records_c",
                        "line, row_number",
                        "q");
        migrate(List.of(kept, changed));
        assertThat(faults(List.of(kept, changed))).isEmpty();
        assertThat(one("select 'idx_users_a'::regclass::oid")).isEqualTo(before);
        assertThat(one("select to_regclass('idx_users_b') is null")).isEqualTo("t");
        assertThat(one("select pg_get_indexdef('idx_reconciliation_records_c_shared'::regclass)"))
                .contains("(line, row_number)");
    }

    @ParameterizedTest
    @CsvSource({
        "users, idx_users_name, name, idx_users_name",
        "reconciliation_records, idx_reconciliation_records_line, line, idx_reconciliation_records_line_shared"
    })
    void anInterruptedBuildIsFinishedByRunningItAgain(
            String table, String name, String columns, String victim) throws Exception {
        List<Index> first = List.of(Index.on("users", "idx_users_created", "created_at", "q"));
        migrate(first);
        List<Index> catalogue = new ArrayList<>(first);
        catalogue.add(Index.on(table, name, columns, "q"));
        // A build waits for whoever has been reading the table since before it.
        try (Connection reader = url.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("lock table " + table + " in row share mode");
            statement.execute("lock table reconciliation_records_shared in row exclusive mode");
            statement.execute("lock table users in row exclusive mode");
            Future<?> build = threads.submit(() -> migrate(catalogue));
            awaitIndex(victim);
            endBuild();
            assertThatThrownBy(build::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(DatabaseFailure.class);
        }
        assertThat(
                        one(
                                "select indisvalid from pg_index where indexrelid = '"
                                        + victim
                                        + "'::regclass"))
                .isEqualTo("f");
        assertThat(faults(catalogue)).isNotEmpty();
        migrate(catalogue);
        assertThat(faults(catalogue)).isEmpty();
        assertThat(
                        one(
                                "select indisvalid from pg_index where indexrelid = '"
                                        + victim
                                        + "'::regclass"))
                .isEqualTo("t");
        assertThat(one("select count(*) from flyway_schema_history where not success"))
                .isEqualTo("0");
    }

    private void awaitIndex(String name) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!one("select to_regclass('" + name + "') is not null").equals("t")) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(20);
        }
    }

    private void endBuild() {
        one(
                "select bool_and(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where datname = current_database() and query like 'create index concurrently%'");
    }

    @Test
    void aBuildLosesNoPartitionThatJoinsMeanwhile() throws SQLException {
        migrate(List.of());
        TestingPostgres.execute(
                url,
                "create table reconciliation_records_7 partition of reconciliation_records for values in (7)");
        Index index =
                Index.on("reconciliation_records", "idx_reconciliation_records_line", "line", "q");
        migrate(List.of(index));
        TestingPostgres.execute(
                url,
                "create table reconciliation_records_8 partition of reconciliation_records for values in (8)");
        assertThat(faults(List.of(index))).isEmpty();
        assertThat(
                        one(
                                "select count(*) from pg_inherits where inhparent = 'idx_reconciliation_records_line'::regclass"))
                .isEqualTo("3");
    }
}
