package io.tieout.server.job;

import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What requests and answers about jobs look like, but for the job itself: [JobView].
final class JobForms {
    private JobForms() {}

    /// What a job is to be started on, where that is not what the reconciliation says.
    record NewJobBody(
            @Says("for this job only") Optional<UUID> leftDataSourceId,
            @Says("for this job only") Optional<UUID> rightDataSourceId) {}

    /// Which page of a list.
    record JobQuery(
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) @Says("`next_cursor` of the page before") Optional<String> cursor,
            @Says("only those that are in this state") Optional<JobStatus> status) {}

    /// A page of jobs.
    record JobPage(List<JobView> items, Optional<String> nextCursor) {}
}
