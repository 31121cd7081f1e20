package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.job.OpenBreaks;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Finds what a job left open, decisions considered.
public final class KeptOpenBreaks implements OpenBreaks {
    private static final String RECORDS =
            """
            select record from reconciliation_results
             where segment = :segment and shelf = any(:shelves) order by record
            """;

    @Override
    public long[] of(Handle handle, UUID jobId, Side side) {
        KeptOutcome outcome = Outcomes.ofJob(handle, jobId);
        Shelves shelves = Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
        Long[] open =
                Shelves.numbers(
                        shelves.filled(
                                traits ->
                                        traits.kind() == Traits.Kind.BREAK
                                                && traits.status() == ResultStatus.OPEN
                                                && traits.side() == side));
        return handle
                .createQuery(RECORDS)
                .bind("segment", outcome.segment())
                .bind("shelves", open)
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
