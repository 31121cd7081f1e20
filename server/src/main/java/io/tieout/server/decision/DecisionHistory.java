package io.tieout.server.decision;

import io.tieout.server.database.Rows;
import io.tieout.server.result.ResultHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Tells what was decided on a result.
public final class DecisionHistory implements ResultHistory {
    private static final String OF_RESULT =
            """
            select d.* from reconciliation_decision_results r join reconciliation_decisions d on d.number = r.decision
             where r.place = :place order by d.number desc limit 200
            """;

    @Override
    public List<HistoryEntry> of(Handle handle, long place) {
        return handle.createQuery(OF_RESULT)
                .bind("place", place)
                .map((row, _) -> entry(row))
                .list();
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        return new HistoryEntry(
                Rows.uuid(row, "id"),
                row.getString("action"),
                row.getString("status"),
                Optional.ofNullable(row.getString("reason_code")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("comment")),
                Optional.ofNullable(row.getObject("assignee_id", UUID.class)),
                Rows.uuid(row, "decided_by"),
                Rows.instant(row, "decided_at"),
                Optional.ofNullable(row.getObject("settled_by", UUID.class)),
                Rows.optionalInstant(row, "settled_at"),
                Optional.ofNullable(row.getObject("undone_by", UUID.class)),
                Rows.optionalInstant(row, "undone_at"));
    }
}
