package io.tieout.server.result;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Progress;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.RowBatch;
import io.tieout.formats.source.RowOptions;
import io.tieout.formats.source.RowReader;
import io.tieout.formats.source.RowSink;
import io.tieout.formats.source.RowSource;
import io.tieout.formats.source.RowsRead;
import io.tieout.formats.source.SourceFormat;
import io.tieout.formats.source.SourceInfo;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import io.tieout.formats.source.StoredPart;
import io.tieout.formats.source.StoredRows;
import io.tieout.formats.source.StoredSource;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.Segments;
import io.tieout.server.database.TestingCells;
import io.tieout.server.http.Json;
import io.tieout.server.job.JobWatch;
import io.tieout.server.job.ReconciledInputs;
import io.tieout.server.job.ReconciledSide;
import io.tieout.server.job.StoredJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Jobs of a project, run by the engine on small sources and stored as they are for real; only
/// what starts and reads them is done here.
public final class TestingJobs {
    /// A plan, and sources with one of everything.
    public static final String PLAN =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              reference: {left: ref, right: ref, type: text}
              amount: {left: amount, right: amount, type: amount, currency: currency}
              date: {left: date, right: date, type: date}
            passes:
              - name: exact
                match: {reference: exact, amount: exact}
              - name: near
                match: {reference: exact, amount: {within: 1.00}}
                status: suggested
              - name: batch
                cardinality: many-to-one
                together: [batch]
                match: {amount: sum, date: exact}
            """;
    public static final String LEFT =
            """
            id,ref,amount,currency,date,batch
            L1,R-1,10.00,EUR,2026-01-01,
            L2,R-2,20.00,EUR,2026-01-02,
            L3,R-3,-30.00,EUR,2026-01-03,
            L4,R-4,4.00,USD,2026-01-04,B1
            L5,R-5,5.00,USD,2026-01-04,B1
            L6,R-6,600.00,EUR,2026-01-06,
            L7,R-7,7.00,USD,,
            L8,R-8,,EUR,2026-01-08,
            """;
    public static final String RIGHT =
            """
            id,ref,amount,currency,date,batch
            P1,R-1,10.00,EUR,2026-01-01,
            P2,R-2,20.50,EUR,2026-01-03,
            P3,R-9,9.00,USD,2026-01-04,
            P4,R-6,-601.50,EUR,2026-01-06,
            """;

    private static final RequestId REQUEST = new RequestId("testing-jobs");

    private final Database database;
    private final Ids ids = new Ids(Instant::now);

    public TestingJobs(Database database) {
        this.database = database;
    }

    /// A source: lines with commas, the first of which names the columns.
    ///
    /// @param kinds of the cells of each row
    public record Source(
            UUID id, long number, List<List<@Nullable String>> lines, List<byte[]> kinds) {
        public Source {
            lines = List.copyOf(lines);
            kinds = List.copyOf(kinds);
        }

        List<String> names() {
            return lines.getFirst().stream().map(String::valueOf).toList();
        }

        List<List<@Nullable String>> rows() {
            return lines.subList(1, lines.size());
        }
    }

    /// A job that succeeded.
    public record Done(StoredJob job, ReconciledInputs inputs, Outcome outcome, int segment) {
        /// Its id.
        public UUID id() {
            return job.id();
        }
    }

    /// A project with a user who owns it, made without the API.
    public record Owned(UUID project, UUID user) {}

    /// A new project.
    public Owned project() {
        UUID user = ids.next();
        UUID project = ids.next();
        database.inWorker(
                REQUEST,
                handle -> {
                    handle.execute(
                            "insert into users (id, name, email) values (?, 'user', ?)",
                            user,
                            user + "@example.org");
                    handle.execute(
                            "insert into projects (id, name, created_by) values (?, 'p', ?)",
                            project,
                            user);
                    handle.execute(
                            "insert into project_members (project_id, user_id, role, added_by) values (?, ?, 'owner', ?)",
                            project,
                            user,
                            user);
                    return true;
                });
        return new Owned(project, user);
    }

    /// A source of a project, with its records.
    public Source source(Owned owned, String csv) {
        List<List<@Nullable String>> lines = new ArrayList<>();
        csv.strip().lines().forEach(line -> lines.add(Arrays.asList(line.split(",", -1))));
        return source(owned, lines, Collections.nCopies(lines.size() - 1, new byte[0]));
    }

    private Source source(Owned owned, List<List<@Nullable String>> lines, List<byte[]> kinds) {
        UUID id = ids.next();
        return database.inWorker(REQUEST, handle -> source(handle, owned, id, lines, kinds));
    }

    /// A file as it would be uploaded.
    public Source file(Owned owned, Path file) {
        Rows rows = new Rows();
        RowsRead read = RowReader.read(SourceInput.file(file), RowOptions.DEFAULT, rows);
        List<List<@Nullable String>> lines = new ArrayList<>();
        lines.add(new ArrayList<>(read.columns()));
        lines.addAll(rows.cells);
        return source(owned, lines, rows.kinds);
    }

    /// Keeps rows as they come.
    private static final class Rows implements RowSink {
        private final List<List<@Nullable String>> cells = new ArrayList<>();
        private final List<byte[]> kinds = new ArrayList<>();

        @Override
        public void start(RowSource source) {}

        @Override
        public void accept(RowBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                int width = batch.columns().size();
                @Nullable String[] texts = new String[width];
                byte[] ofRow = new byte[width];
                for (int cell = batch.firstCell(row); cell < batch.endCell(row); cell++) {
                    int column = batch.column(row, cell);
                    int length = batch.to(cell) - batch.from(cell);
                    texts[column] =
                            new String(
                                    batch.bytes(),
                                    batch.from(cell),
                                    length,
                                    StandardCharsets.UTF_8);
                    ofRow[column] = batch.kind(cell);
                }
                cells.add(Arrays.asList(texts));
                kinds.add(ofRow);
            }
        }
    }

    private static Source source(
            Handle handle,
            Owned owned,
            UUID id,
            List<List<@Nullable String>> lines,
            List<byte[]> kinds) {
        String columns =
                new String(
                        Json.writeTree(
                                lines.getFirst().stream()
                                        .map(name -> Map.of("name", name))
                                        .toList()),
                        StandardCharsets.UTF_8);
        long number =
                handle.createQuery(
                                """
                                insert into data_sources
                                  (id, project_id, name, status, format, size_bytes, digest, record_count, columns, segment,
                                   node_id, created_by)
                                values (:id, :project, 'source', 'ready', 'csv', 1, '', :count, :columns::jsonb, 0, :id, :user)
                                returning number
                                """)
                        .bind("id", id)
                        .bind("project", owned.project())
                        .bind("user", owned.user())
                        .bind("count", lines.size() - 1)
                        .bind("columns", columns)
                        .mapTo(Long.class)
                        .one();
        for (int row = 1; row < lines.size(); row++) {
            handle.createUpdate(
                            """
                            insert into reconciliation_records
                              (segment, source_number, row_number, line, project_id, key, cells, kinds)
                            values (0, :number, :row, :line, :project, :key, :cells, :kinds)
                            """)
                    .bind("number", number)
                    .bind("row", row)
                    .bind("line", row + 1)
                    .bind("project", owned.project())
                    .bind("key", lines.get(row).getFirst())
                    .bind("cells", TestingCells.packed(lines.get(row)))
                    .bind("kinds", kinds.get(row - 1))
                    .execute();
        }
        return new Source(id, number, lines, kinds);
    }

    /// Runs the plan on the sources above.
    public Done run(Owned owned) {
        return run(owned, PLAN, source(owned, LEFT), source(owned, RIGHT));
    }

    /// Runs a job and stores its results.
    public Done run(Owned owned, String plan, Source left, Source right) {
        return run(owned, plan, left, right, Optional.empty());
    }

    /// The same of a reconciliation that is there, or of a new one.
    public Done run(
            Owned owned,
            String planText,
            Source left,
            Source right,
            Optional<UUID> reconciliation) {
        PlanFile plan = PlanFile.parse("plan", planText.getBytes(StandardCharsets.UTF_8));
        StoredJob job = start(owned, plan, left, right, reconciliation);
        ReconciledInputs inputs =
                new ReconciledInputs(
                        plan,
                        side(plan.plan(), Side.LEFT, left),
                        side(plan.plan(), Side.RIGHT, right));
        return store(job, inputs);
    }

    private StoredJob start(
            Owned owned, PlanFile plan, Source left, Source right, Optional<UUID> reconciliation) {
        return database.inWorker(
                REQUEST, handle -> insert(handle, owned, plan, left, right, reconciliation));
    }

    /// A job that is to be stored.
    StoredJob start(Owned owned, PlanFile plan, Source left, Source right) {
        return start(owned, plan, left, right, Optional.empty());
    }

    /// Runs and stores a job on inputs that were made otherwise.
    Done store(StoredJob job, ReconciledInputs inputs) {
        Outcome outcome =
                new Reconciler(System::nanoTime)
                        .run(
                                inputs.plan().plan(),
                                inputs.left().table(),
                                inputs.right().table(),
                                RunLimits.threads(2),
                                Progress.NONE);
        int[] segment = new int[1];
        new ResultStore(new Segments(database))
                .store(
                        job,
                        inputs,
                        outcome,
                        new Unwatched(),
                        (handle, at, count) -> {
                            segment[0] = at;
                            complete(handle, job, inputs, at, count);
                        });
        return new Done(job, inputs, outcome, segment[0]);
    }

    /// Hears nothing.
    static class Unwatched implements JobWatch {
        @Override
        public Watched watch(Connection connection) {
            return () -> {};
        }
    }

    private static void complete(
            Handle handle, StoredJob job, ReconciledInputs inputs, int segment, long count) {
        handle.createUpdate(
                        """
                        update reconciliation_jobs
                           set status = 'succeeded', finished_at = now(), segment = :segment, result_count = :count
                         where id = :id
                        """)
                .bind("segment", segment)
                .bind("count", count)
                .bind("id", job.id())
                .execute();
        for (Side side : Side.values()) {
            List<UUID> sources = inputs.side(side).sources();
            for (int ordinal = 0; ordinal < sources.size(); ordinal++) {
                handle.createUpdate(
                                """
                                insert into reconciliation_job_inputs
                                  (job_id, side, ordinal, project_id, data_source_id, record_count)
                                values (:job, :side, :ordinal, :project, :source, :count)
                                """)
                        .bind("job", job.id())
                        .bind("side", side.word())
                        .bind("ordinal", ordinal)
                        .bind("project", job.projectId())
                        .bind("source", sources.get(ordinal))
                        .bind("count", inputs.side(side).count(ordinal))
                        .execute();
            }
        }
    }

    private StoredJob insert(
            Handle handle,
            Owned owned,
            PlanFile plan,
            Source left,
            Source right,
            Optional<UUID> given) {
        UUID reconciliation =
                given.orElseGet(() -> reconciliation(handle, owned, plan, left, right));
        UUID id = ids.next();
        Instant now = Instant.now();
        long number =
                handle.createQuery(
                                """
                                insert into reconciliation_jobs
                                  (id, project_id, reconciliation_id, plan_version, left_data_source_id,
                                   right_data_source_id, max_rejects, trigger, request_id, started_by)
                                values (:id, :project, :reconciliation, 1, :left, :right, 0, 'person', 'r', :user)
                                returning number
                                """)
                        .bind("id", id)
                        .bind("project", owned.project())
                        .bind("reconciliation", reconciliation)
                        .bind("left", left.id())
                        .bind("right", right.id())
                        .bind("user", owned.user())
                        .mapTo(Long.class)
                        .one();
        return new StoredJob(
                id,
                number,
                owned.project(),
                reconciliation,
                1,
                0,
                false,
                Optional.empty(),
                1,
                now,
                owned.user(),
                REQUEST);
    }

    private UUID reconciliation(
            Handle handle, Owned owned, PlanFile plan, Source left, Source right) {
        UUID id = ids.next();
        handle.createUpdate(
                        """
                        insert into reconciliations
                          (id, project_id, name, left_data_source_id, right_data_source_id, created_by)
                        values (:id, :project, 'month', :left, :right, :user)
                        """)
                .bind("id", id)
                .bind("project", owned.project())
                .bind("left", left.id())
                .bind("right", right.id())
                .bind("user", owned.user())
                .execute();
        handle.createUpdate(
                        """
                        insert into reconciliation_plans
                          (reconciliation_id, version, project_id, plan_text, canonical, digest, created_by)
                        values (:id, 1, :project, :canonical, :canonical, '', :user)
                        """)
                .bind("id", id)
                .bind("project", owned.project())
                .bind("canonical", plan.canonicalJson())
                .bind("user", owned.user())
                .execute();
        return id;
    }

    private static ReconciledSide side(Plan plan, Side side, Source source) {
        StoredRows rows = new StoredRows(plan, side, 0);
        StoredSource stored = rows.source("source", source.names());
        StoredPart part = stored.part(source.rows().size());
        int[] columns = stored.columns();
        for (int row = 0; row < source.rows().size(); row++) {
            for (int i = 0; i < columns.length; i++) {
                List<@Nullable String> cells = source.rows().get(row);
                String cell = columns[i] < cells.size() ? cells.get(columns[i]) : null;
                if (cell != null) {
                    byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
                    byte[] kinds = source.kinds().get(row);
                    byte kind = columns[i] < kinds.length ? kinds[columns[i]] : CellKind.TEXT;
                    part.cell(i, bytes, 0, bytes.length, kind);
                }
            }
            part.add(row + 1, row + 2);
        }
        SourceRead read =
                rows.assemble(
                        new SourceInfo("source", SourceFormat.CSV, "none", "", 0, 0),
                        List.of(stored));
        return new ReconciledSide(read, List.of(source.id()), new int[] {source.rows().size()});
    }
}
