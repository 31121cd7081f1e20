package io.tieout.server.result;

import io.tieout.server.access.ProjectFinder;
import io.tieout.server.database.Database;
import io.tieout.server.database.Segments;
import io.tieout.server.http.Route;
import io.tieout.server.job.OpenBreaks;
import io.tieout.server.job.OutcomeStore;
import io.tieout.server.reconciliation.SourceLookup;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The feature, put together: results stored, found, explained, counted and exported.
public final class ResultFeature {
    /// How the project of a result is found.
    public static final ProjectFinder FINDER = new ResultFinder();

    private final OutcomeStore store;
    private final List<Route<?, ?>> routes;

    /// @param sources finds the data sources of records
    /// @param history tells what was decided on results
    public ResultFeature(
            Database database, InstantSource clock, SourceLookup sources, ResultHistory history) {
        this.store = new ResultStore(new Segments(database));
        this.routes =
                Stream.of(
                                new ResultRoutes(database).routes(),
                                new ResultDetails(database, sources, history).routes(),
                                new SummaryRoutes(database, clock).routes(),
                                new Exports(database).routes())
                        .<Route<?, ?>>flatMap(List::stream)
                        .toList();
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
