package io.tieout.server.access;

import io.tieout.server.http.Gate;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Admission;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Requirement;
import io.tieout.server.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Lets calls in by what their route requires: the first wall. The second is in the database.
final class AccessGate implements Gate {
    private final Authenticator authenticator;
    private final Authority authority;

    AccessGate(Authenticator authenticator, Authority authority) {
        this.authenticator = authenticator;
        this.authority = authority;
    }

    /// Refuses routes whose projects nobody could find, before the first call meets one.
    ///
    /// @throws IllegalStateException naming the route
    void check(List<Route<?, ?>> routes) {
        for (Route<?, ?> route : routes) {
            if (route.requirement() instanceof Requirement.InProject in
                    && !authority.finds(in.resource())) {
                throw new IllegalStateException(
                        route.method()
                                + " "
                                + route.template()
                                + ": nothing finds the project of a "
                                + in.resource());
            }
        }
    }

    @Override
    public Admission admit(
            Requirement requirement, Optional<String> authorization, Map<String, UUID> ids) {
        return switch (requirement) {
            case Requirement.Anyone _ ->
                    new Admission(Optional.empty(), Optional.empty(), Optional.empty());
            case Requirement.SignedIn _ -> as(authenticator.authenticate(authorization));
            case Requirement.Administrator _ ->
                    administrator(authenticator.authenticate(authorization));
            case Requirement.InProject(var permission, var resource) -> {
                Caller caller = authenticator.authenticate(authorization);
                UUID id = ids.get(resource.parameter());
                if (id == null) {
                    throw new IllegalStateException("the path names no " + resource.parameter());
                }
                yield authority.admit(caller, permission, resource, id);
            }
        };
    }

    private static Admission administrator(Caller caller) {
        if (!caller.administrator()) {
            throw Problem.forbidden("only administrators may").exception();
        }
        return as(caller);
    }

    private static Admission as(Caller caller) {
        return new Admission(Optional.of(caller), Optional.empty(), Optional.empty());
    }
}
