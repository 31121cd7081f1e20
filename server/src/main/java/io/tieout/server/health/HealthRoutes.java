package io.tieout.server.health;

import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.RequestContext;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells load balancers and people whether the server works.
public final class HealthRoutes {
    private final Database database;
    private final String version;
    private final AtomicBoolean stopping = new AtomicBoolean();

    public HealthRoutes(Database database, String version) {
        this.database = database;
        this.version = version;
    }

    /// From now on the server is not ready, so that no new calls are sent to it.
    public void stopping() {
        stopping.set(true);
    }

    /// The routes of this feature.
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/health")
                        .forAnyone()
                        .counts(Route.Quota.NONE)
                        .named("health", "health", "Whether the server is ready, part by part.")
                        .answers(200, Health.class, "It is ready.")
                        .answers(503, Health.class, "It is not ready.")
                        .handle(this::health),
                Route.get("/api/health/live")
                        .forAnyone()
                        .counts(Route.Quota.NONE)
                        .named("live", "health", "Whether the server runs at all.")
                        .answers(200, Live.class, "It runs.")
                        .handle(_ -> Answer.ok(new Live("alive"))),
                Route.get("/api/health/ready")
                        .forAnyone()
                        .counts(Route.Quota.NONE)
                        .named("ready", "health", "Whether the server takes calls.")
                        .answers(200, Health.class, "It is ready.")
                        .answers(503, Health.class, "It is not ready.")
                        .handle(this::health));
    }

    record Live(@Says("`alive`") String status) {}

    record Health(
            @Says("`ready`, `stopping` or `unavailable`") String status,
            @Says("`up` or `down`") String database,
            @Says("the version of the program") String version) {}

    private Answer health(Call<Nothing, Nothing> call) {
        boolean up = databaseIsUp();
        String status = stopping.get() ? "stopping" : up ? "ready" : "unavailable";
        Health health = new Health(status, up ? "up" : "down", version);
        return Answer.json(status.equals("ready") ? 200 : 503, health);
    }

    private boolean databaseIsUp() {
        try {
            RequestId id = new RequestId(RequestContext.current().requestId());
            return database.inWorker(
                            id,
                            Access.READ,
                            handle -> handle.createQuery("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException _) {
            return false;
        }
    }
}
