package io.tieout.server.decision;

import io.tieout.server.database.Rows;
import io.tieout.server.decision.DecisionForms.DecisionView;
import io.tieout.server.http.RawJson;
import io.tieout.server.http.RequestContext;
import io.tieout.server.result.ReviewedJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Decisions, as they are kept.
final class DecisionStore {
    private static final String INSERT =
            """
            insert into reconciliation_decisions
              (id, project_id, job_id, action, status, reason_code, reason, comment, assignee_id, result_count, filter,
               decided_by, request_id)
            values (:id, :project_id, :job_id, :action, :status, :reason_code, :reason, :comment, :assignee_id,
                    :result_count, :filter::jsonb, tieout_user(), :request_id)
            returning number
            """;
    private static final String COUNT =
            "update reconciliation_decisions set result_count = :count where number = :number";
    private static final String FIND =
            """
            select id, number, project_id, job_id, action, status, assignee_id, decided_by
              from reconciliation_decisions where id = :id
            """;
    private static final String SETTLE =
            """
            update reconciliation_decisions set status = :status, settled_by = tieout_user(), settled_at = now()
             where id = :id
            """;
    private static final String UNDO =
            """
            update reconciliation_decisions set status = 'undone', undone_by = tieout_user(), undone_at = now()
             where id = :id
            """;
    private static final String VIEW =
            """
            select d.*,
                   array(select r.place from reconciliation_decision_results r
                          where r.decision = d.number and r.from_shelf is not null order by r.place limit 20) as places,
                   array(select r.place from reconciliation_decision_results r
                          where r.decision = d.number and r.from_shelf is null order by r.place limit 20) as made_places
              from reconciliation_decisions d
            """;
    private static final String GET = VIEW + " where d.id = :id";
    private static final String OF_JOB =
            VIEW + " where d.job_id = :job_id and d.id < :before order by d.id desc limit :limit";
    private static final String PENDING =
            VIEW
                    + """
                     where d.project_id = :project_id and d.status = 'pending' and d.id < :before
                     order by d.id desc limit :limit
                    """;

    private DecisionStore() {}

    /// A decision, as far as it takes to carry it on.
    record Stored(
            UUID id,
            long number,
            UUID projectId,
            UUID jobId,
            Action action,
            DecisionStatus status,
            Optional<UUID> assigneeId,
            UUID decidedBy) {}

    /// Keeps a new one.
    ///
    /// @return its number
    static long insert(
            Handle handle, UUID id, ReviewedJob job, Terms terms, DecisionStatus status) {
        return handle.createQuery(INSERT)
                .bind("id", id)
                .bind("project_id", job.projectId())
                .bind("job_id", job.jobId())
                .bind("action", word(terms.action()))
                .bind("status", word(status))
                .bind("reason_code", terms.reasonCode().map(DecisionStore::word).orElse(null))
                .bind("reason", terms.reason().orElse(null))
                .bind("comment", terms.comment().orElse(null))
                .bindByType("assignee_id", terms.assignee().orElse(null), UUID.class)
                .bind("result_count", 0L)
                .bind("filter", terms.filter().orElse(null))
                .bind("request_id", RequestContext.current().requestId())
                .mapTo(Long.class)
                .one();
    }

    static void count(Handle handle, long number, long count) {
        handle.createUpdate(COUNT).bind("number", number).bind("count", count).execute();
    }

    static Optional<Stored> find(Handle handle, UUID id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map(
                        (row, _) ->
                                new Stored(
                                        Rows.uuid(row, "id"),
                                        row.getLong("number"),
                                        Rows.uuid(row, "project_id"),
                                        Rows.uuid(row, "job_id"),
                                        constant(Action.class, row.getString("action")),
                                        constant(DecisionStatus.class, row.getString("status")),
                                        Optional.ofNullable(
                                                row.getObject("assignee_id", UUID.class)),
                                        Rows.uuid(row, "decided_by")))
                .findOne();
    }

    static void settle(Handle handle, UUID id, DecisionStatus status) {
        handle.createUpdate(SETTLE).bind("id", id).bind("status", word(status)).execute();
    }

    static void undo(Handle handle, UUID id) {
        handle.createUpdate(UNDO).bind("id", id).execute();
    }

    static Optional<DecisionView> view(Handle handle, UUID id) {
        return handle.createQuery(GET).bind("id", id).map((row, _) -> view(row)).findOne();
    }

    static List<DecisionView> ofJob(Handle handle, UUID jobId, UUID before, int limit) {
        return handle.createQuery(OF_JOB)
                .bind("job_id", jobId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> view(row))
                .list();
    }

    static List<DecisionView> pending(Handle handle, UUID projectId, UUID before, int limit) {
        return handle.createQuery(PENDING)
                .bind("project_id", projectId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> view(row))
                .list();
    }

    private static DecisionView view(ResultSet row) throws SQLException {
        UUID job = Rows.uuid(row, "job_id");
        return new DecisionView(
                Rows.uuid(row, "id"),
                job,
                constant(Action.class, row.getString("action")),
                constant(DecisionStatus.class, row.getString("status")),
                Optional.ofNullable(row.getString("reason_code"))
                        .map(code -> constant(ReasonCode.class, code)),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("comment")),
                Optional.ofNullable(row.getObject("assignee_id", UUID.class)),
                row.getLong("result_count"),
                ids(row, "places", job),
                ids(row, "made_places", job),
                Optional.ofNullable(row.getString("filter")).map(RawJson::new),
                Rows.uuid(row, "decided_by"),
                Rows.instant(row, "decided_at"),
                Optional.ofNullable(row.getObject("settled_by", UUID.class)),
                Rows.optionalInstant(row, "settled_at"),
                Optional.ofNullable(row.getObject("undone_by", UUID.class)),
                Rows.optionalInstant(row, "undone_at"));
    }

    private static List<UUID> ids(ResultSet row, String column, UUID job) throws SQLException {
        return Arrays.stream((Long[]) row.getArray(column).getArray())
                .map(place -> ReviewedJob.id(job, place))
                .toList();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
