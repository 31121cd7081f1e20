package io.tieout.server;

import io.tieout.server.access.AccessControl;
import io.tieout.server.access.AccessSettings;
import io.tieout.server.access.OneTimeLink;
import io.tieout.server.access.ProjectFinder;
import io.tieout.server.access.RuleProblems;
import io.tieout.server.audit.AuditRoutes;
import io.tieout.server.database.Database;
import io.tieout.server.database.DatabaseSettings;
import io.tieout.server.database.DatabaseUnavailable;
import io.tieout.server.database.Ids;
import io.tieout.server.decision.DecisionHistory;
import io.tieout.server.decision.DecisionRoutes;
import io.tieout.server.health.HealthRoutes;
import io.tieout.server.http.ApiHandler;
import io.tieout.server.http.DocumentationRoutes;
import io.tieout.server.http.Gate;
import io.tieout.server.http.HttpServer;
import io.tieout.server.http.Proxies;
import io.tieout.server.http.Route;
import io.tieout.server.http.RouteTable;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.job.JobFeature;
import io.tieout.server.job.JobRoutes;
import io.tieout.server.job.JobSettings;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.project.ProjectFeature;
import io.tieout.server.project.ProjectMemberships;
import io.tieout.server.reconciliation.ReconciliationHandlers;
import io.tieout.server.reconciliation.ReconciliationRoutes;
import io.tieout.server.result.ResultFeature;
import io.tieout.server.source.Sources;
import io.tieout.server.source.StoredSources;
import io.tieout.server.telemetry.Metrics;
import io.tieout.server.telemetry.MetricsRoutes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The platform, put together: the one place where the features are made and given to each other.
public final class Server implements AutoCloseable {
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_JOBS = 64;
    private static final long MAX_UPLOAD_BYTES = 20L << 30;

    /// What is to be closed, the last first.
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final Configuration configuration;
    private final String version;
    private final RouteTable routes;
    private final HealthRoutes health;
    private final Runnable jobStreams;
    private final HttpServer http;
    private final Optional<OneTimeLink> firstLink;

    /// Starts the platform; it takes calls when this returns.
    ///
    /// @param version of the program, for health and documentation
    /// @throws io.tieout.server.database.DatabaseFailure where the database cannot be used
    /// @throws ConfigurationException where it cannot start as it is told to
    public static Server start(Configuration configuration, String version) {
        return new Server(configuration, version, gate -> gate);
    }

    /// Starts the platform with another gate, for tests of what is behind it.
    static Server start(
            Configuration configuration, String version, UnaryOperator<Gate> otherGate) {
        return new Server(configuration, version, otherGate);
    }

    private Server(Configuration configuration, String version, UnaryOperator<Gate> otherGate) {
        this.configuration = configuration;
        this.version = version;
        try {
            InstantSource clock = InstantSource.system();
            Ids ids = new Ids(clock);
            Metrics metrics = new Metrics();
            Database database = closing(Database.open(databaseSettings()));
            Idempotency idempotency = new Idempotency(database);
            Node node = closing(Node.start(database, configuration.home(), version));
            AccessControl access =
                    closing(
                            new AccessControl(
                                    AccessSettings.of(
                                            configuration.environment(),
                                            configuration.production(),
                                            configuration.home()),
                                    database,
                                    idempotency,
                                    clock,
                                    ids,
                                    new ProjectMemberships(),
                                    finders()));
            Sources sources =
                    closing(
                            new Sources(
                                    database,
                                    idempotency,
                                    ids,
                                    configuration.home(),
                                    node.id(),
                                    MAX_UPLOAD_BYTES,
                                    Runtime.getRuntime().availableProcessors()));
            StoredSources lookup = new StoredSources();
            ResultFeature results =
                    new ResultFeature(database, clock, lookup, new DecisionHistory());
            JobFeature jobs =
                    closing(
                            new JobFeature(
                                    new JobFeature.Parts(
                                            database,
                                            idempotency,
                                            lookup,
                                            results.store(),
                                            results.openBreaks(),
                                            metrics.registry(),
                                            clock,
                                            ids,
                                            List.of()),
                                    jobSettings(node.id())));
            this.jobStreams = jobs::closeStreams;
            this.health = new HealthRoutes(database, version);
            DocumentationRoutes documentation = new DocumentationRoutes(version);
            List<Route<?, ?>> all = new ArrayList<>();
            all.addAll(access.routes());
            all.addAll(
                    new ProjectFeature(
                                    database,
                                    idempotency,
                                    clock,
                                    ids,
                                    access.people(),
                                    access.serviceTokens())
                            .routes());
            all.addAll(sources.routes());
            all.addAll(
                    new ReconciliationRoutes(
                                    new ReconciliationHandlers(
                                            database,
                                            idempotency,
                                            lookup,
                                            jobs.estimator(),
                                            clock,
                                            ids))
                            .routes());
            all.addAll(jobs.routes());
            all.addAll(results.routes());
            all.addAll(DecisionRoutes.of(database, idempotency, ids));
            all.addAll(new AuditRoutes(database).routes());
            all.addAll(health.routes());
            all.addAll(
                    new MetricsRoutes(metrics, configuration.variable("TIEOUT_METRICS_TOKEN"))
                            .routes());
            all.addAll(documentation.routes());
            this.routes = new RouteTable(all);
            documentation.document(routes);
            this.firstLink = access.ensureAdministrator();
            sources.start();
            jobs.start();
            this.http =
                    closing(
                            HttpServer.start(
                                    configuration.host(),
                                    configuration.port(),
                                    configuration.stopGrace(),
                                    new ApiHandler(
                                            routes,
                                            otherGate.apply(access.gate(all)),
                                            access.limiter(),
                                            proxies(),
                                            metrics,
                                            Server::problem)));
        } catch (RuntimeException | Error e) {
            closeParts();
            throw e;
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    private DatabaseSettings databaseSettings() {
        return new DatabaseSettings(
                configuration.databaseUrl(),
                configuration.home(),
                configuration.poolSize(),
                CONNECTION_TIMEOUT,
                STATEMENT_TIMEOUT);
    }

    private JobSettings jobSettings(UUID nodeId) {
        JobSettings usual = JobSettings.usual(nodeId, configuration.stopGrace(), version);
        return usual.withLimits(
                configuration.number("TIEOUT_JOBS", usual.mostJobs(), 1, MOST_JOBS),
                configuration.number(
                        "TIEOUT_JOB_MEMORY_MB", usual.memoryMegabytes(), 1, Integer.MAX_VALUE));
    }

    private Proxies proxies() {
        try {
            return Proxies.parse(configuration.variable("TIEOUT_TRUSTED_PROXIES").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "TIEOUT_TRUSTED_PROXIES", "is wrong: " + e.getMessage());
        }
    }

    private static Map<Resource, ProjectFinder> finders() {
        Map<Resource, ProjectFinder> finders = new EnumMap<>(Resource.class);
        finders.put(Resource.PROJECT, ProjectMemberships.PROJECT);
        finders.put(Resource.DATA_SOURCE, Sources.FINDER);
        finders.put(Resource.RECONCILIATION, ReconciliationRoutes.FINDER);
        finders.put(Resource.JOB, JobRoutes.FINDER);
        finders.put(Resource.RESULT, ResultFeature.FINDER);
        finders.put(Resource.DECISION, DecisionRoutes.FINDER);
        return finders;
    }

    /// What the layers below throw, as problems.
    private static Optional<Problem> problem(RuntimeException thrown) {
        return thrown instanceof DatabaseUnavailable
                ? Optional.of(Problem.unavailable("the database cannot be reached; try again"))
                : RuleProblems.of(thrown);
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    /// All routes it serves.
    public RouteTable routes() {
        return routes;
    }

    /// The link by which the first administrator is made, while there is none.
    public Optional<OneTimeLink> firstLink() {
        return firstLink;
    }

    /// The version it was started with.
    public String version() {
        return version;
    }

    /// Stops: says that it is not ready, serves the calls it has, hands back what it works on.
    @Override
    public void close() {
        health.stopping();
        // Streams never end by themselves while their jobs run.
        jobStreams.run();
        closeParts();
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.getLogger(Server.class.getName())
                        .log(System.Logger.Level.WARNING, "a part did not stop cleanly", e);
            }
        }
    }
}
