package io.tieout.server.result;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A result as it is kept; see the table `reconciliation_results`.
record ResultRow(
        long place,
        long shelf,
        long weight,
        @Nullable Long otherAmount,
        @Nullable Long record,
        @Nullable Long otherRecord,
        long differing,
        int day,
        @Nullable Integer otherDay,
        @Nullable Integer score,
        String key,
        @Nullable String otherKey,
        @Nullable Long linked,
        @Nullable UUID assigneeId,
        @Nullable Long lastDecision,
        @Nullable Long pending,
        int commentCount,
        int version) {
    /// The columns of it, of a table that is called `r`.
    static final String COLUMNS =
            """
            r.place, r.shelf, r.weight, r.other_amount, r.record, r.other_record, r.differing, r.day, r.other_day, r.score, \
            r.key, r.other_key, r.linked, r.assignee_id, r.last_decision, r.pending, r.comment_count, r.version
            """;

    static ResultRow of(ResultSet row) throws SQLException {
        return new ResultRow(
                row.getLong("place"),
                row.getLong("shelf"),
                row.getLong("weight"),
                optionalLong(row, "other_amount"),
                optionalLong(row, "record"),
                optionalLong(row, "other_record"),
                row.getLong("differing"),
                row.getInt("day"),
                optionalInt(row, "other_day"),
                optionalInt(row, "score"),
                row.getString("key"),
                row.getString("other_key"),
                optionalLong(row, "linked"),
                row.getObject("assignee_id", UUID.class),
                optionalLong(row, "last_decision"),
                optionalLong(row, "pending"),
                row.getInt("comment_count"),
                row.getInt("version"));
    }

    private static @Nullable Long optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }

    private static @Nullable Integer optionalInt(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : (Integer) value;
    }
}
