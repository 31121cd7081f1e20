package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.database.Rows;
import io.tieout.server.result.StatisticsView.Age;
import io.tieout.server.result.StatisticsView.JobStatistics;
import io.tieout.server.result.StatisticsView.OpenAmount;
import io.tieout.server.result.StatisticsView.OpenBreaks;
import io.tieout.server.result.StatisticsView.StatisticsQuery;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Statistics of a project, from one row for each of its jobs.
final class Statistics {
    private static final int MOST_JOBS = 1000;
    private static final String JOBS =
            """
            select job_id, reconciliation_id, left_data_source_id, right_data_source_id, carried_from_job_id, stored_at,
                   at_end, now
              from reconciliation_outcomes
             where project_id = :project_id and stored_at >= :from and stored_at < :to
               and (:reconciliation_id::uuid is null or reconciliation_id = :reconciliation_id)
             order by stored_at desc limit :limit
            """;

    private final InstantSource clock;

    Statistics(InstantSource clock) {
        this.clock = clock;
    }

    /// A job of the project.
    ///
    /// @param what names what it reconciled; of jobs that reconciled the same the last counts
    private record Job(
            UUID id,
            UUID reconciliationId,
            String what,
            @Nullable UUID carriedFrom,
            Instant at,
            Tally atEnd,
            Tally now) {}

    StatisticsView of(Handle handle, UUID projectId, StatisticsQuery query) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate last = query.to().orElse(today);
        LocalDate first = query.from().orElse(last.minusYears(1));
        List<Job> found =
                handle.createQuery(JOBS)
                        .bind("project_id", projectId)
                        .bind("from", first.atStartOfDay().atOffset(ZoneOffset.UTC))
                        .bind("to", last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                        .bindByType(
                                "reconciliation_id",
                                query.reconciliationId().orElse(null),
                                UUID.class)
                        .bind("limit", MOST_JOBS + 1)
                        .map((row, _) -> job(row))
                        .list();
        List<Job> jobs = found.subList(0, Math.min(MOST_JOBS, found.size()));
        Set<UUID> superseded = superseded(jobs);
        List<Job> current = jobs.stream().filter(job -> !superseded.contains(job.id())).toList();
        return new StatisticsView(
                jobs.stream().map(job -> statistics(job, superseded)).toList(),
                found.size() > MOST_JOBS,
                openBreaks(current, today),
                openAmounts(current));
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                Rows.uuid(row, "job_id"),
                Rows.uuid(row, "reconciliation_id"),
                row.getString("reconciliation_id")
                        + row.getString("left_data_source_id")
                        + row.getString("right_data_source_id"),
                row.getObject("carried_from_job_id", UUID.class),
                Rows.instant(row, "stored_at"),
                Tally.of(row.getString("at_end")),
                Tally.of(row.getString("now")));
    }

    /// Jobs whose open breaks a later one took along, or that were run again.
    private static Set<UUID> superseded(List<Job> latestFirst) {
        Set<UUID> superseded = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (Job job : latestFirst) {
            if (job.carriedFrom() != null) {
                superseded.add(job.carriedFrom());
            }
            if (!seen.add(job.what())) {
                superseded.add(job.id());
            }
        }
        return superseded;
    }

    private static JobStatistics statistics(Job job, Set<UUID> superseded) {
        return new JobStatistics(
                job.id(),
                job.reconciliationId(),
                job.at(),
                Summaries.matchRate(job.atEnd()),
                Summaries.matchRate(job.now()),
                job.now().open().stream().mapToLong(Tally.OpenBreakCount::count).sum(),
                superseded.contains(job.id()));
    }

    private static List<OpenBreaks> openBreaks(List<Job> jobs, LocalDate today) {
        Map<BreakKind, Map<Age, Long>> counts = new TreeMap<>();
        for (Job job : jobs) {
            for (Tally.OpenBreakCount open : job.now().open()) {
                Age age = Age.of(ChronoUnit.DAYS.between(open.since(), today));
                counts.computeIfAbsent(open.kind(), _ -> new TreeMap<>())
                        .merge(age, open.count(), Long::sum);
            }
        }
        List<OpenBreaks> all = new ArrayList<>();
        counts.forEach(
                (kind, byAge) ->
                        byAge.forEach((age, count) -> all.add(new OpenBreaks(kind, age, count))));
        return all;
    }

    private record Sum(long records, BigDecimal amount) {
        Sum plus(Sum other) {
            return new Sum(records + other.records, amount.add(other.amount));
        }
    }

    private static List<OpenAmount> openAmounts(List<Job> jobs) {
        Map<String, Map<Side, Sum>> sums = new TreeMap<>();
        for (Job job : jobs) {
            for (Tally.Line line : job.now().lines()) {
                if (line.open() > 0) {
                    sums.computeIfAbsent(line.currency(), _ -> new TreeMap<>())
                            .merge(line.side(), new Sum(line.open(), line.amountOpen()), Sum::plus);
                }
            }
        }
        List<OpenAmount> all = new ArrayList<>();
        sums.forEach(
                (currency, bySide) ->
                        bySide.forEach(
                                (side, sum) ->
                                        all.add(
                                                new OpenAmount(
                                                        side,
                                                        currency.isEmpty()
                                                                ? Optional.empty()
                                                                : Optional.of(currency),
                                                        sum.records(),
                                                        sum.amount()))));
        return all;
    }
}
