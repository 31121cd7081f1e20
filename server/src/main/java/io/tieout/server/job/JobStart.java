package io.tieout.server.job;

import io.tieout.engine.plan.Side;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Ids;
import io.tieout.server.http.RequestContext;
import io.tieout.server.job.Jobs.NewJob;
import io.tieout.server.problem.InputError;
import io.tieout.server.reconciliation.JobReadiness;
import io.tieout.server.reconciliation.SourceFacts;
import io.tieout.server.reconciliation.SourceLookup;
import io.tieout.server.reconciliation.StoredReconciliation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Starts jobs: what must be true of them, their rows, and the tasks that will run them.
final class JobStart {
    private final SourceLookup sources;
    private final InstantSource clock;
    private final Ids ids;

    JobStart(SourceLookup sources, InstantSource clock, Ids ids) {
        this.sources = sources;
        this.clock = clock;
        this.ids = ids;
    }

    /// Who or what starts a job.
    enum Trigger {
        PERSON,
        SERVICE,
        SCHEDULE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A job that is wanted.
    ///
    /// @param dueAt the time for which a schedule starts it
    record Wanted(
            StoredReconciliation of,
            UUID left,
            UUID right,
            Trigger trigger,
            Optional<Instant> dueAt,
            UUID startedBy) {}

    /// What came of it.
    sealed interface Started {
        /// It is queued.
        record Queued(UUID id) implements Started {}

        /// It cannot be started now.
        record Refused(List<InputError> errors) implements Started {
            public Refused {
                errors = List.copyOf(errors);
            }
        }
    }

    /// Queues a job, with an entry in the trail, in a transaction of the user or of the worker.
    Started start(Handle handle, Wanted wanted) {
        List<InputError> errors = new ArrayList<>();
        Optional<SourceFacts> left = source(handle, wanted, Side.LEFT, errors);
        Optional<SourceFacts> right = source(handle, wanted, Side.RIGHT, errors);
        if (left.isPresent() && right.isPresent()) {
            errors.addAll(JobReadiness.missing(handle, wanted.of(), left.get(), right.get()));
        }
        if (left.isEmpty() || right.isEmpty() || !errors.isEmpty()) {
            return new Started.Refused(errors);
        }
        UUID id = ids.next();
        Jobs.queue(
                handle,
                new NewJob(
                        id,
                        wanted.of(),
                        wanted.left(),
                        wanted.right(),
                        MemoryNeed.megabytes(left.get(), right.get()),
                        wanted.trigger().word(),
                        wanted.dueAt(),
                        RequestContext.current().requestId(),
                        wanted.startedBy(),
                        clock.instant()));
        AuditTrail.append(
                handle,
                AuditEvent.in(wanted.of().projectId(), "job.start", "job", id)
                        .with("reconciliation_id", wanted.of().id())
                        .with("trigger", wanted.trigger().word()));
        return new Started.Queued(id);
    }

    private Optional<SourceFacts> source(
            Handle handle, Wanted wanted, Side side, List<InputError> errors) {
        String pointer = "/" + side.word() + "_data_source_id";
        UUID id = side == Side.LEFT ? wanted.left() : wanted.right();
        Optional<SourceFacts> source = sources.find(handle, wanted.of().projectId(), id);
        if (source.isEmpty()) {
            errors.add(new InputError(pointer, "is no data source of this project"));
            return source;
        }
        return switch (source.get().status()) {
            case READY -> source;
            case LOADING -> refused(errors, pointer, "is still loading; wait until it is ready");
            case FAILED -> refused(errors, pointer, "failed to load; name another data source");
            case CANCELLED -> refused(errors, pointer, "was cancelled while loading; name another");
        };
    }

    private static Optional<SourceFacts> refused(
            List<InputError> errors, String pointer, String problem) {
        errors.add(new InputError(pointer, problem));
        return Optional.empty();
    }
}
