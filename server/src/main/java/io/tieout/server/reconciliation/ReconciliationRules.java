package io.tieout.server.reconciliation;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.server.problem.InputError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What must be true of a reconciliation as a whole. Collects everything that is wrong.
final class ReconciliationRules {
    private final SourceLookup sources;
    private final Handle handle;
    private final UUID projectId;
    private final List<InputError> errors = new ArrayList<>();

    ReconciliationRules(SourceLookup sources, Handle handle, UUID projectId) {
        this.sources = sources;
        this.handle = handle;
        this.projectId = projectId;
    }

    List<InputError> errors() {
        return errors;
    }

    /// The data source of a side, which must be one of the project. A foreign one and one that is
    /// not there read alike.
    Optional<SourceFacts> source(Side side, UUID id) {
        String pointer = "/" + side.word() + "_data_source_id";
        Optional<SourceFacts> source = sources.find(handle, projectId, id);
        if (source.isEmpty()) {
            errors.add(new InputError(pointer, "is no data source of this project"));
            return source;
        }
        return switch (source.get().status()) {
            case READY, LOADING -> source;
            case FAILED -> {
                errors.add(
                        new InputError(
                                pointer, "is a data source that failed to load; name another"));
                yield Optional.empty();
            }
            case CANCELLED -> {
                errors.add(
                        new InputError(
                                pointer,
                                "is a data source whose loading was cancelled; name another"));
                yield Optional.empty();
            }
        };
    }

    /// The columns that the plan names must be there, as soon as they are known.
    void columns(Plan plan, Side side, Optional<SourceFacts> source) {
        source.filter(known -> known.status() == SourceFacts.Status.READY)
                .ifPresent(ready -> errors.addAll(PlanColumns.missing(plan, side, ready)));
    }

    /// Records that are taken along are told from new ones by their keys.
    void carryForward(boolean carries, Plan plan) {
        for (Side side : Side.values()) {
            if (carries && plan.source(side).key().isEmpty()) {
                errors.add(
                        new InputError(
                                "/carry_forward",
                                "needs a key on the "
                                        + side.word()
                                        + " side; name its column with `"
                                        + side.word()
                                        + ".key` in the plan"));
            }
        }
    }

    /// When it runs next, by a schedule that must be understood.
    Optional<Instant> nextRun(Optional<String> schedule, String timeZone, Instant now) {
        try {
            // A zone without a schedule must be one too: a schedule may follow.
            Timetable timetable = Timetable.of(schedule.orElse("0 0 * * *"), timeZone);
            return schedule.flatMap(_ -> timetable.next(now));
        } catch (Timetable.Unusable e) {
            errors.add(new InputError(e.isOfZone() ? "/time_zone" : "/schedule", e.problem()));
            return Optional.empty();
        }
    }
}
