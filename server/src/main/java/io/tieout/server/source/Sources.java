package io.tieout.server.source;

import io.tieout.server.access.ProjectFinder;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.database.Segments;
import io.tieout.server.http.Route;
import io.tieout.server.idempotency.Idempotency;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// The feature, put together: what takes uploads in, what loads them, and their routes.
public final class Sources implements AutoCloseable {
    /// How the project of a data source is found.
    public static final ProjectFinder FINDER =
            ProjectFinder.by(
                    "select project_id from data_sources where id = :id and deleted_at is null");

    private final SourceLoader loader;
    private final List<Route<?, ?>> routes;

    /// @param home where uploads are kept until they are loaded
    /// @param nodeId which server this is; it loads what it has received
    /// @param maxUploadBytes how large an upload may be
    /// @param threads how many read an upload at once
    public Sources(
            Database database,
            Idempotency idempotency,
            Ids ids,
            Path home,
            UUID nodeId,
            long maxUploadBytes,
            int threads) {
        Spool spool = new Spool(home.resolve("uploads"), maxUploadBytes);
        this.loader = new SourceLoader(database, new Segments(database), spool, nodeId, threads);
        this.routes = new SourceRoutes(database, idempotency, ids, nodeId, spool, loader).routes();
    }

    /// `/api/projects/…/data-sources` and `/api/data-sources`.
    public List<Route<?, ?>> routes() {
        return routes;
    }

    /// Begins to load, first what was left by a server that was killed.
    public void start() {
        loader.start();
    }

    /// Ends what is being loaded; the next start begins it again.
    @Override
    public void close() {
        loader.close();
    }
}
