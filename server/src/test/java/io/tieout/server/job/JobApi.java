package io.tieout.server.job;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Resource;
import io.tieout.server.reconciliation.ReconciliationHandlers;
import io.tieout.server.reconciliation.ReconciliationRoutes;
import io.tieout.server.source.Sources;
import io.tieout.server.source.SourcesServer;
import io.tieout.server.source.StoredSources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A server with data sources, reconciliations and jobs, as one calls it.
public final class JobApi implements AutoCloseable {
    /// A plan for sources with the columns `id`, `ref` and `amount`.
    public static final String PLAN = JobWorld.PLAN;

    private static final UUID NODE = UUID.randomUUID();
    private static final long MAX_BYTES = 50_000_000;

    private final TestingServer server;
    private @Nullable Sources sources;
    private @Nullable JobFeature jobs;

    /// @param storing how long a job's results take to be stored
    public JobApi(Path home, Duration storing) {
        server =
                TestingServer.start(
                        new TestingServer.Features(
                                Map.of(
                                        Resource.DATA_SOURCE,
                                        Sources.FINDER,
                                        Resource.RECONCILIATION,
                                        ReconciliationRoutes.FINDER,
                                        Resource.JOB,
                                        JobRoutes.FINDER),
                                parts -> routes(parts, home, storing)));
        TestingOutcomes.prepare(server.database());
        server.node(NODE);
        sources().start();
        jobs().start();
    }

    private List<Route<?, ?>> routes(TestingServer.Parts parts, Path home, Duration storing) {
        sources = SourcesServer.sources(parts, home, NODE, MAX_BYTES);
        TestingOutcomes outcomes = new TestingOutcomes(parts.database(), storing);
        StoredSources lookup = new StoredSources();
        jobs =
                new JobFeature(
                        new JobFeature.Parts(
                                parts.database(),
                                parts.idempotency(),
                                lookup,
                                outcomes,
                                outcomes,
                                new SimpleMeterRegistry(),
                                parts.clock(),
                                parts.ids(),
                                List.of()),
                        JobWorld.settings());
        List<Route<?, ?>> routes = new ArrayList<>(sources.routes());
        routes.addAll(
                new ReconciliationRoutes(
                                new ReconciliationHandlers(
                                        parts.database(),
                                        parts.idempotency(),
                                        lookup,
                                        jobs.estimator(),
                                        parts.clock(),
                                        parts.ids()))
                        .routes());
        routes.addAll(jobs.routes());
        return routes;
    }

    private Sources sources() {
        if (sources == null) {
            throw new IllegalStateException("not started");
        }
        return sources;
    }

    private JobFeature jobs() {
        if (jobs == null) {
            throw new IllegalStateException("not started");
        }
        return jobs;
    }

    /// The server.
    public TestingServer server() {
        return server;
    }

    /// An owner, their project and two data sources.
    public record World(Person owner, UUID project, UUID left, UUID right) {
        /// Calls as the owner.
        public ApiClient api() {
            return owner.api();
        }
    }

    /// A new project with data sources `ledger` and `bank`.
    public World world() {
        Person owner = server.person();
        UUID project = server.project(owner);
        return new World(
                owner,
                project,
                load(owner, project, "ledger", JobWorld.csv(0, 50)),
                load(owner, project, "bank", JobWorld.csv(5, 55)));
    }

    /// Uploads a data source and waits until it is ready.
    public UUID load(Person person, UUID project, String name, String content) {
        UUID id =
                person.api()
                        .post(
                                "/api/projects/" + project + "/data-sources?name=" + name,
                                "application/octet-stream",
                                content.getBytes(StandardCharsets.UTF_8))
                        .id("id");
        await(person.api(), "/api/data-sources/" + id, "ready");
        return id;
    }

    /// Makes a reconciliation by a plan.
    public Reply create(World world, Object plan, Map<String, Object> more) {
        Map<String, Object> body = new java.util.HashMap<>(more);
        body.putIfAbsent("name", "month");
        body.putIfAbsent("left_data_source_id", world.left().toString());
        body.putIfAbsent("right_data_source_id", world.right().toString());
        body.put("plan", plan);
        return world.api().post("/api/projects/" + world.project() + "/reconciliations", body);
    }

    /// Makes one that nothing is wrong with.
    public UUID create(World world) {
        Reply made = create(world, PLAN, Map.of());
        if (made.status() != 201) {
            throw new AssertionError(made.toString());
        }
        return made.id("id");
    }

    /// Waits until something has a status.
    public static JsonNode await(ApiClient api, String path, String status) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until) {
            Reply reply = api.get(path);
            if (reply.text("status").equals(status)) {
                return reply.json();
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError(api.get(path).toString());
    }

    /// Stops taking up jobs and ends streams.
    void stopJobs() {
        jobs().close();
    }

    @Override
    public void close() {
        jobs().close();
        sources().close();
        server.close();
    }
}
