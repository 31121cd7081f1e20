package io.tieout.server.source;

import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.database.PackedCells;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Json;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.RawJson;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.source.RecordPage.RecordView;
import io.tieout.server.source.SourceStore.Place;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads the records and rejects of data sources.
final class RecordPages {
    private static final int USUAL_LIMIT = 50;
    private static final String BY_ROW =
            """
            select row_number, line, key, cells from reconciliation_records
             where segment = :segment and source_number = :number and row_number > :after
             order by row_number limit :limit
            """;
    private static final String BY_KEY =
            """
            select row_number, line, key, cells from reconciliation_records
             where segment = :segment and source_number = :number and key = :key and row_number > :after
             order by row_number limit :limit
            """;
    private static final String REJECTS =
            """
            select line, row_number, column_name, reason from data_source_rejects
             where data_source_id = :id and number > :after order by number limit 1000
            """;

    private final Database database;

    RecordPages(Database database) {
        this.database = database;
    }

    Answer page(Call<RecordQuery, Nothing> call) {
        RecordQuery query = call.query();
        UUID id = call.id(Resource.DATA_SOURCE);
        String rows = query.row().map(row -> " row " + row).orElse("");
        String list = "records " + id + rows + " " + query.key().orElse("");
        int after =
                query.cursor()
                        .map(cursor -> (int) Cursor.onlyNumber(cursor, list, Integer.MAX_VALUE))
                        .or(() -> query.row().map(row -> row - 1))
                        .orElse(0);
        int limit = query.row().isPresent() ? 1 : query.limit().orElse(USUAL_LIMIT);
        List<RecordView> found =
                database.inApp(
                        call.actor(),
                        Access.READ,
                        handle -> read(handle, id, query, after, limit + 1));
        if (query.row().isPresent()) {
            List<RecordView> one =
                    found.stream().filter(record -> record.row() == after + 1).toList();
            return Answer.ok(new RecordPage(one, Optional.empty()));
        }
        boolean more = found.size() > limit;
        List<RecordView> items = more ? found.subList(0, limit) : found;
        Optional<String> next =
                more
                        ? Optional.of(
                                new Cursor(list, List.of(Integer.toString(items.getLast().row())))
                                        .encoded())
                        : Optional.empty();
        return Answer.ok(new RecordPage(items, next));
    }

    private static List<RecordView> read(
            Handle handle, UUID id, RecordQuery query, int after, int limit) {
        Place place =
                SourceStore.place(handle, id).orElseThrow(() -> Problem.notFound().exception());
        if (place.segment().isEmpty()) {
            return List.of();
        }
        Query select = handle.createQuery(query.key().isPresent() ? BY_KEY : BY_ROW);
        query.key().ifPresent(key -> select.bind("key", key));
        return select.bind("segment", place.segment().get())
                .bind("number", place.number())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> view(row, place.columns()))
                .list();
    }

    private static RecordView view(ResultSet row, List<String> columns) throws SQLException {
        List<@Nullable String> cells = PackedCells.texts(row.getBytes("cells"));
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), i < cells.size() ? cells.get(i) : null);
        }
        return new RecordView(
                row.getInt("row_number"),
                row.getLong("line"),
                Optional.ofNullable(row.getString("key")),
                new RawJson(new String(Json.writeTree(values), StandardCharsets.UTF_8)));
    }

    Answer rejects(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.DATA_SOURCE);
        Actor actor = call.actor();
        return Answer.stream(
                        "text/csv; charset=utf-8",
                        out -> {
                            Writer text =
                                    new BufferedWriter(
                                            new OutputStreamWriter(out, StandardCharsets.UTF_8));
                            text.write("line,row,column,reason\n");
                            int after = 0;
                            // By pages, so that a slow reader holds no connection to the database.
                            for (int read = 1000; read == 1000; after += read) {
                                read = writeRejects(actor, id, after, text);
                            }
                            text.flush();
                        })
                .with("Content-Disposition", "attachment; filename=\"rejects.csv\"");
    }

    private int writeRejects(Actor actor, UUID id, int after, Writer text) {
        List<String> lines =
                database.inApp(
                        actor,
                        Access.READ,
                        handle ->
                                handle.createQuery(REJECTS)
                                        .bind("id", id)
                                        .bind("after", after)
                                        .map((row, _) -> rejectLine(row))
                                        .list());
        try {
            for (String line : lines) {
                text.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.size();
    }

    private static String rejectLine(ResultSet row) throws SQLException {
        return row.getLong("line")
                + ","
                + row.getLong("row_number")
                + ","
                + quoted(row.getString("column_name"))
                + ","
                + quoted(row.getString("reason"))
                + "\n";
    }

    private static String quoted(String text) {
        // A column's name comes from the file: a spreadsheet must not take it for a formula.
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
