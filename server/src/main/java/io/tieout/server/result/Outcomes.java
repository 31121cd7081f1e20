package io.tieout.server.result;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.PlanFile;
import io.tieout.server.database.Rows;
import io.tieout.server.job.ReconciledInputs;
import io.tieout.server.job.StoredJob;
import io.tieout.server.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// The outcomes of jobs, as they are kept.
final class Outcomes {
    private static final String COLUMNS =
            """
            select o.job_number, o.job_id, o.project_id, o.reconciliation_id, o.segment, o.stored_at, o.next_position,
                   o.passes, o.fields, o.amount_field, o.amount_scale, o.date_field, o.left_since, o.right_since,
                   o.at_end, o.now
              from reconciliation_outcomes o
            """;
    private static final String OF_JOB = COLUMNS + " where o.job_id = :job_id";
    private static final String HELD = OF_JOB + " for no key update";
    private static final String PLAN =
            "select plan from reconciliation_outcomes where job_number = :number";
    private static final String PATIENCE = "set local lock_timeout = '10s'";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String OF_NUMBER = COLUMNS + " where o.job_number = :number";
    private static final String INSERT =
            """
            insert into reconciliation_outcomes
              (job_number, job_id, project_id, reconciliation_id, left_data_source_id, right_data_source_id,
               carried_from_job_id, segment, next_position, plan, passes, fields, amount_field, amount_scale, date_field,
               left_since, right_since, at_end, now)
            values (:job_number, :job_id, :project_id, :reconciliation_id, :left, :right, :carried_from, :segment,
                    :next_position, :plan, :passes, :fields, :amount_field, :amount_scale, :date_field, :left_since,
                    :right_since, :tally::jsonb, :tally::jsonb)
            """;
    private static final String FIRST_WITH_LEFT =
            """
            select left_since[1] as since from reconciliation_outcomes
             where reconciliation_id = :reconciliation_id and left_data_source_id = :source_id
             order by job_number limit 1
            """;
    private static final String FIRST_WITH_RIGHT =
            """
            select right_since[1] as since from reconciliation_outcomes
             where reconciliation_id = :reconciliation_id and right_data_source_id = :source_id
             order by job_number limit 1
            """;
    private static final String CHANGE =
            """
            update reconciliation_outcomes set next_position = :next_position, now = :now::jsonb
             where job_number = :job_number
            """;

    private Outcomes() {}

    /// The outcome of a job that succeeded.
    ///
    /// @throws io.tieout.server.problem.ProblemException 409 where the job has none, or none yet
    static KeptOutcome ofJob(Handle handle, UUID jobId) {
        return read(handle, OF_JOB, jobId);
    }

    /// The same, held until the transaction ends, so that nobody decides on it meanwhile.
    ///
    /// @throws io.tieout.server.problem.ProblemException 409 also where somebody else holds it for
    /// long
    static KeptOutcome held(Handle handle, UUID jobId) {
        handle.execute(PATIENCE);
        try {
            return read(handle, HELD, jobId);
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException sql
                    && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                throw Problem.conflict(
                                "decision-in-progress",
                                "Another decision on this job is being carried out",
                                "wait until it is done, and try again")
                        .with("Retry-After", "5")
                        .exception();
            }
            throw e;
        }
    }

    private static KeptOutcome read(Handle handle, String sql, UUID jobId) {
        return handle.createQuery(sql)
                .bind("job_id", jobId)
                .map((row, _) -> outcome(row))
                .findOne()
                .orElseThrow(
                        () ->
                                Problem.conflict(
                                                "no-results",
                                                "The job has no results",
                                                "it has some once its status is `succeeded`")
                                        .exception());
    }

    static Optional<KeptOutcome> ofNumber(Handle handle, long jobNumber) {
        return handle.createQuery(OF_NUMBER)
                .bind("number", jobNumber)
                .map((row, _) -> outcome(row))
                .findOne();
    }

    /// The plan by which a job reconciled.
    static Plan plan(Handle handle, long jobNumber) {
        String canonical =
                handle.createQuery(PLAN).bind("number", jobNumber).mapTo(String.class).one();
        return PlanFile.parse("plan", canonical.getBytes(StandardCharsets.UTF_8)).plan();
    }

    private static KeptOutcome outcome(ResultSet row) throws SQLException {
        return new KeptOutcome(
                row.getLong("job_number"),
                Rows.uuid(row, "job_id"),
                Rows.uuid(row, "project_id"),
                Rows.uuid(row, "reconciliation_id"),
                row.getInt("segment"),
                Rows.instant(row, "stored_at"),
                row.getLong("next_position"),
                texts(row, "passes"),
                texts(row, "fields"),
                Optional.ofNullable(row.getString("amount_field")),
                row.getInt("amount_scale"),
                Optional.ofNullable(row.getString("date_field")),
                days(row, "left_since"),
                days(row, "right_since"),
                Tally.of(row.getString("at_end")),
                Tally.of(row.getString("now")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    private static List<LocalDate> days(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Date[]) row.getArray(column).getArray())
                .map(Date::toLocalDate)
                .toList();
    }

    /// Since when the records of each input of a side are known: the day of the first job of the
    /// reconciliation that had its data source.
    static List<LocalDate> since(Handle handle, StoredJob job, Side side, List<UUID> sources) {
        LocalDate today = LocalDate.ofInstant(job.queuedAt(), ZoneOffset.UTC);
        List<LocalDate> since = new ArrayList<>(List.of(today));
        for (UUID source : sources.subList(1, sources.size())) {
            since.add(
                    handle.createQuery(side == Side.LEFT ? FIRST_WITH_LEFT : FIRST_WITH_RIGHT)
                            .bind("reconciliation_id", job.reconciliationId())
                            .bind("source_id", source)
                            .mapTo(LocalDate.class)
                            .findOne()
                            .orElse(today));
        }
        return since;
    }

    /// Keeps a new one.
    static void insert(Handle handle, KeptOutcome outcome, StoredJob job, ReconciledInputs inputs) {
        handle.createUpdate(INSERT)
                .bind("job_number", outcome.jobNumber())
                .bind("job_id", outcome.jobId())
                .bind("project_id", outcome.projectId())
                .bind("reconciliation_id", outcome.reconciliationId())
                .bind("left", inputs.left().sources().getFirst())
                .bind("right", inputs.right().sources().getFirst())
                .bindByType("carried_from", job.carriedFromJobId().orElse(null), UUID.class)
                .bind("segment", outcome.segment())
                .bind("next_position", outcome.nextPosition())
                .bind("plan", inputs.plan().canonicalJson())
                .bind("passes", outcome.passes().toArray(String[]::new))
                .bind("fields", outcome.fields().toArray(String[]::new))
                .bind("amount_field", outcome.amountField().orElse(null))
                .bind("amount_scale", outcome.amountScale())
                .bind("date_field", outcome.dateField().orElse(null))
                .bind("left_since", outcome.leftSince().toArray(LocalDate[]::new))
                .bind("right_since", outcome.rightSince().toArray(LocalDate[]::new))
                .bind("tally", outcome.now().json())
                .execute();
    }

    /// Keeps what decisions have made of a held one.
    static void change(Handle handle, long jobNumber, long nextPosition, Tally now) {
        handle.createUpdate(CHANGE)
                .bind("job_number", jobNumber)
                .bind("next_position", nextPosition)
                .bind("now", now.json())
                .execute();
    }
}
