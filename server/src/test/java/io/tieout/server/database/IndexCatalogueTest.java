package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IndexCatalogueTest {
    private static final RequestId REQUEST = new RequestId("plans");
    private static final UUID ID = new UUID(0, 1);
    private static final UUID SMALL = new UUID(0, 2);
    private static final UUID CURSOR = new UUID(0, 10_000);

    /// A query of the catalogue, and whether a user runs it or the worker.
    private record NamedQuery(Role role, String sql, List<Object> values) {
        static NamedQuery app(String sql, Object... values) {
            return new NamedQuery(Role.APP, sql, List.of(values));
        }

        static NamedQuery worker(String sql, Object... values) {
            return new NamedQuery(Role.WORKER, sql, List.of(values));
        }
    }

    private static final Map<String, NamedQuery> QUERIES =
            Map.ofEntries(
                    Map.entry(
                            "projects of a user",
                            NamedQuery.worker(
                                    "select project_id from project_members where user_id = ?",
                                    ID)),
                    Map.entry(
                            "sessions of a user",
                            NamedQuery.worker("select * from sessions where user_id = ?", ID)),
                    Map.entry(
                            "refresh tokens of a session",
                            NamedQuery.worker(
                                    "select * from refresh_tokens where session_id = ?", ID)),
                    Map.entry(
                            "invitations of a user",
                            NamedQuery.worker("select * from invitations where user_id = ?", ID)),
                    Map.entry(
                            "service tokens of a project",
                            NamedQuery.app(
                                    "select id from service_tokens where project_id = ? order by id limit 50",
                                    SMALL)),
                    Map.entry(
                            "service token of a user",
                            NamedQuery.worker(
                                    "select * from service_tokens where user_id = ?", ID)),
                    Map.entry(
                            "data sources of a project",
                            NamedQuery.app(
                                    "select * from data_sources where project_id = ? and deleted_at is null and id < ? order by id desc limit 50",
                                    SMALL,
                                    CURSOR)),
                    Map.entry(
                            "data source by digest",
                            NamedQuery.app(
                                    "select id from data_sources where project_id = ? and digest = ? and deleted_at is null",
                                    ID,
                                    new byte[] {1})),
                    Map.entry(
                            "loads of a node",
                            NamedQuery.worker(
                                    "select * from data_sources where status = 'loading' and node_id = ?",
                                    ID)),
                    Map.entry(
                            "records of a data source",
                            NamedQuery.app(
                                    "select * from reconciliation_records where segment = 0 and source_number = ? and row_number > ? order by row_number limit 50",
                                    77L,
                                    100)),
                    Map.entry(
                            "reconciliations of a project",
                            NamedQuery.app(
                                    "select * from reconciliations where project_id = ? and deleted_at is null and id < ? order by id desc limit 50",
                                    SMALL,
                                    CURSOR)),
                    Map.entry(
                            "reconciliations that are due",
                            NamedQuery.worker(
                                    "select * from reconciliations where next_run_at <= now() and deleted_at is null order by next_run_at limit 10")),
                    Map.entry(
                            "reconciliations of a left data source",
                            NamedQuery.worker(
                                    "select * from reconciliations where left_data_source_id = ?",
                                    ID)),
                    Map.entry(
                            "reconciliations of a right data source",
                            NamedQuery.worker(
                                    "select * from reconciliations where right_data_source_id = ?",
                                    ID)),
                    Map.entry(
                            "jobs of a reconciliation",
                            NamedQuery.app(
                                    "select * from reconciliation_jobs where reconciliation_id = ? and id < ? order by id desc limit 50",
                                    SMALL,
                                    CURSOR)),
                    Map.entry(
                            "jobs of a project",
                            NamedQuery.app(
                                    "select * from reconciliation_jobs where project_id = ? and id < ? order by id desc limit 50",
                                    SMALL,
                                    CURSOR)),
                    Map.entry(
                            "jobs that are not over",
                            NamedQuery.worker(
                                    "select * from reconciliation_jobs where status in ('queued', 'running') order by queued_at limit 10")),
                    Map.entry(
                            "jobs of a left data source",
                            NamedQuery.worker(
                                    "select * from reconciliation_jobs where left_data_source_id = ?",
                                    ID)),
                    Map.entry(
                            "jobs of a right data source",
                            NamedQuery.worker(
                                    "select * from reconciliation_jobs where right_data_source_id = ?",
                                    ID)),
                    Map.entry(
                            "results at places",
                            NamedQuery.app(
                                    "select * from reconciliation_results where segment = 0 and place = any(array[77, 78]::bigint[])")),
                    Map.entry(
                            "results by amount",
                            NamedQuery.app(
                                    "select * from reconciliation_results where segment = 0 and shelf = ? and weight >= ? and (weight, place) > (?, 0) order by weight, place limit 50",
                                    7L,
                                    -1450L,
                                    -1400L)),
                    Map.entry(
                            "results by date",
                            NamedQuery.app(
                                    "select * from reconciliation_results where segment = 0 and shelf = ? and day >= 1100 and (day, place) > (?, 0) order by day, place limit 50",
                                    7L,
                                    1200)),
                    Map.entry(
                            "results by key",
                            NamedQuery.app(
                                    "select * from reconciliation_results where segment = 0 and shelf = ? and key >= ? and key < ?",
                                    7L,
                                    "123",
                                    "124")),
                    Map.entry(
                            "matches by right key",
                            NamedQuery.app(
                                    "select * from reconciliation_results where segment = 0 and shelf = ? and other_key >= ? and other_key < ? and score is not null",
                                    7L,
                                    "123",
                                    "124")),
                    Map.entry(
                            "results of an assignee",
                            NamedQuery.app(
                                    "select * from reconciliation_results where segment = 0 and assignee_id = ? and place between 1 and 100000",
                                    ID)),
                    Map.entry(
                            "results linked to a result",
                            NamedQuery.app(
                                    "select * from reconciliation_results where segment = 0 and linked = ?",
                                    100L)),
                    Map.entry(
                            "outcomes of a project",
                            NamedQuery.app(
                                    "select * from reconciliation_outcomes where project_id = ? and stored_at >= now() - interval '100 days' order by stored_at",
                                    SMALL)),
                    Map.entry(
                            "decisions of a job",
                            NamedQuery.app(
                                    "select * from reconciliation_decisions where job_id = ? and id < ? order by id desc limit 50",
                                    SMALL,
                                    CURSOR)),
                    Map.entry(
                            "pending decisions of a project",
                            NamedQuery.app(
                                    "select * from reconciliation_decisions where project_id = ? and status = 'pending' and id < ? order by id desc limit 50",
                                    SMALL,
                                    CURSOR)),
                    Map.entry(
                            "decisions on a result",
                            NamedQuery.app(
                                    "select * from reconciliation_decision_results where place = ?",
                                    77L)),
                    Map.entry(
                            "audit entries by actor",
                            NamedQuery.app(
                                    "select * from audit_log where actor_id = ? and (at, chain_id, number) < (now(), ?, 5) order by at desc, chain_id desc, number desc limit 50",
                                    ID,
                                    CURSOR)),
                    Map.entry(
                            "audit entries by time",
                            NamedQuery.app(
                                    "select * from audit_log where (at, chain_id, number) < (now(), ?, 5) order by at desc, chain_id desc, number desc limit 50",
                                    CURSOR)),
                    Map.entry(
                            "record by key",
                            NamedQuery.app(
                                    "select * from reconciliation_records where segment = 0 and source_number = ? and key = ? and row_number > ? order by row_number limit 50",
                                    77L,
                                    "k",
                                    0)),
                    Map.entry(
                            "idempotency keys that are over",
                            NamedQuery.worker(
                                    "delete from idempotency_keys where created_at < now() - interval '54 hours'")),
                    Map.entry(
                            "tasks that are due",
                            NamedQuery.worker(
                                    "select * from scheduled_tasks where execution_time <= now() order by execution_time limit 10")));

    private static TestingDatabase testing;

    @BeforeAll
    static void seed() {
        testing = TestingPostgres.database();
        testing.database()
                .inWorker(
                        REQUEST,
                        handle -> {
                            Crowd.fill(handle, 20_000);
                            return null;
                        });
        TestingPostgres.execute(testing.url(), "analyze");
    }

    @AfterAll
    static void drop() {
        testing.close();
    }

    static List<Index> catalogue() {
        return IndexCatalogue.all();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void eachIndexServesItsQuery(Index index) {
        NamedQuery query = Objects.requireNonNull(QUERIES.get(index.serves()), index.serves());
        Object[] values = query.values().toArray();
        QueryPlan plan =
                switch (query.role()) {
                    case APP ->
                            QueryPlan.inApp(
                                    testing.database(),
                                    new Actor(Crowd.USER, REQUEST),
                                    query.sql(),
                                    values);
                    case WORKER, OWNER ->
                            QueryPlan.inWorker(testing.database(), REQUEST, query.sql(), values);
                };
        assertThat(plan.uses(index)).as("%s: %s", index.name(), plan).isTrue();
        assertThat(plan.scanned()).doesNotContain(index.table(), index.table() + "_shared");
    }

    @Test
    void eachQueryHasItsIndex() {
        assertThat(catalogue().stream().map(Index::serves))
                .containsExactlyInAnyOrderElementsOf(QUERIES.keySet());
    }

    @Test
    void noIndexIsTheBeginningOfAnother() {
        // Conditions differ or the columns do: compared with primary keys and constraints as well.
        List<String> covered =
                testing.database()
                        .inWorker(
                                REQUEST,
                                (Handle handle) ->
                                        handle.select(
                                                        """
                                                        select a.indexrelid::regclass || ' by ' || b.indexrelid::regclass
                                                          from pg_index a
                                                          join pg_index b on a.indrelid = b.indrelid and a.indexrelid <> b.indexrelid
                                                          join pg_class t on t.oid = a.indrelid
                                                         where t.relnamespace = 'public'::regnamespace
                                                           and t.relname <> 'flyway_schema_history'
                                                           and not a.indisunique
                                                           and a.indexprs is null and b.indexprs is null
                                                           and (b.indkey::text || ' ') like (a.indkey::text || ' %')
                                                           and a.indpred::text is not distinct from b.indpred::text
                                                        """)
                                                .mapTo(String.class)
                                                .list());
        assertThat(covered).isEmpty();
    }

    @Test
    void indexesOfReconciliationTablesAreNamedSo() {
        for (Index index : catalogue()) {
            String stem =
                    index.table().startsWith("reconciliation")
                            ? "idx_reconciliation_"
                            : "idx_" + index.table() + "_";
            assertThat(index.name()).startsWith(stem);
        }
    }

    @Test
    void whatMayBeAConditionUnderRowLevelSecurityIsAsWritten() {
        // The class comment of IndexCatalogue; what features choose rests on it.
        assertThat(leakproof("texteq", "text_lt", "text_ge", "starts_with", "text_pattern_lt"))
                .isTrue();
        assertThat(leakproof("int2lt", "int4lt", "int8lt", "uuid_lt", "date_lt", "byteagt"))
                .isTrue();
        assertThat(leakproof("timestamptz_lt", "float8lt", "booleq")).isTrue();
        for (String name :
                List.of(
                        "numeric_eq",
                        "numeric_lt",
                        "textlike",
                        "texticlike",
                        "array_eq",
                        "jsonb_contains")) {
            assertThat(leakproof(name)).as(name).isFalse();
        }
    }

    private static boolean leakproof(String... names) {
        return testing.database()
                .inWorker(
                        REQUEST,
                        handle ->
                                handle.select(
                                                "select bool_and(proleakproof) from pg_proc where proname = any (?)",
                                                (Object) names)
                                        .mapTo(Boolean.class)
                                        .one());
    }
}
