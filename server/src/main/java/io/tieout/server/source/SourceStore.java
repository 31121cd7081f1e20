package io.tieout.server.source;

import io.tieout.server.http.RawJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements on `data_sources`. Each runs in a transaction that its caller began, as a user or
/// as the worker.
final class SourceStore {
    private static final String COLUMNS =
            """
            id, project_id, name, file_name, status, format, options, key_column, size_bytes, digest, record_count,
            rejected_count, columns, progress, failure, created_by, created_at, finished_at
            """;
    private static final String INSERT =
            """
            insert into data_sources (id, project_id, name, file_name, options, key_column, size_bytes, digest, node_id,
                                      created_by)
            values (:id, :project_id, :name, :file_name, :options::jsonb, :key_column, :size_bytes, :digest, :node_id,
                    :created_by)
            """;
    private static final String SAME_CONTENT =
            """
            select id from data_sources
             where project_id = :project_id and digest = :digest and deleted_at is null and id <> :id
             order by id desc limit 20
            """;
    private static final String FIND =
            "select " + COLUMNS + " from data_sources where id = :id and deleted_at is null";
    private static final String LIST =
            "select "
                    + COLUMNS
                    + """
                      from data_sources
                     where project_id = :project_id and deleted_at is null and id < :before
                     order by id desc limit :limit
                    """;
    private static final String PROJECT_OF =
            "select project_id from data_sources where id = :id and deleted_at is null";
    private static final String CANCEL =
            """
            update data_sources set cancel_requested_at = coalesce(cancel_requested_at, now())
             where id = :id and status = 'loading'
            """;
    private static final String USES =
            """
            select (select count(*) from reconciliations
                     where deleted_at is null and :id in (left_data_source_id, right_data_source_id))
                 + (select count(*) from reconciliation_jobs
                     where :id in (left_data_source_id, right_data_source_id))
            """;
    private static final String DELETE =
            """
            update data_sources set deleted_at = now() where id = :id and deleted_at is null and status <> 'loading'
            """;

    private SourceStore() {}

    /// Where the records of a data source are.
    record Place(long number, Optional<Integer> segment, List<String> columns) {
        Place {
            columns = List.copyOf(columns);
        }
    }

    static void insert(Handle handle, NewSource source) {
        handle.createUpdate(INSERT)
                .bind("id", source.id())
                .bind("project_id", source.projectId())
                .bind("name", source.name())
                .bind("file_name", source.fileName().orElse(null))
                .bind("options", source.options())
                .bind("key_column", source.keyColumn().orElse(null))
                .bind("size_bytes", source.sizeBytes())
                .bind("digest", source.digest())
                .bind("node_id", source.nodeId())
                .bind("created_by", source.createdBy())
                .execute();
    }

    static Optional<SourceView> find(Handle handle, UUID id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map((row, _) -> view(row, List.of()))
                .findOne()
                .map(view -> withSameContent(handle, view));
    }

    private static SourceView withSameContent(Handle handle, SourceView view) {
        List<UUID> same =
                handle.createQuery(SAME_CONTENT)
                        .bind("project_id", view.projectId())
                        .bind("digest", HexFormat.of().parseHex(view.digest()))
                        .bind("id", view.id())
                        .mapTo(UUID.class)
                        .list();
        return new SourceView(
                view.id(),
                view.projectId(),
                view.name(),
                view.fileName(),
                view.status(),
                view.format(),
                view.options(),
                view.keyColumn(),
                view.sizeBytes(),
                view.digest(),
                view.recordCount(),
                view.rejectedCount(),
                view.columns(),
                view.progress(),
                view.failure(),
                same,
                view.createdBy(),
                view.createdAt(),
                view.finishedAt());
    }

    static List<SourceView> list(Handle handle, UUID projectId, UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("project_id", projectId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> view(row, List.of()))
                .list();
    }

    static Optional<UUID> projectOf(Handle handle, UUID id) {
        return handle.createQuery(PROJECT_OF).bind("id", id).mapTo(UUID.class).findOne();
    }

    static Optional<Place> place(Handle handle, UUID id) {
        return handle.createQuery(
                        """
                        select number, segment, array(select c ->> 'name' from jsonb_array_elements(columns) c) as names
                          from data_sources where id = :id and deleted_at is null
                        """)
                .bind("id", id)
                .map(
                        (row, _) ->
                                new Place(
                                        row.getLong("number"),
                                        Optional.ofNullable((Integer) row.getObject("segment")),
                                        Arrays.asList((String[]) row.getArray("names").getArray())))
                .findOne();
    }

    static boolean cancel(Handle handle, UUID id) {
        return handle.createUpdate(CANCEL).bind("id", id).execute() > 0;
    }

    static long uses(Handle handle, UUID id) {
        return handle.createQuery(USES).bind("id", id).mapTo(Long.class).one();
    }

    static boolean delete(Handle handle, UUID id) {
        return handle.createUpdate(DELETE).bind("id", id).execute() > 0;
    }

    private static SourceView view(ResultSet row, List<UUID> same) throws SQLException {
        return new SourceView(
                row.getObject("id", UUID.class),
                row.getObject("project_id", UUID.class),
                row.getString("name"),
                Optional.ofNullable(row.getString("file_name")),
                row.getString("status"),
                Optional.ofNullable(row.getString("format")),
                new RawJson(row.getString("options")),
                Optional.ofNullable(row.getString("key_column")),
                row.getLong("size_bytes"),
                HexFormat.of().formatHex(row.getBytes("digest")),
                row.getLong("record_count"),
                row.getLong("rejected_count"),
                new RawJson(row.getString("columns")),
                row.getDouble("progress"),
                Optional.ofNullable(row.getString("failure")).map(RawJson::new),
                same,
                row.getObject("created_by", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                moment(row.getTimestamp("finished_at")));
    }

    private static Optional<Instant> moment(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }
}
