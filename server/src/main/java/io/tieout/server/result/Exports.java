package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.result.ExportQuery.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Results as a file, in the order of their positions. It is read a stretch of positions at a time,
/// so that a slow reader holds no connection to the database; each result is in the file once, as
/// it was when its stretch was read.
final class Exports {
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int STRETCH = 5_000;

    /// Most keys that one cell has.
    private static final int MOST_KEYS = 200;

    private static final String MEMBERS =
            """
            select r.place, r.shelf, r.key from reconciliation_results r
             where r.segment = :segment and r.place = any(:places) and r.shelf = any(:members)
             order by r.place, r.record
            """;

    private final Database database;

    Exports(Database database) {
        this.database = database;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/jobs/{job_id}/export")
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named("exportResults", "results", "Gives the results of a job as a file.")
                        .query(ExportQuery.class)
                        .answersStream("text/csv", "The results, one a row.")
                        .answersStream(XLSX, "The results, one a row.")
                        .handle(this::export));
    }

    private Answer export(Call<ExportQuery, Nothing> call) {
        UUID job = call.id(Resource.JOB);
        Actor actor = call.actor();
        ExportQuery query = call.query();
        UUID caller = call.caller().userId();
        // What is wrong with the filter is told before the file begins.
        long end =
                database.inApp(
                        actor,
                        Access.READ,
                        handle -> {
                            Stretches stretches = new Stretches(handle, job, query, caller);
                            return stretches.outcome.nextPosition();
                        });
        Format format = query.format().orElse(Format.CSV);
        String name = "results-" + job + (format == Format.CSV ? ".csv" : ".xlsx");
        return Answer.stream(
                        format == Format.CSV ? "text/csv; charset=utf-8" : XLSX,
                        out -> {
                            ExportFile file = file(format, out);
                            for (long from = 0; from < end; from += STRETCH) {
                                long start = from;
                                List<List<ExportRow.Cell>> rows =
                                        database.inApp(
                                                actor,
                                                Access.READ,
                                                handle ->
                                                        new Stretches(handle, job, query, caller)
                                                                .rows(
                                                                        start,
                                                                        Math.min(
                                                                                end,
                                                                                start + STRETCH)));
                                for (List<ExportRow.Cell> row : rows) {
                                    file.row(row);
                                }
                            }
                            file.finish();
                        })
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private static ExportFile file(Format format, OutputStream out) throws IOException {
        return switch (format) {
            case CSV -> new ExportFile.Csv(out);
            case XLSX -> new ExportFile.Xlsx(out);
        };
    }

    /// The results as they are in one transaction.
    private static final class Stretches {
        private final Handle handle;
        private final KeptOutcome outcome;
        private final Shelves shelves;
        private final Selection selection;

        Stretches(Handle handle, UUID job, ExportQuery query, UUID caller) {
            this.handle = handle;
            this.outcome = Outcomes.ofJob(handle, job);
            this.shelves = Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
            this.selection = Selection.of(outcome, shelves, query.filter(), caller, "?");
        }

        List<List<ExportRow.Cell>> rows(long from, long to) {
            if (selection.shelves().isEmpty()) {
                return List.of();
            }
            List<ResultRow> rows =
                    ResultSql.bind(
                                    handle.createQuery(ResultSql.stretch(selection)),
                                    outcome,
                                    selection,
                                    Sort.whole(selection))
                            .bind("from", Places.place(outcome.jobNumber(), from))
                            .bind("to", Places.place(outcome.jobNumber(), to))
                            .map((row, _) -> ResultRow.of(row))
                            .list();
            Map<Long, Map<Side, List<String>>> keys = keys(rows);
            List<List<ExportRow.Cell>> cells = new ArrayList<>();
            for (ResultRow row : rows) {
                Map<Side, List<String>> of = keys.getOrDefault(row.place(), Map.of());
                cells.add(
                        ExportRow.of(
                                ResultItem.of(outcome, shelves, row),
                                of.getOrDefault(Side.LEFT, List.of()),
                                of.getOrDefault(Side.RIGHT, List.of())));
            }
            return cells;
        }

        /// The keys of the records of matches of more than two.
        private Map<Long, Map<Side, List<String>>> keys(List<ResultRow> rows) {
            Long[] places =
                    rows.stream()
                            .filter(row -> row.record() == null)
                            .map(ResultRow::place)
                            .toArray(Long[]::new);
            Map<Long, Map<Side, List<String>>> keys = new HashMap<>();
            if (places.length == 0) {
                return keys;
            }
            handle.createQuery(MEMBERS)
                    .bind("segment", outcome.segment())
                    .bind("places", places)
                    .bind("members", Shelves.numbers(shelves.members()))
                    .map(
                            (row, _) -> {
                                Side side = shelves.traits(row.getLong("shelf")).requiredSide();
                                List<String> of =
                                        keys.computeIfAbsent(
                                                        row.getLong("place"), _ -> new HashMap<>())
                                                .computeIfAbsent(side, _ -> new ArrayList<>());
                                if (of.size() < MOST_KEYS) {
                                    of.add(row.getString("key"));
                                } else if (of.size() == MOST_KEYS) {
                                    of.add("…");
                                }
                                return true;
                            })
                    .list();
            return keys;
        }
    }
}
