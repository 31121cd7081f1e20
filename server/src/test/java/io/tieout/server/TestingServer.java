package io.tieout.server;

import io.tieout.server.access.AccessControl;
import io.tieout.server.access.AccessSettings;
import io.tieout.server.access.OneTimeLink;
import io.tieout.server.access.ProjectFinder;
import io.tieout.server.access.RateLimits;
import io.tieout.server.access.RateLimits.Limit;
import io.tieout.server.access.RuleProblems;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.database.DatabaseUnavailable;
import io.tieout.server.database.Ids;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.http.ApiHandler;
import io.tieout.server.http.CallLog;
import io.tieout.server.http.HttpServer;
import io.tieout.server.http.Proxies;
import io.tieout.server.http.RequestContext;
import io.tieout.server.http.Route;
import io.tieout.server.http.RouteTable;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.project.ProjectFeature;
import io.tieout.server.project.ProjectMemberships;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The server with real HTTP and a real database of its own: users, projects, and the features that
/// a test adds. Its clock is settable. Closing it fails if a call met a defect.
public final class TestingServer implements AutoCloseable {
    /// What everybody's password is.
    public static final String PASSWORD = "opal tangent veranda 41";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// What its access tokens are signed with.
    public static final String SECRET = "testing testing testing testing testing";

    private final TestingDatabase testing = TestingPostgres.database();
    private final SettableClock clock = new SettableClock();
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final AccessControl access;
    private final HttpServer http;
    private final ApiClient anyone;
    private final Person administrator;

    private TestingServer(Features features, RateLimits limits) {
        Database database = testing.database();
        Ids ids = new Ids(clock);
        Idempotency idempotency = new Idempotency(database);
        Map<Resource, ProjectFinder> finders = new EnumMap<>(features.finders());
        finders.put(Resource.PROJECT, ProjectMemberships.PROJECT);
        this.access =
                new AccessControl(
                        settings(limits),
                        database,
                        idempotency,
                        clock,
                        ids,
                        new ProjectMemberships(),
                        finders);
        List<Route<?, ?>> routes = new ArrayList<>(access.routes());
        routes.addAll(
                new ProjectFeature(
                                database,
                                idempotency,
                                clock,
                                ids,
                                access.people(),
                                access.serviceTokens())
                        .routes());
        routes.addAll(
                features.routes().apply(new Parts(database, idempotency, clock, ids, access)));
        ApiHandler handler =
                new ApiHandler(
                        new RouteTable(routes),
                        access.gate(routes),
                        access.limiter(),
                        Proxies.NONE,
                        new Log(),
                        TestingServer::translate);
        this.http = HttpServer.start("127.0.0.1", 0, Duration.ofSeconds(1), handler);
        this.anyone = ApiClient.of(URI.create("http://127.0.0.1:" + http.port()));
        this.administrator = first(access.ensureAdministrator().orElseThrow());
    }

    private static AccessSettings settings(RateLimits limits) {
        return new AccessSettings(
                Optional.of(SECRET),
                Optional.empty(),
                false,
                Path.of("unused"),
                Optional.empty(),
                limits);
    }

    private static Optional<Problem> translate(RuntimeException thrown) {
        return thrown instanceof DatabaseUnavailable
                ? Optional.of(Problem.unavailable("the database"))
                : RuleProblems.of(thrown);
    }

    private final class Log implements CallLog {
        @Override
        public void served(RequestContext context, int status, long nanos) {}

        @Override
        public void defect(RequestContext context, Throwable defect) {
            defects.add(defect);
        }
    }

    /// What a feature of a test is made of.
    public record Parts(
            Database database,
            Idempotency idempotency,
            InstantSource clock,
            Ids ids,
            AccessControl access) {}

    /// The features that a test adds.
    ///
    /// @param finders how the project is found of what their paths name
    /// @param routes their routes
    public record Features(
            Map<Resource, ProjectFinder> finders, Function<Parts, List<Route<?, ?>>> routes) {
        /// None.
        public static final Features NONE =
                new Features(new EnumMap<>(Resource.class), _ -> List.of());
    }

    /// With users and projects only.
    public static TestingServer start() {
        return start(Features.NONE);
    }

    /// With more features.
    public static TestingServer start(Features features) {
        Limit none = new Limit("none", 1_000_000, Duration.ofSeconds(1));
        return start(features, new RateLimits(none, none, none, none));
    }

    /// With limits on how often one may call.
    public static TestingServer start(Features features, RateLimits limits) {
        return new TestingServer(features, limits);
    }

    /// Somebody who is signed in.
    ///
    /// @param api calls as them
    public record Person(UUID id, String email, String refreshToken, ApiClient api) {}

    private Person first(OneTimeLink link) {
        String email = "first@example.org";
        ApiClient.Reply reply =
                anyone.post(
                        "/api/auth/accept",
                        Map.of(
                                "token",
                                link.token(),
                                "password",
                                PASSWORD,
                                "email",
                                email,
                                "name",
                                "First"));
        return signedIn(email, reply);
    }

    private Person signedIn(String email, ApiClient.Reply reply) {
        if (reply.status() != 200) {
            throw new AssertionError(
                    reply.toString(), defects.isEmpty() ? null : defects.getFirst());
        }
        ApiClient api = anyone.bearing(reply.text("access_token"));
        return new Person(
                api.get("/api/auth/me").id("id"), email, reply.text("refresh_token"), api);
    }

    /// The first administrator, signed in.
    public Person administrator() {
        return administrator;
    }

    /// A new person, signed in.
    public Person person() {
        int number = NUMBER.incrementAndGet();
        String email = "person" + number + "@example.org";
        ApiClient.Reply invited =
                administrator
                        .api()
                        .post("/api/users", Map.of("email", email, "name", "Person " + number));
        return signedIn(
                email,
                anyone.post(
                        "/api/auth/accept",
                        Map.of("token", invited.text("link", "token"), "password", PASSWORD)));
    }

    /// The same person in another session.
    public Person signIn(Person person) {
        return signedIn(
                person.email(),
                anyone.post(
                        "/api/auth/login", Map.of("email", person.email(), "password", PASSWORD)));
    }

    /// A new project of a person.
    public UUID project(Person owner) {
        return owner.api().post("/api/projects", Map.of("name", "Project")).id("id");
    }

    /// A new person with a role in a project.
    public Person member(Person owner, UUID project, String role) {
        Person member = person();
        ApiClient.Reply reply =
                owner.api()
                        .post(
                                "/api/projects/" + project + "/members",
                                Map.of("email", member.email(), "role", role));
        if (reply.status() != 201) {
            throw new AssertionError(reply.toString());
        }
        return member;
    }

    /// A call by nobody.
    public ApiClient anyone() {
        return anyone;
    }

    /// Where it listens.
    public int port() {
        return http.port();
    }

    /// Its database.
    public Database database() {
        return testing.database();
    }

    /// Lets a node be known, and alive for as long as a test may take.
    public void node(UUID id) {
        database()
                .inWorker(
                        new RequestId("node"),
                        handle ->
                                handle.execute(
                                        "insert into nodes values (?, now(), now() + interval '1 day', '1')",
                                        id));
    }

    /// As a person, for SQL.
    public Actor as(Person person) {
        return new Actor(person.id(), new RequestId("test"));
    }

    /// Its clock.
    public SettableClock clock() {
        return clock;
    }

    /// Its users and their sessions.
    public AccessControl access() {
        return access;
    }

    @Override
    public void close() {
        http.close();
        access.close();
        testing.close();
        if (!defects.isEmpty()) {
            throw new AssertionError("a call met a defect", defects.getFirst());
        }
    }
}
