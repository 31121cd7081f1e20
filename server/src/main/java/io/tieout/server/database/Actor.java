package io.tieout.server.database;

import java.util.UUID;

/// On whose behalf a transaction of a request runs.
///
/// @param userId the user whose projects the transaction sees
/// @param requestId the request it belongs to
public record Actor(UUID userId, RequestId requestId) {}
