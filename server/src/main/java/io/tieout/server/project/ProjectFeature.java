package io.tieout.server.project;

import io.tieout.server.access.People;
import io.tieout.server.access.ServiceTokens;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.http.Route;
import io.tieout.server.idempotency.Idempotency;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The feature, put together.
public final class ProjectFeature {
    private final List<Route<?, ?>> routes;

    public ProjectFeature(
            Database database,
            Idempotency idempotency,
            InstantSource clock,
            Ids ids,
            People people,
            ServiceTokens serviceTokens) {
        Members members = new Members();
        this.routes =
                Stream.of(
                                new ProjectRoutes(
                                                database,
                                                idempotency,
                                                new Projects(ids, clock),
                                                members)
                                        .routes(),
                                new MemberRoutes(
                                                database,
                                                idempotency,
                                                members,
                                                people,
                                                serviceTokens)
                                        .routes(),
                                new ServiceTokenRoutes(
                                                database,
                                                idempotency,
                                                members,
                                                serviceTokens,
                                                clock)
                                        .routes())
                        .<Route<?, ?>>flatMap(List::stream)
                        .toList();
    }

    /// `/api/projects`, their members and their service tokens.
    public List<Route<?, ?>> routes() {
        return routes;
    }
}
