package io.tieout.server.result;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Tells what was decided on results. Given by the feature of decisions.
@FunctionalInterface
public interface ResultHistory {
    /// The decisions on a result, comments among them: the latest 200, the latest first.
    ///
    /// @param place of the result
    List<HistoryEntry> of(Handle handle, long place);

    /// A decision on a result.
    record HistoryEntry(
            UUID decisionId,
            String action,
            String status,
            Optional<String> reasonCode,
            Optional<String> reason,
            Optional<String> comment,
            Optional<UUID> assigneeId,
            UUID decidedBy,
            Instant decidedAt,
            Optional<UUID> settledBy,
            Optional<Instant> settledAt,
            Optional<UUID> undoneBy,
            Optional<Instant> undoneAt) {}
}
