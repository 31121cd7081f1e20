package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.http.Says;
import io.tieout.server.result.SummaryView.MatchRate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How the reconciliations of a project do over time, and what is open in them.
record StatisticsView(
        @Says("Jobs that succeeded, the latest first; the latest 1,000 of them.")
                List<JobStatistics> jobs,
        @Says("Whether there are more.") boolean more,
        @Says("Of the jobs shown, those whose breaks no later one took over.")
                List<OpenBreaks> openBreaks,
        @Says("As `open_breaks`.") List<OpenAmount> openAmounts) {
    StatisticsView {
        jobs = List.copyOf(jobs);
        openBreaks = List.copyOf(openBreaks);
        openAmounts = List.copyOf(openAmounts);
    }

    /// Which jobs are asked about.
    record StatisticsQuery(
            Optional<UUID> reconciliationId,
            @Says("The first day, in UTC; a year ago unless said.") Optional<LocalDate> from,
            @Says("The last day, in UTC; today unless said.") Optional<LocalDate> to) {}

    record JobStatistics(
            UUID jobId,
            UUID reconciliationId,
            Instant finishedAt,
            @Says("At the end of the job.") MatchRate matchRate,
            @Says("Now, decisions considered.") MatchRate matchRateNow,
            @Says("Now, decisions considered.") long openBreaks,
            @Says("Whether a later job took over what is open in it.") boolean superseded) {}

    /// How long a record is known: since the first job that had it.
    enum Age {
        UP_TO_7_DAYS,
        UP_TO_30_DAYS,
        UP_TO_90_DAYS,
        OVER_90_DAYS;

        static Age of(long days) {
            if (days <= 7) {
                return UP_TO_7_DAYS;
            }
            if (days <= 30) {
                return UP_TO_30_DAYS;
            }
            return days <= 90 ? UP_TO_90_DAYS : OVER_90_DAYS;
        }
    }

    record OpenBreaks(BreakKind kind, Age age, long count) {}

    record OpenAmount(
            Side side,
            @Says("Null for amounts without a currency.") Optional<String> currency,
            long records,
            BigDecimal amount) {}
}
