package io.tieout.server.permission;

import java.util.Optional;
import java.util.UUID;

/// That a caller was let in, as what, and where.
///
/// @param caller who; empty where the route is open to anyone
/// @param projectId the project in which the thing named in the path is; empty outside projects
/// @param role the caller's in that project; empty for an administrator who is no member
public record Admission(Optional<Caller> caller, Optional<UUID> projectId, Optional<Role> role) {
    /// The caller of a route that is not open to anyone.
    public Caller required() {
        return caller.orElseThrow(() -> new IllegalStateException("the route is open to anyone"));
    }

    /// The project of a route inside projects.
    public UUID project() {
        return projectId.orElseThrow(() -> new IllegalStateException("the route is in no project"));
    }
}
