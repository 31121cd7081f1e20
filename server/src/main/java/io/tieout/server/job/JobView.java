package io.tieout.server.job;

import io.tieout.server.http.RawJson;
import io.tieout.server.http.Says;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as it is shown.
@Says("A job: one run of a reconciliation.")
record JobView(
        UUID id,
        JobStatus status,
        @Says("what it is doing") Optional<String> phase,
        @Says("0 to 1; never goes back within an attempt") double progress,
        @Says("how long it will still take, about") Optional<Integer> remainingSeconds,
        Optional<RawJson> counts,
        @Says("amounts by currency, side and field; `in` is the sum of the others")
                Optional<RawJson> controlTotals,
        @Says("names the outcome: the same for the same records and plan") Optional<String> digest,
        @Says("of the sources, the plan and the outcome") Optional<RawJson> digests,
        @Says("wall time by phase") Optional<RawJson> seconds,
        @Says("why it failed: `kind`, `where`, `problem`, `remedy`") Optional<RawJson> failure,
        UUID projectId,
        UUID reconciliationId,
        int planVersion,
        UUID leftDataSourceId,
        UUID rightDataSourceId,
        int maxRejects,
        boolean carryForward,
        @Says("the job whose open breaks it took along") Optional<UUID> carriedFromJobId,
        @Says("`person`, `service` or `schedule`") String trigger,
        @Says("the time for which a schedule started it") Optional<Instant> dueAt,
        @Says("how often a server has taken it up") int attempt,
        boolean cancelRequested,
        long resultCount,
        @Says("memory that it is thought to need, in MiB") int needMegabytes,
        String requestId,
        UUID startedBy,
        Instant queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {
    static final String COLUMNS =
            """
            id, status, phase, progress, remaining_seconds, counts, control_totals, digest, digests, seconds, failure,
            project_id, reconciliation_id, plan_version, left_data_source_id, right_data_source_id, max_rejects,
            carry_forward, carried_from_job_id, trigger, due_at, attempt, cancel_requested_at, result_count, need_mb,
            request_id, started_by, queued_at, started_at, finished_at
            """;

    static JobView read(ResultSet row) throws SQLException {
        return new JobView(
                row.getObject("id", UUID.class),
                JobStatus.of(row.getString("status")),
                Optional.ofNullable(row.getString("phase")),
                row.getDouble("progress"),
                Optional.ofNullable((Integer) row.getObject("remaining_seconds")),
                json(row.getString("counts")),
                json(row.getString("control_totals")),
                Optional.ofNullable(row.getString("digest")),
                json(row.getString("digests")),
                json(row.getString("seconds")),
                json(row.getString("failure")),
                row.getObject("project_id", UUID.class),
                row.getObject("reconciliation_id", UUID.class),
                row.getInt("plan_version"),
                row.getObject("left_data_source_id", UUID.class),
                row.getObject("right_data_source_id", UUID.class),
                row.getInt("max_rejects"),
                row.getBoolean("carry_forward"),
                Optional.ofNullable(row.getObject("carried_from_job_id", UUID.class)),
                row.getString("trigger"),
                moment(row.getTimestamp("due_at")),
                row.getInt("attempt"),
                row.getTimestamp("cancel_requested_at") != null,
                row.getLong("result_count"),
                row.getInt("need_mb"),
                row.getString("request_id"),
                row.getObject("started_by", UUID.class),
                row.getTimestamp("queued_at").toInstant(),
                moment(row.getTimestamp("started_at")),
                moment(row.getTimestamp("finished_at")));
    }

    private static Optional<RawJson> json(@Nullable String text) {
        return Optional.ofNullable(text).map(RawJson::new);
    }

    private static Optional<Instant> moment(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }
}
