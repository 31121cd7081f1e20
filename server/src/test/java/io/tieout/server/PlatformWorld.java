package io.tieout.server;

import io.tieout.server.access.ExpiredToken;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.http.Gate;
import io.tieout.server.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The whole platform as it is put together for real, with people of every role, and three projects
/// with everything in them: one of theirs, one of others, one deleted.
final class PlatformWorld implements AutoCloseable {
    static final String PASSWORD = "opal tangent veranda 41";
    private static final String SECRET = "testing testing testing testing testing";
    private static final String FIRST = "first@example.org";

    private final TestingDatabase testing = TestingPostgres.database();
    private final Path home;
    private final Server server;
    private final ApiClient anyone;
    private final ApiClient administrator;
    private final Map<String, ApiClient> callers = new LinkedHashMap<>();
    private final Map<String, Map<String, UUID>> places = new LinkedHashMap<>();
    private int people;

    private PlatformWorld(UnaryOperator<Gate> otherGate) {
        try {
            home = Files.createTempDirectory("platform");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment =
                Map.ofEntries(
                        Map.entry("TIEOUT_HOME", home.toString()),
                        Map.entry("TIEOUT_PORT", "0"),
                        Map.entry("DATABASE_URL", testing.address()),
                        Map.entry("JWT_SECRET", SECRET),
                        Map.entry("TIEOUT_BOOTSTRAP_ADMIN_EMAIL", FIRST),
                        Map.entry("TIEOUT_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD),
                        Map.entry("TIEOUT_RATE_LIMIT_USER", "1000000"),
                        Map.entry("TIEOUT_RATE_LIMIT_ADDRESS", "1000000"),
                        Map.entry("TIEOUT_RATE_LIMIT_SIGN_IN", "1000000"));
        this.server = Server.start(Configuration.of(environment), "test", otherGate);
        this.anyone = ApiClient.of(URI.create("http://127.0.0.1:" + server.port()));
        this.administrator = signIn(FIRST);
    }

    /// Builds it.
    ///
    /// @param otherGate what lets calls in, given the real one
    static PlatformWorld build(UnaryOperator<Gate> otherGate) {
        PlatformWorld world = new PlatformWorld(otherGate);
        world.populate();
        return world;
    }

    record Member(UUID id, String email, ApiClient api) {}

    List<Route<?, ?>> routes() {
        return server.routes().routes();
    }

    /// Where it listens.
    int port() {
        return server.port();
    }

    /// Everybody, by what they are in the project that is `own`.
    Map<String, ApiClient> callers() {
        return callers;
    }

    ApiClient person(String caller) {
        return Objects.requireNonNull(callers.get(caller), caller);
    }

    /// The ids of one place.
    Map<String, UUID> place(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    /// The id of one thing in one place.
    UUID id(String place, String kind) {
        return Objects.requireNonNull(place(place).get(kind), kind);
    }

    /// Ids of one thing of every kind in each project, and of nothing at all.
    Map<String, Map<String, UUID>> places() {
        return places;
    }

    Database database() {
        return testing.database();
    }

    private ApiClient signIn(String email) {
        ApiClient.Reply reply =
                anyone.post("/api/auth/login", Map.of("email", email, "password", PASSWORD));
        return anyone.bearing(reply.text("access_token"));
    }

    private Member newPerson() {
        String email = "person" + ++people + "@example.org";
        ApiClient.Reply invited =
                administrator.post(
                        "/api/users", Map.of("email", email, "name", "Person " + people));
        ApiClient.Reply accepted =
                anyone.post(
                        "/api/auth/accept",
                        Map.of("token", invited.text("link", "token"), "password", PASSWORD));
        ApiClient api = anyone.bearing(accepted.text("access_token"));
        return new Member(api.get("/api/auth/me").id("id"), email, api);
    }

    /// A new member of the project that is `own`.
    Member newMember(String role) {
        Member member = newPerson();
        UUID project = id("own", "project_id");
        ApiClient.Reply reply =
                person("owner")
                        .post(
                                "/api/projects/" + project + "/members",
                                Map.of("email", member.email(), "role", role));
        if (reply.status() != 201) {
            throw new AssertionError(reply.toString());
        }
        return member;
    }

    private void populate() {
        Member owner = newPerson();
        callers.put("owner", owner.api());
        places.put("own", new HashMap<>(ProjectFilling.fill(owner.api(), "own")));
        for (String role : List.of("viewer", "reviewer", "editor")) {
            callers.put(role, newMember(role).api());
        }
        for (String role : List.of("viewer", "reviewer", "editor")) {
            callers.put("machine as " + role, machine(role));
        }
        Member removed = newMember("owner");
        UUID project = id("own", "project_id");
        owner.api().delete("/api/projects/" + project + "/members/" + removed.id());
        callers.put("removed", removed.api());
        callers.put("stranger", newPerson().api());
        callers.put("administrator", administrator);
        callers.put("anonymous", anyone);
        Member disabled = newMember("owner");
        disable(disabled);
        callers.put("disabled", disabled.api());
        Member signedOut = newMember("owner");
        signedOut.api().post("/api/auth/logout");
        callers.put("signed out", signedOut.api());
        callers.put("expired", anyone.bearing(ExpiredToken.of(SECRET, owner.id())));
        Member other = newPerson();
        callers.put("foreign owner", other.api());
        places.put("foreign", new HashMap<>(ProjectFilling.fill(other.api(), "foreign")));
        places.put("deleted", new HashMap<>(ProjectFilling.fill(owner.api(), "deleted")));
        UUID deleted = id("deleted", "project_id");
        String etag = owner.api().get("/api/projects/" + deleted).header("etag").orElse("");
        owner.api().with("If-Match", etag).delete("/api/projects/" + deleted);
        Map<String, UUID> unknown = new HashMap<>();
        place("own").keySet().forEach(name -> unknown.put(name, UUID.randomUUID()));
        places.put("unknown", unknown);
    }

    private ApiClient machine(String role) {
        UUID project = id("own", "project_id");
        ApiClient.Reply made =
                person("owner")
                        .post(
                                "/api/projects/" + project + "/service-tokens",
                                Map.of("name", "machine", "role", role));
        return anyone.bearing(made.text("token"));
    }

    private void disable(Member member) {
        String path = "/api/users/" + member.id();
        String etag = administrator.get(path).header("etag").orElse("");
        ApiClient.Reply reply =
                administrator.with("If-Match", etag).patch(path, Map.of("disabled", true));
        if (reply.status() != 200) {
            throw new AssertionError(reply.toString());
        }
    }

    /// Everything that is kept of a project, as text, to see whether anything of it changed.
    String stateOf(UUID project) {
        return testing.database()
                .inWorker(new RequestId("state"), handle -> ProjectState.of(handle, project));
    }

    @Override
    public void close() {
        server.close();
        testing.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
