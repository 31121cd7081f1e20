package io.tieout.server.job;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.Reject;
import io.tieout.formats.source.RowOptions;
import io.tieout.formats.source.RowReader;
import io.tieout.formats.source.RowsRead;
import io.tieout.formats.source.SourceInput;
import io.tieout.server.SettableClock;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.http.Json;
import io.tieout.server.http.RequestContext;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.job.JobStart.Started;
import io.tieout.server.job.JobStart.Trigger;
import io.tieout.server.job.JobStart.Wanted;
import io.tieout.server.reconciliation.Reconciliations;
import io.tieout.server.reconciliation.SourceLookup;
import io.tieout.server.reconciliation.StoredReconciliation;
import io.tieout.server.source.StoredSources;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// A project with data sources and reconciliations in a real database, and nodes that run its jobs.
final class JobWorld implements AutoCloseable {
    static final String PLAN =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              reference: ref
              amount: {left: amount, right: amount, type: amount}
            passes:
              - {name: same, match: {reference: exact, amount: exact}}
            """;

    private static final RequestId SELF = new RequestId("job-world");
    private static final int ALL_REJECTS = 1_000_000;

    private final TestingDatabase testing = TestingPostgres.database();
    private final Map<JobFeature, Database> nodes = new LinkedHashMap<>();
    final SettableClock clock = new SettableClock();
    final Ids ids = new Ids(InstantSource.system());
    final UUID user = UUID.randomUUID();
    final UUID project = UUID.randomUUID();
    final SourceLookup sources = new StoredSources();

    JobWorld() {
        TestingOutcomes.prepare(database());
        database()
                .inWorker(
                        SELF,
                        handle -> {
                            handle.execute(
                                    "insert into users (id, name, email) values (?, 'Ada', ?)",
                                    user,
                                    user + "@example.org");
                            handle.execute(
                                    "insert into projects (id, name, created_by) values (?, 'p', ?)",
                                    project,
                                    user);
                            return handle.execute(
                                    "insert into project_members values (?, ?, 'owner', ?)",
                                    project,
                                    user,
                                    user);
                        });
    }

    Database database() {
        return testing.database();
    }

    TestingDatabase testing() {
        return testing;
    }

    Actor actor() {
        return new Actor(user, SELF);
    }

    /// Settings that suit tests: quick to see what is dead.
    static JobSettings settings() {
        return new JobSettings(
                UUID.randomUUID(),
                2,
                4000,
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                3,
                "test");
    }

    /// A node on connections of its own, started.
    JobFeature node(JobSettings settings, Duration storing) {
        JobFeature node = idleNode(settings, storing);
        node.start();
        return node;
    }

    JobFeature node() {
        return node(settings(), Duration.ZERO);
    }

    /// A node that was not started.
    JobFeature idleNode(JobSettings settings, Duration storing) {
        Database own = testing.another();
        JobFeature node = feature(own, settings, storing, clock, ids);
        nodes.put(node, own);
        return node;
    }

    static JobFeature feature(
            Database database,
            JobSettings settings,
            Duration storing,
            InstantSource clock,
            Ids ids) {
        TestingOutcomes outcomes = new TestingOutcomes(database, storing);
        return feature(database, settings, outcomes, outcomes, clock, ids);
    }

    private static JobFeature feature(
            Database database,
            JobSettings settings,
            OutcomeStore outcomes,
            OpenBreaks openBreaks,
            InstantSource clock,
            Ids ids) {
        return new JobFeature(
                new JobFeature.Parts(
                        database,
                        new Idempotency(database),
                        new StoredSources(),
                        outcomes,
                        openBreaks,
                        new SimpleMeterRegistry(),
                        clock,
                        ids,
                        List.of()),
                settings);
    }

    /// Stops a node and closes its connections.
    void stop(JobFeature node) {
        node.close();
        Database own = nodes.remove(node);
        if (own != null) {
            own.close();
        }
    }

    /// Loads a data source.
    UUID load(String name, byte[] content) {
        UUID id = ids.next();
        database().inWorker(SELF, handle -> load(handle, id, name, content));
        return id;
    }

    UUID load(String name, String content) {
        return load(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private boolean load(Handle handle, UUID id, String name, byte[] content) {
        long number =
                handle.createQuery(
                                """
                                insert into data_sources (id, project_id, name, size_bytes, digest, segment, node_id, created_by)
                                values (:id, :project, :name, :size, :digest, 0, :id, :user) returning number
                                """)
                        .bind("id", id)
                        .bind("project", project)
                        .bind("name", name)
                        .bind("size", content.length)
                        .bind("digest", new byte[32])
                        .bind("user", user)
                        .mapTo(Long.class)
                        .one();
        TestingRows rows = new TestingRows(handle, number, project);
        ReadOptions reading =
                new ReadOptions(
                        1, ALL_REJECTS, ReadOptions.Limits.DEFAULT, ReadOptions.DEFAULT.progress());
        RowsRead read =
                RowReader.read(
                        SourceInput.stream(name, new ByteArrayInputStream(content)),
                        new RowOptions(reading, SourceSpec.DEFAULT, 1 << 20),
                        rows);
        ready(handle, id, read, rows);
        return true;
    }

    private void ready(Handle handle, UUID id, RowsRead read, TestingRows rows) {
        int number = 0;
        for (Reject reject : rows.rejects()) {
            handle.execute(
                    "insert into data_source_rejects values (?, ?, ?, ?, ?, ?, ?)",
                    id,
                    ++number,
                    project,
                    reject.line(),
                    reject.row(),
                    reject.column(),
                    reject.reason());
        }
        List<Map<String, String>> columns =
                read.columns().stream().map(column -> Map.of("name", column)).toList();
        handle.createUpdate(
                        """
                        update data_sources
                           set status = 'ready', format = :format, record_count = :records, rejected_count = :rejected,
                               columns = :columns::jsonb, digest = :digest
                         where id = :id
                        """)
                .bind("id", id)
                .bind("format", read.info().format().word())
                .bind("records", rows.records())
                .bind("rejected", read.rejected())
                .bind("columns", new String(Json.writeTree(columns), StandardCharsets.UTF_8))
                .bind("digest", HexFormat.of().parseHex(read.info().sha256()))
                .execute();
    }

    /// A data source of so many rows like those of [#csv], made by the database.
    UUID generate(String name, int rows) {
        UUID id = load(name, csv(1, 2));
        database()
                .inWorker(
                        SELF,
                        handle -> {
                            handle.createUpdate(
                                            """
                                            insert into reconciliation_records (segment, source_number, row_number, line, project_id, cells)
                                            select 0, d.number, i, i + 1, d.project_id,
                                                   array['k' || i, 'ref ' || i || ' of ' || md5(i::text), i || '.50']
                                              from data_sources d, generate_series(2, :rows) i where d.id = :id
                                            """)
                                    .bind("rows", rows)
                                    .bind("id", id)
                                    .execute();
                            handle.execute(
                                    "update data_sources set record_count = ?, size_bytes = ? where id = ?",
                                    rows,
                                    rows * 60L,
                                    id);
                            return true;
                        });
        return id;
    }

    /// A CSV of rows `id,ref,amount` numbered from one number to another.
    static String csv(int from, int to) {
        StringBuilder csv = new StringBuilder("id,ref,amount\n");
        for (int i = from; i < to; i++) {
            csv.append('k')
                    .append(i)
                    .append(",ref ")
                    .append(i)
                    .append(',')
                    .append(i)
                    .append(".50\n");
        }
        return csv.toString();
    }

    /// A reconciliation that nothing is wrong with.
    UUID reconciliation(UUID left, UUID right, String plan) {
        return reconciliation(left, right, plan, 0, false, Optional.empty());
    }

    UUID reconciliation(
            UUID left,
            UUID right,
            String plan,
            int maxRejects,
            boolean carryForward,
            Optional<String> schedule) {
        UUID id = ids.next();
        PlanFile file = PlanFile.parse("plan", plan.getBytes(StandardCharsets.UTF_8));
        database()
                .inWorker(
                        SELF,
                        handle -> {
                            handle.createUpdate(
                                            """
                                            insert into reconciliations (id, project_id, name, left_data_source_id, right_data_source_id,
                                                                         max_rejects, carry_forward, schedule, time_zone, next_run_at, created_by)
                                            values (:id, :project, 'month', :left, :right, :rejects, :carry, :schedule, 'UTC', :next, :user)
                                            """)
                                    .bind("id", id)
                                    .bind("project", project)
                                    .bind("left", left)
                                    .bind("right", right)
                                    .bind("rejects", maxRejects)
                                    .bind("carry", carryForward)
                                    .bind("schedule", schedule.orElse(null))
                                    .bind("next", schedule.map(_ -> clock.instant()).orElse(null))
                                    .bind("user", user)
                                    .execute();
                            return handle.createUpdate(
                                            """
                                            insert into reconciliation_plans
                                              (reconciliation_id, version, project_id, plan_text, canonical, digest, created_by)
                                            values (:id, 1, :project, :text, :canonical, :digest, :user)
                                            """)
                                    .bind("id", id)
                                    .bind("project", project)
                                    .bind("text", plan)
                                    .bind("canonical", file.canonicalJson())
                                    .bind("digest", HexFormat.of().parseHex(file.digest()))
                                    .bind("user", user)
                                    .execute();
                        });
        return id;
    }

    /// Starts a job as the user.
    UUID start(UUID reconciliation) {
        JobStart start = new JobStart(sources, clock, ids);
        Started started =
                new RequestContext("start-" + ids.next(), "test")
                        .call(
                                () ->
                                        database()
                                                .inApp(
                                                        actor(),
                                                        handle ->
                                                                start.start(
                                                                        handle,
                                                                        wanted(
                                                                                handle,
                                                                                reconciliation))));
        return switch (started) {
            case Started.Queued queued -> queued.id();
            case Started.Refused refused -> throw new AssertionError(refused.errors().toString());
        };
    }

    private Wanted wanted(Handle handle, UUID reconciliation) {
        StoredReconciliation of = Reconciliations.find(handle, reconciliation).orElseThrow();
        return new Wanted(
                of,
                of.leftDataSourceId(),
                of.rightDataSourceId(),
                Trigger.PERSON,
                Optional.empty(),
                user);
    }

    JobView job(UUID id) {
        return database().inWorker(SELF, handle -> Jobs.find(handle, id)).orElseThrow();
    }

    boolean cancel(UUID id) {
        return database().inWorker(SELF, handle -> Jobs.cancel(handle, id, clock.instant()));
    }

    /// Waits until a job is as it should be.
    JobView await(UUID id, Duration most, Predicate<JobView> wanted) {
        long until = System.nanoTime() + most.toNanos();
        JobView job = job(id);
        while (!wanted.test(job)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("after " + most + " the job is " + job);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            job = job(id);
        }
        return job;
    }

    /// Waits until a job is over.
    JobView over(UUID id) {
        return await(id, Duration.ofSeconds(60), job -> job.status().isFinal());
    }

    /// A number that a query gives.
    long count(String sql, Object... values) {
        return database()
                .inWorker(
                        SELF,
                        handle -> {
                            var query = handle.createQuery(sql);
                            for (int i = 0; i < values.length; i++) {
                                query.bind(i, values[i]);
                            }
                            return query.mapTo(Long.class).one();
                        });
    }

    /// Ids that a query gives.
    List<UUID> ids(String sql) {
        return database()
                .inWorker(SELF, handle -> handle.createQuery(sql).mapTo(UUID.class).list());
    }

    /// Texts that a query gives.
    List<String> texts(String sql) {
        return database()
                .inWorker(SELF, handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    /// Runs a statement as the worker.
    int execute(String sql, Object... values) {
        return database().inWorker(SELF, handle -> handle.execute(sql, values));
    }

    @Override
    public void close() {
        List.copyOf(nodes.keySet()).forEach(this::stop);
        testing.close();
    }
}
