package io.tieout.server.job;

import io.tieout.server.database.RequestId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What a node does to the jobs that it holds. It takes one up by raising its attempt, and whatever
/// it writes later it writes only if that attempt is still the last one: a node that was taken for
/// dead and wakes up changes nothing. All of it runs as the worker.
final class JobHold {
    private static final String STANDING =
            """
            select j.status, j.number, j.need_mb, j.losses, j.cancel_requested_at is not null as cancelled,
                   j.carry_forward and exists (
                     select 1 from reconciliation_jobs p
                      where p.reconciliation_id = j.reconciliation_id and p.number < j.number
                        and p.status in ('queued', 'running')) as blocked,
                   (select count(*) from (
                      select 1 from reconciliation_jobs e
                       where e.status = 'queued' and e.number < j.number and e.need_mb <= :budget
                         and not (e.carry_forward and exists (
                           select 1 from reconciliation_jobs p
                            where p.reconciliation_id = e.reconciliation_id and p.number < e.number
                              and p.status in ('queued', 'running')))
                       limit :most_ahead) ahead) as ahead
              from reconciliation_jobs j where j.id = :id
            """;
    private static final String TAKE =
            """
            update reconciliation_jobs j
               set status = 'running', attempt = attempt + 1, node_id = :node_id, phase = 'starting', progress = 0,
                   remaining_seconds = null, started_at = coalesce(started_at, :at), carried_from_job_id =
                     case when carry_forward then (
                       select p.id from reconciliation_jobs p
                        where p.reconciliation_id = j.reconciliation_id and p.number < j.number
                          and p.status = 'succeeded'
                        order by p.id desc limit 1)
                     end
             where id = :id and status = 'queued' and cancel_requested_at is null
            returning id, number, project_id, reconciliation_id, plan_version, left_data_source_id, right_data_source_id,
                      max_rejects, carry_forward, carried_from_job_id, attempt, queued_at, started_by, request_id
            """;
    private static final String PROGRESS =
            """
            update reconciliation_jobs
               set phase = :phase, progress = :progress, remaining_seconds = :remaining
             where id = :id and attempt = :attempt and status = 'running'
            returning cancel_requested_at is not null
            """;
    private static final String LOOK =
            """
            select cancel_requested_at is not null from reconciliation_jobs
             where id = :id and attempt = :attempt and status = 'running'
            """;
    private static final String SUCCEED =
            """
            update reconciliation_jobs
               set status = 'succeeded', phase = null, progress = 1, remaining_seconds = null, segment = :segment,
                   result_count = :result_count, counts = :counts::jsonb, control_totals = :control_totals::jsonb,
                   digests = :digests::jsonb, digest = :digest, seconds = :seconds::jsonb, finished_at = :at
             where id = :id and attempt = :attempt and status = 'running' and cancel_requested_at is null
            """;
    private static final String END =
            """
            update reconciliation_jobs
               set status = :status, phase = null, remaining_seconds = null, failure = :failure::jsonb, finished_at = :at
             where id = :id and attempt = :attempt and status = 'running'
            """;
    private static final String REFUSE =
            """
            update reconciliation_jobs
               set status = 'failed', failure = :failure::jsonb, finished_at = :at
             where id = :id and status = 'queued'
            returning id, number, project_id, reconciliation_id, plan_version, left_data_source_id, right_data_source_id,
                      max_rejects, carry_forward, carried_from_job_id, attempt, queued_at, started_by, request_id
            """;
    private static final String HAND_OVER =
            """
            update reconciliation_jobs
               set status = 'queued', phase = null, progress = 0, remaining_seconds = null, node_id = null
             where id = :id and attempt = :attempt and status = 'running'
            """;
    private static final String LOSE =
            """
            update reconciliation_jobs
               set status = 'queued', phase = null, progress = 0, remaining_seconds = null, node_id = null,
                   losses = losses + 1
             where id = :id and status = 'running'
            """;
    private static final String LOSE_HELD =
            """
            update reconciliation_jobs
               set status = 'queued', phase = null, progress = 0, remaining_seconds = null, node_id = null,
                   losses = losses + 1
             where id = :id and attempt = :attempt and status = 'running'
            """;
    private static final String LOSE_OWN =
            """
            update reconciliation_jobs
               set status = 'queued', phase = null, progress = 0, remaining_seconds = null, node_id = null,
                   losses = losses + 1
             where node_id = :node_id and status = 'running'
            """;
    private static final String FREE_OWN =
            """
            update scheduled_tasks
               set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
             where picked and picked_by = :name
            """;

    private static final String WAKE_NEXT =
            """
            update scheduled_tasks t set execution_time = now()
             where t.task_name = 'job' and not t.picked and t.execution_time > now()
               and t.task_instance in (
                 (select id::text from reconciliation_jobs where status = 'queued' order by number limit 3)
                 union all
                 (select id::text from reconciliation_jobs
                   where status = 'queued' and reconciliation_id = :reconciliation_id order by number limit 1))
            """;

    /// Beyond these it makes no difference.
    static final int MOST_AHEAD = 200;

    private JobHold() {}

    /// Whether a job may start.
    ///
    /// @param blocked whether it must wait for a job of the same reconciliation, whose open breaks
    /// it takes along
    /// @param ahead how many jobs that came before it, and would have room here, wait too; no more
    /// than [#MOST_AHEAD] are counted
    record Standing(
            JobStatus status,
            int needMegabytes,
            int losses,
            boolean cancelled,
            boolean blocked,
            int ahead) {
        /// Whether nobody is to start before it.
        boolean isFirst() {
            return !blocked && ahead == 0;
        }
    }

    /// A job that was taken up, with its sources.
    record Taken(StoredJob job, UUID left, UUID right) {}

    static Optional<Standing> standing(Handle handle, UUID id, int budgetMegabytes) {
        return handle.createQuery(STANDING)
                .bind("id", id)
                .bind("budget", budgetMegabytes)
                .bind("most_ahead", MOST_AHEAD)
                .map(
                        (row, _) ->
                                new Standing(
                                        JobStatus.of(row.getString("status")),
                                        row.getInt("need_mb"),
                                        row.getInt("losses"),
                                        row.getBoolean("cancelled"),
                                        row.getBoolean("blocked"),
                                        row.getInt("ahead")))
                .findOne();
    }

    /// Takes a queued job up.
    static Optional<Taken> take(Handle handle, UUID id, UUID nodeId, Instant at) {
        return handle.createQuery(TAKE)
                .bind("id", id)
                .bind("node_id", nodeId)
                .bind("at", at)
                .map((row, _) -> taken(row))
                .findOne();
    }

    private static Taken taken(ResultSet row) throws SQLException {
        StoredJob job =
                new StoredJob(
                        row.getObject("id", UUID.class),
                        row.getLong("number"),
                        row.getObject("project_id", UUID.class),
                        row.getObject("reconciliation_id", UUID.class),
                        row.getInt("plan_version"),
                        row.getInt("max_rejects"),
                        row.getBoolean("carry_forward"),
                        Optional.ofNullable(row.getObject("carried_from_job_id", UUID.class)),
                        row.getInt("attempt"),
                        row.getTimestamp("queued_at").toInstant(),
                        row.getObject("started_by", UUID.class),
                        new RequestId(row.getString("request_id")));
        return new Taken(
                job,
                row.getObject("left_data_source_id", UUID.class),
                row.getObject("right_data_source_id", UUID.class));
    }

    /// Writes how far a job is.
    ///
    /// @return whether it is to be cancelled; empty where it is no longer held
    static Optional<Boolean> progress(
            Handle handle,
            StoredJob job,
            String phase,
            double fraction,
            Optional<Integer> seconds) {
        return handle.createQuery(PROGRESS)
                .bind("id", job.id())
                .bind("attempt", job.attempt())
                .bind("phase", phase)
                .bind("progress", fraction)
                .bind("remaining", seconds.orElse(null))
                .mapTo(Boolean.class)
                .findOne();
    }

    /// As [#progress], where there is nothing to write.
    static Optional<Boolean> look(Handle handle, StoredJob job) {
        return handle.createQuery(LOOK)
                .bind("id", job.id())
                .bind("attempt", job.attempt())
                .mapTo(Boolean.class)
                .findOne();
    }

    /// Marks a job as succeeded.
    ///
    /// @return false where it was cancelled or is no longer held
    static boolean succeed(
            Handle handle, StoredJob job, JobNumbers numbers, int segment, long count, Instant at) {
        return handle.createUpdate(SUCCEED)
                        .bind("id", job.id())
                        .bind("attempt", job.attempt())
                        .bind("segment", segment)
                        .bind("result_count", count)
                        .bind("counts", numbers.counts())
                        .bind("control_totals", numbers.controlTotals())
                        .bind("digests", numbers.digests())
                        .bind("digest", numbers.digest())
                        .bind("seconds", numbers.seconds())
                        .bind("at", at)
                        .execute()
                == 1;
    }

    /// Ends a job without results.
    ///
    /// @return false where it is no longer held
    static boolean end(
            Handle handle,
            StoredJob job,
            JobStatus status,
            Optional<JobFailure> failure,
            Instant at) {
        return handle.createUpdate(END)
                        .bind("id", job.id())
                        .bind("attempt", job.attempt())
                        .bind("status", status.word())
                        .bind("failure", failure.map(JobFailure::json).orElse(null))
                        .bind("at", at)
                        .execute()
                == 1;
    }

    /// Fails a queued job that must not start.
    static Optional<StoredJob> refuse(Handle handle, UUID id, JobFailure failure, Instant at) {
        return handle.createQuery(REFUSE)
                .bind("id", id)
                .bind("failure", failure.json())
                .bind("at", at)
                .map((row, _) -> taken(row).job())
                .findOne();
    }

    /// Puts a job back, for another node or another time.
    static boolean handOver(Handle handle, StoredJob job) {
        return handle.createUpdate(HAND_OVER)
                        .bind("id", job.id())
                        .bind("attempt", job.attempt())
                        .execute()
                == 1;
    }

    /// Puts a job back whose node is dead.
    static void lose(Handle handle, UUID id) {
        handle.createUpdate(LOSE).bind("id", id).execute();
    }

    /// Puts a job back that this node holds and could not go on with.
    static void lose(Handle handle, StoredJob job) {
        handle.createUpdate(LOSE_HELD)
                .bind("id", job.id())
                .bind("attempt", job.attempt())
                .execute();
    }

    /// Has the first jobs of the queue looked at now, and the next one of a reconciliation: one
    /// started or ended, and it may be their turn.
    static void wakeNext(Handle handle, StoredJob after) {
        handle.createUpdate(WAKE_NEXT)
                .bind("reconciliation_id", after.reconciliationId())
                .execute();
    }

    /// Puts back what this node worked on before it was restarted, without waiting for it to be
    /// taken for dead.
    ///
    /// @param name of the node as the scheduler has it
    static void loseOwn(Handle handle, UUID nodeId, String name) {
        handle.createUpdate(LOSE_OWN).bind("node_id", nodeId).execute();
        handle.createUpdate(FREE_OWN).bind("name", name).execute();
    }
}
