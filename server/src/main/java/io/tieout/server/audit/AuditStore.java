package io.tieout.server.audit;

import io.tieout.server.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.databind.JsonNode;

/// Reads the trail.
final class AuditStore {
    private static final String COLUMNS =
            """
            select chain_id, number, at, actor_id, action, project_id, subject_kind, subject_id, details, request_id,
                   previous_hash, hash
              from audit_log
            """;
    private static final String NEWEST =
            COLUMNS
                    + """
                       where (at, chain_id, number) < (:at, :chain_id, :number)
                       order by at desc, chain_id desc, number desc limit :limit
                      """;
    private static final String NEWEST_OF_ACTOR =
            COLUMNS
                    + """
                       where actor_id = :actor_id and (at, chain_id, number) < (:at, :chain_id, :number)
                       order by at desc, chain_id desc, number desc limit :limit
                      """;
    private static final String NEWEST_OF_CHAIN =
            COLUMNS
                    + """
                       where chain_id = :chain_id and number < :number
                       order by number desc limit :limit
                      """;
    private static final String OLDEST_OF_CHAIN =
            COLUMNS
                    + """
                       where chain_id = :chain_id and number > :number
                       order by number limit :limit
                      """;
    private static final String CHAINS =
            """
            select distinct chain_id from audit_log where number = 1 order by chain_id
            """;

    private AuditStore() {}

    /// A place in the trail by time.
    record Place(Instant at, UUID chainId, long number) {
        static final Place END =
                new Place(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1), Long.MAX_VALUE);
    }

    static List<AuditEntry> newest(Handle handle, Optional<UUID> actorId, Place before, int limit) {
        Query query = handle.createQuery(actorId.isPresent() ? NEWEST_OF_ACTOR : NEWEST);
        actorId.ifPresent(actor -> query.bind("actor_id", actor));
        return query.bind("at", Timestamp.from(before.at()))
                .bind("chain_id", before.chainId())
                .bind("number", before.number())
                .bind("limit", limit)
                .map((row, _) -> entry(row))
                .list();
    }

    static List<AuditEntry> newestOfChain(Handle handle, UUID chainId, long before, int limit) {
        return ofChain(handle, NEWEST_OF_CHAIN, chainId, before, limit);
    }

    static List<AuditEntry> oldestOfChain(Handle handle, UUID chainId, long after, int limit) {
        return ofChain(handle, OLDEST_OF_CHAIN, chainId, after, limit);
    }

    private static List<AuditEntry> ofChain(
            Handle handle, String sql, UUID chainId, long number, int limit) {
        return handle.createQuery(sql)
                .bind("chain_id", chainId)
                .bind("number", number)
                .bind("limit", limit)
                .map((row, _) -> entry(row))
                .list();
    }

    static List<UUID> chains(Handle handle) {
        return handle.createQuery(CHAINS).mapTo(UUID.class).list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("chain_id", UUID.class),
                row.getLong("number"),
                row.getTimestamp("at").toInstant(),
                Optional.ofNullable(row.getObject("actor_id", UUID.class)),
                row.getString("action"),
                Optional.ofNullable(row.getObject("project_id", UUID.class)),
                row.getString("subject_kind"),
                row.getString("subject_id"),
                details(row.getString("details")),
                row.getString("request_id"),
                HexFormat.of().formatHex(row.getBytes("previous_hash")),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }

    private static Map<String, String> details(String json) {
        Map<String, String> details = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> detail : Json.tree(json).properties()) {
            details.put(detail.getKey(), detail.getValue().asString());
        }
        return details;
    }
}
