package io.tieout.server.access;

import io.tieout.server.access.Memberships.Membership;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.permission.Admission;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The one rule of who may do what in a project: the caller, a permission, and the project.
public final class Authority {
    private final Database database;
    private final Authenticator authenticator;
    private final Memberships memberships;
    private final Map<Resource, ProjectFinder> finders;

    Authority(
            Database database,
            Authenticator authenticator,
            Memberships memberships,
            Map<Resource, ProjectFinder> finders) {
        this.database = database;
        this.authenticator = authenticator;
        this.memberships = memberships;
        this.finders = Map.copyOf(finders);
    }

    /// Makes sure that a caller still may do something: for what goes on after the call was let in,
    /// such as a stream of events or a running job. Whatever was taken away counts at once.
    ///
    /// @param caller as the call was let in; without a session, only the user is looked at
    /// @throws io.tieout.server.problem.ProblemException 401, 403 or 404 as for a new call
    public Admission require(Caller caller, Permission permission, UUID projectId) {
        return admit(authenticator.still(caller), permission, Resource.PROJECT, projectId);
    }

    /// Lets a caller in to a thing.
    ///
    /// @throws io.tieout.server.problem.ProblemException 404 where the thing is not there or the
    /// caller is not let to know of it, 403 where their role does not give the permission
    Admission admit(Caller caller, Permission permission, Resource resource, UUID id) {
        ProjectFinder.Lookup lookup = finder(resource).of(id);
        Membership membership =
                database.inApp(
                                Acting.as(caller),
                                Access.READ,
                                handle -> memberships.find(handle, lookup))
                        .orElseThrow(() -> Problem.notFound().exception());
        Optional<Caller> known = Optional.of(caller);
        Optional<UUID> project = Optional.of(membership.projectId());
        if (caller.administrator() && permission.isAdministratorsToo()) {
            return new Admission(known, project, membership.role());
        }
        if (membership.role().isEmpty()) {
            throw Problem.notFound().exception();
        }
        if (!membership.role().get().gives(permission)) {
            throw Problem.forbidden("your role in the project does not allow it; ask an owner")
                    .exception();
        }
        return new Admission(known, project, membership.role());
    }

    /// Whether things of a kind can be found.
    boolean finds(Resource resource) {
        return finders.containsKey(resource);
    }

    private ProjectFinder finder(Resource resource) {
        ProjectFinder finder = finders.get(resource);
        if (finder == null) {
            throw new IllegalStateException("nothing finds the project of a " + resource);
        }
        return finder;
    }
}
