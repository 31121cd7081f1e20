package io.tieout.server.permission;

/// What a member is in a project; each may do all that the ones before it may.
public enum Role {
    /// Looks at everything in the project.
    VIEWER,
    /// Decides on matches and breaks.
    REVIEWER,
    /// Brings data, writes plans, runs jobs.
    EDITOR,
    /// Says who else is in, and ends the project.
    OWNER;

    /// Whether the role gives a permission.
    public boolean gives(Permission permission) {
        return compareTo(permission.least()) >= 0;
    }
}
