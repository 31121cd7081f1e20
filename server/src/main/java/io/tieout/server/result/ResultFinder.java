package io.tieout.server.result;

import io.tieout.server.access.ProjectFinder;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Finds the project of a result: its id says which job it is of.
final class ResultFinder implements ProjectFinder {
    private static final String SQL =
            """
            select o.project_id from reconciliation_outcomes o
             where o.job_number = :result_job and o.job_id between :result_first and :result_last
               and o.next_position > :result_position
            """;
    private static final int MILLIS_SHIFT = 16;
    private static final long NO_JOB = -1;

    @Override
    public Lookup of(UUID id) {
        Optional<ResultId> parsed = ResultId.parse(id);
        // An id that no result can have takes the same way to the same answer.
        long millis = parsed.map(ResultId::millis).orElse(0L) << MILLIS_SHIFT;
        return new Lookup(
                SQL,
                Map.of(
                        "result_job",
                        parsed.map(p -> Places.jobNumber(p.place())).orElse(NO_JOB),
                        "result_position",
                        parsed.map(p -> Places.position(p.place())).orElse(0L),
                        "result_first",
                        new UUID(millis, 0),
                        "result_last",
                        new UUID(millis | 0xFFFF, -1)));
    }
}
