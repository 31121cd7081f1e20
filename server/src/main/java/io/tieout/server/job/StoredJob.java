package io.tieout.server.job;

import io.tieout.server.database.RequestId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A job as the node that runs it took it up. What is in it does not change while it runs.
///
/// @param id its id
/// @param number its number, unique and ascending; names it in the tables of its results
/// @param projectId the project it belongs to
/// @param reconciliationId the reconciliation it is a run of
/// @param planVersion the version of the plan that it runs
/// @param maxRejects most rows of a side that may be rejected
/// @param carriesForward whether open breaks of the job before it are taken along
/// @param carriedFromJobId the job whose open breaks it takes along
/// @param attempt which try this is, from 1; whoever holds an older one may write nothing
/// @param queuedAt when it was started
/// @param startedBy the user who started it
/// @param requestId the request that started it
public record StoredJob(
        UUID id,
        long number,
        UUID projectId,
        UUID reconciliationId,
        int planVersion,
        int maxRejects,
        boolean carriesForward,
        Optional<UUID> carriedFromJobId,
        int attempt,
        Instant queuedAt,
        UUID startedBy,
        RequestId requestId) {}
