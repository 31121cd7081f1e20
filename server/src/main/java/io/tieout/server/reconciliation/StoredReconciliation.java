package io.tieout.server.reconciliation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A reconciliation as it is kept.
///
/// @param planVersion the version of its plan that is run
/// @param schedule five fields of cron; empty where it runs only when it is told to
/// @param nextRunAt when it runs by itself next
/// @param version counts its changes
public record StoredReconciliation(
        UUID id,
        UUID projectId,
        String name,
        UUID leftDataSourceId,
        UUID rightDataSourceId,
        int planVersion,
        int maxRejects,
        boolean carryForward,
        Optional<String> schedule,
        String timeZone,
        Optional<Instant> nextRunAt,
        UUID createdBy,
        Instant createdAt,
        Instant updatedAt,
        int version) {}
