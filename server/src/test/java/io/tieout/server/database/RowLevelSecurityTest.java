package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The wall that stands when every check in the code is gone.
final class RowLevelSecurityTest {
    /// Which rows of a table a user may see.
    private enum Scope {
        /// Those of the projects they are a member of.
        PROJECT,
        /// Their own.
        OWN,
        /// None, and not by row: the table is not theirs to ask.
        NONE
    }

    private static final Map<String, Scope> SCOPES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("users", Scope.OWN),
                            Map.entry("sessions", Scope.OWN),
                            Map.entry("idempotency_keys", Scope.OWN),
                            Map.entry("projects", Scope.PROJECT),
                            Map.entry("project_members", Scope.PROJECT),
                            Map.entry("service_tokens", Scope.PROJECT),
                            Map.entry("data_sources", Scope.PROJECT),
                            Map.entry("data_source_rejects", Scope.PROJECT),
                            Map.entry("reconciliation_records", Scope.PROJECT),
                            Map.entry("reconciliations", Scope.PROJECT),
                            Map.entry("reconciliation_plans", Scope.PROJECT),
                            Map.entry("reconciliation_jobs", Scope.PROJECT),
                            Map.entry("reconciliation_job_inputs", Scope.PROJECT),
                            Map.entry("reconciliation_outcomes", Scope.PROJECT),
                            Map.entry("reconciliation_result_shelves", Scope.PROJECT),
                            Map.entry("reconciliation_results", Scope.PROJECT),
                            Map.entry("reconciliation_decisions", Scope.PROJECT),
                            Map.entry("reconciliation_decision_results", Scope.PROJECT),
                            Map.entry("audit_log", Scope.PROJECT),
                            Map.entry("invitations", Scope.NONE),
                            Map.entry("refresh_tokens", Scope.NONE),
                            Map.entry("nodes", Scope.NONE),
                            Map.entry("scheduled_tasks", Scope.NONE),
                            Map.entry("flyway_schema_history", Scope.NONE)));

    private static SeededDatabase seeded;
    private static Database database;

    @BeforeAll
    static void seed() {
        seeded = new SeededDatabase();
        database = seeded.database();
    }

    @AfterAll
    static void drop() {
        seeded.close();
    }

    private static List<String> tables(Scope scope) {
        return SCOPES.entrySet().stream()
                .filter(e -> e.getValue() == scope)
                .map(Map.Entry::getKey)
                .toList();
    }

    static List<String> projectTables() {
        return tables(Scope.PROJECT);
    }

    static List<String> ownTables() {
        return tables(Scope.OWN);
    }

    static List<String> closedTables() {
        return tables(Scope.NONE);
    }

    static List<String> granted() {
        return SCOPES.keySet().stream().filter(t -> SCOPES.get(t) != Scope.NONE).toList();
    }

    private static String idOf(String table) {
        return table.equals("projects") ? "id" : "project_id";
    }

    private static String ownerOf(String table) {
        return table.equals("users") ? "id" : "user_id";
    }

    private static long count(UUID user, String sql, Object... values) {
        return database.inApp(
                seeded.as(user),
                Access.READ,
                handle -> {
                    var query = handle.createQuery(sql);
                    for (int i = 0; i < values.length; i++) {
                        query.bind(i, values[i]);
                    }
                    return query.mapTo(Long.class).one();
                });
    }

    @Test
    void everyTableOfTheSchemaHasAScope() {
        List<String> tables =
                database.inWorker(
                        SeededDatabase.REQUEST,
                        handle ->
                                handle.select(
                                                "select relname::text from pg_class where relkind in ('r', 'p')"
                                                        + " and not relispartition and relnamespace = 'public'::regnamespace")
                                        .mapTo(String.class)
                                        .list());
        assertThat(SCOPES.keySet()).containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void everyTableForcesRowLevelSecurity() {
        List<String> open =
                database.inWorker(
                        SeededDatabase.REQUEST,
                        handle ->
                                handle.select(
                                                "select relname::text from pg_class where relkind in ('r', 'p')"
                                                        + " and not relispartition and relnamespace = 'public'::regnamespace"
                                                        + " and not (relrowsecurity and relforcerowsecurity)")
                                        .mapTo(String.class)
                                        .list());
        assertThat(open).containsExactly("flyway_schema_history");
    }

    @ParameterizedTest
    @MethodSource("projectTables")
    void aMemberSeesTheirProjectAndNoOther(String table) {
        String sql = "select count(*) from " + table + " where " + idOf(table) + " = ?";
        assertThat(count(seeded.ours.user, sql, seeded.ours.project)).isEqualTo(1);
        assertThat(count(seeded.ours.user, sql, seeded.theirs.project)).isZero();
        assertThat(count(seeded.ours.user, "select count(*) from " + table)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("projectTables")
    void whoIsMemberOfNothingSeesNothing(String table) {
        assertThat(count(seeded.stranger, "select count(*) from " + table)).isZero();
        assertThat(count(UUID.randomUUID(), "select count(*) from " + table)).isZero();
    }

    @ParameterizedTest
    @MethodSource("ownTables")
    void aUserSeesTheirOwn(String table) {
        String sql = "select count(*) from " + table + " where " + ownerOf(table) + " = ?";
        assertThat(count(seeded.ours.user, sql, seeded.ours.user)).isEqualTo(1);
        assertThat(count(seeded.ours.user, sql, seeded.theirs.user)).isZero();
    }

    @ParameterizedTest
    @MethodSource("closedTables")
    void whatIsTheWorkersIsClosedToUsers(String table) {
        for (String sql :
                List.of(
                        "select count(*) from " + table,
                        "delete from " + table,
                        "insert into " + table + " select * from " + table)) {
            assertThatThrownBy(() -> execute(seeded.ours.user, sql))
                    .isInstanceOf(JdbiException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @MethodSource("granted")
    void aForgottenRoleSeesNothing(String table) throws SQLException {
        try (Connection login = seeded.url().dataSource().getConnection();
                Statement statement = login.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            assertThat(row.getLong(1)).isZero();
        }
        long owner =
                database.inOwner(
                        SeededDatabase.REQUEST,
                        h -> h.select("select count(*) from " + table).mapTo(Long.class).one());
        assertThat(owner).isZero();
    }

    @ParameterizedTest
    @MethodSource("projectTables")
    void nobodyChangesWhatIsNotTheirs(String table) {
        String id = idOf(table);
        for (String sql :
                List.of(
                        "update " + table + " set " + id + " = " + id + " where " + id + " = ?",
                        "delete from " + table + " where " + id + " = ?")) {
            int changed;
            try {
                changed =
                        database.inApp(
                                seeded.as(seeded.ours.user),
                                h -> h.createUpdate(sql).bind(0, seeded.theirs.project).execute());
            } catch (JdbiException e) {
                assertThat(e).hasMessageContaining("permission denied");
                changed = 0;
            }
            assertThat(changed).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("projectTables")
    void nothingIsMovedIntoAForeignProject(String table) {
        assertThatThrownBy(
                        () ->
                                database.inApp(
                                        seeded.as(seeded.ours.user),
                                        h ->
                                                h.createUpdate(
                                                                "update "
                                                                        + table
                                                                        + " set "
                                                                        + idOf(table)
                                                                        + " = ?")
                                                        .bind(0, seeded.theirs.project)
                                                        .execute()))
                .isInstanceOf(JdbiException.class)
                .hasMessageMatching("(?s).*(permission denied|row-level security).*");
    }

    private static int execute(UUID user, String sql) {
        return database.inApp(seeded.as(user), h -> h.createUpdate(sql).execute());
    }

    @Test
    void theAuditLogOnlyGrows() {
        for (String sql :
                List.of(
                        "update audit_log set action = 'x'",
                        "delete from audit_log",
                        "truncate audit_log")) {
            assertThatThrownBy(() -> execute(seeded.ours.user, sql))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(
                            () ->
                                    database.inWorker(
                                            SeededDatabase.REQUEST,
                                            h -> h.createUpdate(sql).execute()))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(
                            () ->
                                    database.inOwner(
                                            SeededDatabase.REQUEST,
                                            h -> h.createUpdate(sql).execute()))
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void secretsAreTheWorkersOnly() {
        for (String sql :
                List.of(
                        "select password_hash from users",
                        "select * from users",
                        "select token_hash from service_tokens")) {
            assertThatThrownBy(() -> execute(seeded.ours.user, sql))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void partitionsAreReachedThroughTheirParentsOnly() {
        for (String table :
                List.of("reconciliation_records_shared", "reconciliation_results_shared")) {
            assertThatThrownBy(() -> execute(seeded.ours.user, "select * from " + table))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(
                            () ->
                                    database.inWorker(
                                            SeededDatabase.REQUEST,
                                            h -> h.execute("select * from " + table)))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theRolesAreMembersOfNothing() {
        List<String> memberships =
                database.inWorker(
                        SeededDatabase.REQUEST,
                        h ->
                                h.select(
                                                "select roleid::regrole::text from pg_auth_members where member in"
                                                        + " ('tieout_app'::regrole, 'tieout_worker'::regrole)")
                                        .mapTo(String.class)
                                        .list());
        assertThat(memberships).isEmpty();
    }

    @Test
    void whoeverCreatesAProjectBecomesItsFirstMemberAndNobodyElse() {
        UUID project = UUID.randomUUID();
        String member =
                "insert into project_members (project_id, user_id, role, added_by) values (?, ?, 'owner', ?)";
        database.inApp(
                seeded.as(seeded.stranger),
                h -> {
                    h.execute(
                            "insert into projects (id, name, created_by) values (?, 'p', ?)",
                            project,
                            seeded.stranger);
                    return h.execute(member, project, seeded.stranger, seeded.stranger);
                });
        assertThat(count(seeded.stranger, "select count(*) from projects where id = ?", project))
                .isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                database.inApp(
                                        seeded.as(seeded.ours.user),
                                        h ->
                                                h.execute(
                                                        member,
                                                        project,
                                                        seeded.ours.user,
                                                        seeded.ours.user)))
                .hasMessageContaining("row-level security");
        database.inWorker(
                SeededDatabase.REQUEST,
                h -> h.execute("delete from projects where id = ?", project));
    }

    @Test
    void projectsAreCreatedInOnesOwnNameOnly() {
        assertThatThrownBy(
                        () ->
                                database.inApp(
                                        seeded.as(seeded.ours.user),
                                        h ->
                                                h.execute(
                                                        "insert into projects (id, name, created_by) values (?, 'p', ?)",
                                                        UUID.randomUUID(),
                                                        seeded.theirs.user)))
                .hasMessageContaining("row-level security");
    }

    @Test
    void aDisabledUserOrADeletedProjectShowsNothing() {
        try (SeededDatabase other = new SeededDatabase()) {
            String sql = "select count(*) from data_sources";
            Work<Long> count = h -> h.select(sql).mapTo(Long.class).one();
            assertThat(other.database().inApp(other.as(other.ours.user), count)).isEqualTo(1);
            other.database()
                    .inWorker(
                            SeededDatabase.REQUEST,
                            h ->
                                    h.execute(
                                            "update users set disabled_at = now() where id = ?",
                                            other.ours.user));
            assertThat(other.database().inApp(other.as(other.ours.user), count)).isZero();
            other.database()
                    .inWorker(
                            SeededDatabase.REQUEST,
                            h -> h.execute("update projects set deleted_at = now()"));
            assertThat(other.database().inApp(other.as(other.theirs.user), count)).isZero();
        }
    }
}
