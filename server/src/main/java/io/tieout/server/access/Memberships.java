package io.tieout.server.access;

import io.tieout.server.permission.Role;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Tells what a user is in the project of a thing.
public interface Memberships {
    /// What the user is, in whose name the transaction runs; empty where there is no such thing, or
    /// none that they see.
    Optional<Membership> find(Handle handle, ProjectFinder.Lookup project);

    /// A project and the user's role in it.
    ///
    /// @param role empty for an administrator who is no member
    record Membership(UUID projectId, Optional<Role> role) {}
}
