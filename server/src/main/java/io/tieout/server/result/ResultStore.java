package io.tieout.server.result;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import io.tieout.server.database.SegmentedTable;
import io.tieout.server.database.Segments;
import io.tieout.server.job.Completion;
import io.tieout.server.job.JobWatch;
import io.tieout.server.job.OutcomeStore;
import io.tieout.server.job.ReconciledInputs;
import io.tieout.server.job.StoredJob;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Stores outcomes: their results by binary COPY, then the indexes, then what they come to, and
/// the completion of the job, in one transaction.
public final class ResultStore implements OutcomeStore {
    private final Segments segments;

    public ResultStore(Segments segments) {
        this.segments = segments;
    }

    @Override
    public void store(
            StoredJob job,
            ReconciledInputs inputs,
            Outcome outcome,
            JobWatch watch,
            Completion completion) {
        Plan plan = inputs.plan().plan();
        Table left = inputs.left().table();
        Table right = inputs.right().table();
        HeadlineAmounts amounts = new HeadlineAmounts(plan, left, right);
        HeadlineDays days = new HeadlineDays(plan, left, right);
        ResultWriter writer = new ResultWriter(job, inputs, outcome, amounts, days);
        segments.load(
                job.requestId(),
                SegmentedTable.RESULTS,
                writer.size(),
                ResultWriter.COLUMNS,
                connection -> watch.watch(connection)::close,
                (copy, segment) -> {
                    writer.write(copy, segment, watch);
                    watch.phase("indexing", writer.size());
                },
                (handle, segment, _) -> {
                    Shelves.insert(handle, job.projectId(), writer.shelves());
                    keep(handle, job, inputs, outcome, writer, segment, amounts, days);
                    completion.complete(handle, segment, writer.size());
                    return true;
                });
    }

    private static void keep(
            Handle handle,
            StoredJob job,
            ReconciledInputs inputs,
            Outcome outcome,
            ResultWriter writer,
            int segment,
            HeadlineAmounts amounts,
            HeadlineDays days) {
        Plan plan = inputs.plan().plan();
        List<LocalDate> left = Outcomes.since(handle, job, Side.LEFT, inputs.left().sources());
        List<LocalDate> right = Outcomes.since(handle, job, Side.RIGHT, inputs.right().sources());
        Tally tally = writer.tally().tally(left, right);
        writer.tally().prove(tally, outcome.totals());
        KeptOutcome kept =
                new KeptOutcome(
                        job.number(),
                        job.id(),
                        job.projectId(),
                        job.reconciliationId(),
                        segment,
                        job.queuedAt(),
                        writer.size(),
                        plan.passes().stream().map(Pass::name).toList(),
                        plan.fields().stream().map(Field::name).toList(),
                        amounts.field(),
                        amounts.scale(),
                        days.field(),
                        left,
                        right,
                        tally,
                        tally);
        Outcomes.insert(handle, kept, job, inputs);
    }
}
