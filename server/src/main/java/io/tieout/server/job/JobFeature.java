package io.tieout.server.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.http.Route;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.reconciliation.PairEstimator;
import io.tieout.server.reconciliation.SourceLookup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Jobs as a whole, put together: their routes, and the node that runs them.
public final class JobFeature implements AutoCloseable {
    private static final Duration STREAM_HEARTBEAT = Duration.ofSeconds(15);

    private final JobRoutes routes;
    private final JobNode node;
    private final JobStreams streams;
    private final DueJobs due;
    private final StoredEstimator estimator;

    /// What jobs are made of.
    ///
    /// @param sources where records are
    /// @param outcomes where results go
    /// @param openBreaks what earlier jobs left open
    /// @param registry where their metrics are
    /// @param clock tells what is due, and when things happened
    /// @param chores what the upkeep of other features does
    public record Parts(
            Database database,
            Idempotency idempotency,
            SourceLookup sources,
            OutcomeStore outcomes,
            OpenBreaks openBreaks,
            MeterRegistry registry,
            InstantSource clock,
            Ids ids,
            List<Chore> chores) {
        public Parts {
            chores = List.copyOf(chores);
        }
    }

    public JobFeature(Parts parts, JobSettings settings) {
        Database database = parts.database();
        MemoryBudget budget = new MemoryBudget(settings.mostJobs(), settings.memoryMegabytes());
        JobMetrics metrics = new JobMetrics(parts.registry(), budget);
        JobMonitor monitor = new JobMonitor(database, metrics);
        JobWork work =
                new JobWork(
                        database,
                        parts.sources(),
                        parts.outcomes(),
                        parts.openBreaks(),
                        settings,
                        parts.clock());
        JobRun run = new JobRun(database, settings, work, budget, monitor, metrics, parts.clock());
        JobStart start = new JobStart(parts.sources(), parts.clock(), parts.ids());
        due = new DueJobs(database, parts.sources(), start, parts.clock());
        List<Chore> chores = new ArrayList<>(parts.chores());
        chores.add(Upkeep.IDEMPOTENCY_KEYS);
        node = new JobNode(database, settings, run, monitor, due, new Upkeep(database, chores));
        streams = new JobStreams(database, parts.clock(), STREAM_HEARTBEAT);
        estimator = new StoredEstimator(database, settings.threads());
        routes =
                new JobRoutes(
                        database, parts.idempotency(), start, streams, node::wake, parts.clock());
    }

    /// The routes of this feature.
    public List<Route<?, ?>> routes() {
        return routes.routes();
    }

    /// Estimates for the checks of plans.
    public PairEstimator estimator() {
        return estimator;
    }

    /// Begins to run jobs.
    public void start() {
        node.start();
    }

    /// Starts the jobs that are due, now and not at the next round.
    void startDue() {
        due.run();
    }

    /// Ends all streams of events, so that calls can end.
    public void closeStreams() {
        streams.close();
    }

    /// Stops running jobs; those that do not end within the grace are handed over.
    @Override
    public void close() {
        streams.close();
        node.close();
    }
}
