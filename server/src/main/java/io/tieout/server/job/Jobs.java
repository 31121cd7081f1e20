package io.tieout.server.job;

import io.tieout.server.reconciliation.StoredReconciliation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Jobs in the database, as users see and touch them. What runs them is in [JobHold].
final class Jobs {
    private static final String INSERT =
            """
            insert into reconciliation_jobs (id, project_id, reconciliation_id, plan_version, left_data_source_id,
                                             right_data_source_id, max_rejects, carry_forward, need_mb, trigger, due_at,
                                             request_id, started_by, queued_at)
            values (:id, :project_id, :reconciliation_id, :plan_version, :left, :right, :max_rejects, :carry_forward,
                    :need_mb, :trigger, :due_at, :request_id, :started_by, :queued_at)
            """;
    private static final String ENQUEUE = "select tieout_enqueue_job(:id)";
    private static final String FIND =
            "select " + JobView.COLUMNS + " from reconciliation_jobs where id = :id";
    private static final String OF_RECONCILIATION =
            "select "
                    + JobView.COLUMNS
                    + """
                     from reconciliation_jobs
                    where reconciliation_id = :of and id < :before and (:status::text is null or status = :status)
                    order by id desc limit :limit
                    """;
    private static final String OF_PROJECT =
            "select "
                    + JobView.COLUMNS
                    + """
                     from reconciliation_jobs
                    where project_id = :of and id < :before and (:status::text is null or status = :status)
                    order by id desc limit :limit
                    """;
    private static final String CANCEL =
            """
            update reconciliation_jobs
               set cancel_requested_at = coalesce(cancel_requested_at, :at),
                   status = case when status = 'queued' then 'cancelled' else status end,
                   finished_at = case when status = 'queued' then :at else finished_at end
             where id = :id and status in ('queued', 'running')
            """;
    private static final String LAST =
            "select "
                    + JobView.COLUMNS
                    + """
                     from reconciliation_jobs where reconciliation_id = :id order by id desc limit 1
                    """;
    private static final String QUEUED =
            "select count(*) from reconciliation_jobs where status = 'queued'";

    private Jobs() {}

    /// Which list of jobs.
    enum Which {
        OF_RECONCILIATION,
        OF_PROJECT
    }

    /// A job that is to be queued.
    ///
    /// @param trigger `person`, `service` or `schedule`
    record NewJob(
            UUID id,
            StoredReconciliation of,
            UUID left,
            UUID right,
            int needMegabytes,
            String trigger,
            Optional<Instant> dueAt,
            String requestId,
            UUID startedBy,
            Instant queuedAt) {}

    /// Makes a job and the task that will run it.
    static void queue(Handle handle, NewJob job) {
        handle.createUpdate(INSERT)
                .bind("id", job.id())
                .bind("project_id", job.of().projectId())
                .bind("reconciliation_id", job.of().id())
                .bind("plan_version", job.of().planVersion())
                .bind("left", job.left())
                .bind("right", job.right())
                .bind("max_rejects", job.of().maxRejects())
                .bind("carry_forward", job.of().carryForward())
                .bind("need_mb", job.needMegabytes())
                .bind("trigger", job.trigger())
                .bind("due_at", job.dueAt().orElse(null))
                .bind("request_id", job.requestId())
                .bind("started_by", job.startedBy())
                .bind("queued_at", job.queuedAt())
                .execute();
        handle.createQuery(ENQUEUE).bind("id", job.id()).mapTo(String.class).findOne();
    }

    static Optional<JobView> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map((row, _) -> JobView.read(row)).findOne();
    }

    /// Jobs of a reconciliation or a project, newest first.
    static List<JobView> list(
            Handle handle,
            Which which,
            UUID of,
            UUID before,
            Optional<JobStatus> status,
            int limit) {
        String sql =
                switch (which) {
                    case OF_RECONCILIATION -> OF_RECONCILIATION;
                    case OF_PROJECT -> OF_PROJECT;
                };
        return handle.createQuery(sql)
                .bind("of", of)
                .bind("before", before)
                .bind("status", status.map(JobStatus::word).orElse(null))
                .bind("limit", limit)
                .map((row, _) -> JobView.read(row))
                .list();
    }

    /// Ends a queued job, or asks the node that runs it to.
    ///
    /// @return false where it is over
    static boolean cancel(Handle handle, UUID id, Instant at) {
        return handle.createUpdate(CANCEL).bind("id", id).bind("at", at).execute() == 1;
    }

    /// The newest job of a reconciliation.
    static Optional<JobView> last(Handle handle, UUID reconciliationId) {
        return handle.createQuery(LAST)
                .bind("id", reconciliationId)
                .map((row, _) -> JobView.read(row))
                .findOne();
    }

    /// How many wait.
    static long queued(Handle handle) {
        return handle.createQuery(QUEUED).mapTo(Long.class).one();
    }
}
