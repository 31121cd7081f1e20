package io.tieout.server.source;

import io.tieout.formats.source.Reject;
import io.tieout.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The statements of loading; as the worker.
final class LoadStore {
    private static final String PENDING =
            """
            select id, number, project_id, name, key_column, options, size_bytes from data_sources
             where node_id = :node_id and status = 'loading' order by id
            """;
    private static final String READY =
            """
            update data_sources
               set status = 'ready', format = :format, record_count = :records, rejected_count = :rejected,
                   columns = :columns::jsonb, segment = :segment, progress = 1, finished_at = now()
             where id = :id and status = 'loading' and cancel_requested_at is null
            """;
    private static final String REJECT =
            """
            insert into data_source_rejects (data_source_id, number, project_id, line, row_number, column_name, reason)
            values (:id, :number, :project_id, :line, :row, :column, :reason)
            """;
    private static final String FAILED =
            """
            update data_sources set status = 'failed', failure = :failure::jsonb, finished_at = now()
             where id = :id and status = 'loading'
            """;
    private static final String CANCELLED =
            """
            update data_sources set status = 'cancelled', finished_at = now() where id = :id and status = 'loading'
            """;
    private static final String PROGRESS =
            """
            update data_sources set progress = :progress where id = :id and status = 'loading'
            returning cancel_requested_at is not null
            """;
    private static final String DELETED =
            """
            select id, number, segment from data_sources where deleted_at is not null and segment is not null
            """;
    private static final String LOST =
            """
            update data_sources d set status = 'failed', failure = :failure::jsonb, finished_at = now()
             where status = 'loading' and not exists (
                   select 1 from nodes n where n.id = d.node_id and n.seen_at > now() - interval '15 minutes')
            """;

    private LoadStore() {}

    /// What is left of a data source that was deleted.
    record Remains(UUID id, long number, int segment) {}

    static List<PendingLoad> pending(Handle handle, UUID nodeId) {
        return handle.createQuery(PENDING)
                .bind("node_id", nodeId)
                .map(
                        (row, _) ->
                                new PendingLoad(
                                        row.getObject("id", UUID.class),
                                        row.getLong("number"),
                                        row.getObject("project_id", UUID.class),
                                        row.getString("name"),
                                        Optional.ofNullable(row.getString("key_column")),
                                        row.getString("options"),
                                        row.getLong("size_bytes")))
                .list();
    }

    /// Says that it is loaded.
    ///
    /// @return false where it was cancelled or is another's
    static boolean ready(
            Handle handle,
            PendingLoad load,
            String format,
            long records,
            List<Reject> rejects,
            String columns,
            int segment) {
        int updated =
                handle.createUpdate(READY)
                        .bind("id", load.id())
                        .bind("format", format)
                        .bind("records", records)
                        .bind("rejected", rejects.size())
                        .bind("columns", columns)
                        .bind("segment", segment)
                        .execute();
        if (updated > 0 && !rejects.isEmpty()) {
            insert(handle, load, rejects);
        }
        return updated > 0;
    }

    private static void insert(Handle handle, PendingLoad load, List<Reject> rejects) {
        PreparedBatch batch = handle.prepareBatch(REJECT);
        for (int i = 0; i < rejects.size(); i++) {
            Reject reject = rejects.get(i);
            batch.bind("id", load.id())
                    .bind("number", i + 1)
                    .bind("project_id", load.projectId())
                    .bind("line", reject.line())
                    .bind("row", reject.row())
                    .bind("column", reject.column())
                    .bind("reason", reject.reason())
                    .add();
        }
        batch.execute();
    }

    static void failed(Handle handle, UUID id, LoadFailure failure) {
        handle.createUpdate(FAILED).bind("id", id).bind("failure", failure.json()).execute();
    }

    static void cancelled(Handle handle, UUID id) {
        handle.createUpdate(CANCELLED).bind("id", id).execute();
    }

    /// Says how far it is.
    ///
    /// @return whether it should end
    static boolean progress(Handle handle, UUID id, double fraction) {
        return handle.createQuery(PROGRESS)
                .bind("id", id)
                .bind("progress", fraction)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true);
    }

    static List<Remains> deleted(Handle handle) {
        return handle.createQuery(DELETED)
                .map(
                        (row, _) ->
                                new Remains(
                                        row.getObject("id", UUID.class),
                                        row.getLong("number"),
                                        row.getInt("segment")))
                .list();
    }

    static void removed(Handle handle, UUID id) {
        handle.execute("delete from data_source_rejects where data_source_id = ?", id);
        handle.execute("update data_sources set segment = null where id = ?", id);
    }

    /// Fails what a server that is gone for good had received and not loaded.
    static int lost(Handle handle) {
        return handle.createUpdate(LOST).bind("failure", LoadFailure.LOST.json()).execute();
    }

    /// Why a load failed.
    record LoadFailure(String problem, String remedy, Optional<Long> line, Optional<Long> column) {
        static final LoadFailure LOST =
                new LoadFailure(
                        "the server that received the file is gone, and the file with it",
                        "upload it again",
                        Optional.empty(),
                        Optional.empty());
        static final LoadFailure DEFECT =
                new LoadFailure(
                        "something is broken on our side; it is in the log under this data source's id",
                        "upload it again, and tell your administrator the id",
                        Optional.empty(),
                        Optional.empty());

        String json() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("problem", problem);
            members.put("remedy", remedy);
            members.put("line", line.orElse(null));
            members.put("column", column.orElse(null));
            return new String(Json.writeTree(members), StandardCharsets.UTF_8);
        }
    }
}
