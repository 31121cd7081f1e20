package io.tieout.server.result;

import io.tieout.server.access.ProjectFinder;
import io.tieout.server.database.Database;
import io.tieout.server.database.Segments;
import io.tieout.server.http.Route;
import io.tieout.server.job.OpenBreaks;
import io.tieout.server.job.OutcomeStore;
import java.util.List;

/// The feature, put together: results stored, found, explained, counted and exported.
public final class ResultFeature {
    /// How the project of a result is found.
    public static final ProjectFinder FINDER = new ResultFinder();

    private final OutcomeStore store;
    private final List<Route<?, ?>> routes;

    public ResultFeature(Database database) {
        this.store = new ResultStore(new Segments(database));
        this.routes = new ResultRoutes(database).routes();
    }

    /// Keeps the outcomes of jobs.
    public OutcomeStore store() {
        return store;
    }

    /// Finds what jobs left open.
    public OpenBreaks openBreaks() {
        return new KeptOpenBreaks();
    }

    /// Its routes.
    public List<Route<?, ?>> routes() {
        return routes;
    }
}
