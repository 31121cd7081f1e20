package io.tieout.server.job;

import io.tieout.engine.plan.Side;
import io.tieout.server.reconciliation.SourceFacts;
import io.tieout.server.reconciliation.SourceLookup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Which data sources a job takes records of: its own, and those of the open breaks that it carries
/// forward from the job before it.
public final class JobInputs {
    private static final String OF_JOB =
            """
            select data_source_id from reconciliation_job_inputs
             where job_id = :job_id and side = :side order by ordinal
            """;
    private static final String KEEP =
            """
            insert into reconciliation_job_inputs (job_id, side, ordinal, project_id, data_source_id, record_count)
            values (:job_id, :side, :ordinal, :project_id, :data_source_id, :record_count)
            """;

    private JobInputs() {}

    /// The data source of each input of a job that succeeded, by its ordinal.
    public static List<UUID> of(Handle handle, UUID jobId, Side side) {
        return handle.createQuery(OF_JOB)
                .bind("job_id", jobId)
                .bind("side", side.word())
                .mapTo(UUID.class)
                .list();
    }

    /// Keeps the inputs of a job.
    static void keep(Handle handle, StoredJob job, ReconciledInputs inputs) {
        for (Side side : Side.values()) {
            ReconciledSide of = inputs.side(side);
            for (int ordinal = 0; ordinal < of.sources().size(); ordinal++) {
                handle.createUpdate(KEEP)
                        .bind("job_id", job.id())
                        .bind("side", side.word())
                        .bind("ordinal", ordinal)
                        .bind("project_id", job.projectId())
                        .bind("data_source_id", of.sources().get(ordinal))
                        .bind("record_count", of.count(ordinal))
                        .execute();
            }
        }
    }

    /// The records of one side that a job takes along, by the data source they are of.
    static List<CarriedInput> carried(
            Handle handle, StoredJob job, Side side, OpenBreaks breaks, SourceLookup sources) {
        if (job.carriedFromJobId().isEmpty()) {
            return List.of();
        }
        UUID from = job.carriedFromJobId().get();
        List<UUID> inputs = of(handle, from, side);
        Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
        for (long reference : breaks.of(handle, from, side)) {
            rows.computeIfAbsent(ReconciledSide.ordinal(reference), _ -> new ArrayList<>())
                    .add(ReconciledSide.rowNumber(reference));
        }
        List<CarriedInput> carried = new ArrayList<>();
        rows.forEach(
                (ordinal, numbers) -> {
                    SourceFacts source =
                            sources.kept(handle, inputs.get(ordinal))
                                    .orElseThrow(
                                            () ->
                                                    new JobFailure.Thrown(
                                                            JobFailure.sourceGone(
                                                                    "an earlier data source")));
                    int[] sorted = numbers.stream().mapToInt(n -> n).sorted().toArray();
                    carried.add(new CarriedInput(source, sorted));
                });
        return carried;
    }
}
