package io.tieout.server.permission;

import java.util.Optional;
import java.util.UUID;

/// Who calls, as known from a token that was verified and a session that is alive.
///
/// @param userId the user, who may be a machine's
/// @param kind whether a person or a machine
/// @param administrator whether an administrator at this moment
/// @param sessionId the session, for a person
public record Caller(UUID userId, Kind kind, boolean administrator, Optional<UUID> sessionId) {
    /// People sign in; services show a token that was made for one project.
    public enum Kind {
        PERSON,
        SERVICE
    }
}
