package io.tieout.server.permission;

/// What one may be let do in a project. Roles give them; routes require them.
public enum Permission {
    /// See that the project is there, and who is in it. Administrators may too.
    PROJECT_SEE(Role.VIEWER),
    /// See what is in the project: its sources, reconciliations, jobs, results.
    PROJECT_READ(Role.VIEWER),
    /// Decide on results: confirm, reject, match, write off, assign, comment, undo, approve.
    RESULT_DECIDE(Role.REVIEWER),
    /// Upload, cancel and delete data sources.
    SOURCE_WRITE(Role.EDITOR),
    /// Make, change and delete reconciliations and their schedules.
    RECONCILIATION_WRITE(Role.EDITOR),
    /// Start and cancel jobs.
    JOB_RUN(Role.EDITOR),
    /// Change and delete the project, read its audit trail, make service tokens.
    PROJECT_MANAGE(Role.OWNER),
    /// Say who is a member, in which role. Administrators may too, lest a project lose its last
    /// owner.
    MEMBERS_MANAGE(Role.OWNER);

    private final Role least;

    Permission(Role least) {
        this.least = least;
    }

    /// Whether administrators have it in every project, members or not. Of what is in projects they
    /// see nothing until they are made members.
    public boolean isAdministratorsToo() {
        return switch (this) {
            case PROJECT_SEE, MEMBERS_MANAGE -> true;
            case PROJECT_READ,
                    RESULT_DECIDE,
                    SOURCE_WRITE,
                    RECONCILIATION_WRITE,
                    JOB_RUN,
                    PROJECT_MANAGE ->
                    false;
        };
    }

    /// The lowest role that gives it.
    Role least() {
        return least;
    }
}
