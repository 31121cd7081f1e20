package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Features;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.access.RateLimits.Limit;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.permission.Role;
import io.tieout.server.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The one rule, over routes of a feature that has a thing of its own in projects.
final class GateTest {
    private static TestingServer server;
    private static Person owner;
    private static UUID project;

    record Seen(UUID project, Optional<String> role) {}

    @BeforeAll
    static void start() {
        // Stands for any thing in a project: a data source's row is all that is needed of it.
        ProjectFinder finder =
                ProjectFinder.by("select project_id from data_sources where id = :id");
        server =
                TestingServer.start(
                        new Features(
                                Map.of(Resource.DATA_SOURCE, finder),
                                _ -> new ArrayList<>(routes())));
        owner = server.person();
        project = server.project(owner);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Route<?, ?>> routes() {
        List<Route<?, ?>> routes = new ArrayList<>();
        for (Permission permission : Permission.values()) {
            String word = permission.name().toLowerCase(Locale.ROOT);
            routes.add(
                    Route.get("/api/" + word + "/{data_source_id}")
                            .forMembers(permission, Resource.DATA_SOURCE)
                            .named(word, "test", "Tests it.")
                            .answers(200, Seen.class, "Seen.")
                            .handle(GateTest::seen));
        }
        return routes;
    }

    private static Answer seen(Call<Nothing, Nothing> call) {
        return Answer.ok(
                new Seen(call.admission().project(), call.admission().role().map(Role::name)));
    }

    private static String path(Permission permission, UUID thing) {
        return "/api/" + permission.name().toLowerCase(Locale.ROOT) + "/" + thing;
    }

    private static UUID thing(Person creator, UUID project) {
        UUID id = UUID.randomUUID();
        server.database()
                .inApp(
                        server.as(creator),
                        h ->
                                h.execute(
                                        "insert into data_sources (id, project_id, name, size_bytes, digest, node_id, created_by)"
                                                + " values (?, ?, 'x', 0, '', ?, ?)",
                                        id,
                                        project,
                                        id,
                                        creator.id()));
        return id;
    }

    @Test
    void aRoleGivesWhatItGivesAndNoMore() {
        UUID thing = thing(owner, project);
        for (Role role : Role.values()) {
            Person member = server.member(owner, project, role.name().toLowerCase(Locale.ROOT));
            for (Permission permission : Permission.values()) {
                Reply reply = member.api().get(path(permission, thing));
                assertThat(reply.status())
                        .as(role + " " + permission)
                        .isEqualTo(role.gives(permission) ? 200 : 403);
                if (reply.status() == 200) {
                    assertThat(reply.id("project")).isEqualTo(project);
                    assertThat(reply.text("role")).isEqualTo(role.name());
                }
            }
        }
    }

    @Test
    void anUnknownThingAndAForeignOneAnswerAlike() {
        UUID foreign = thing(owner, project);
        Person stranger = server.person();
        server.project(stranger);
        for (Person person : List.of(stranger, server.administrator())) {
            for (Permission permission : Permission.values()) {
                String unknown = person.api().get(path(permission, UUID.randomUUID())).comparable();
                assertThat(unknown).startsWith("404");
                assertThat(person.api().get(path(permission, foreign)).comparable())
                        .isEqualTo(unknown);
            }
        }
        String unknown = stranger.api().get("/api/projects/" + UUID.randomUUID()).comparable();
        assertThat(stranger.api().get("/api/projects/" + project).comparable()).isEqualTo(unknown);
        assertThat(stranger.api().get("/api/projects/nonsense").comparable()).startsWith("404");
    }

    @Test
    void aRemovedMemberIsAStranger() {
        UUID thing = thing(owner, project);
        Person member = server.member(owner, project, "owner");
        String path = path(Permission.PROJECT_READ, thing);
        assertThat(member.api().get(path).status()).isEqualTo(200);
        owner.api().delete("/api/projects/" + project + "/members/" + member.id());
        assertThat(member.api().get(path).comparable())
                .isEqualTo(
                        member.api()
                                .get(path(Permission.PROJECT_READ, UUID.randomUUID()))
                                .comparable());
    }

    @Test
    void aRouteThatNothingFindsTheProjectOfIsRefusedBeforeTheFirstCall() {
        Route<?, ?> route =
                Route.get("/api/jobs/{job_id}")
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named("getJob", "jobs", "Shows a job.")
                        .answersEmpty("It.")
                        .handle(_ -> Answer.empty());
        assertThatThrownBy(() -> server.access().gate(List.of(route)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET /api/jobs/{job_id}");
    }

    private static Caller caller(Person person) {
        return new Caller(person.id(), Caller.Kind.PERSON, false, Optional.empty());
    }

    private static int refused(Caller caller, Permission permission) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> server.access().authority().require(caller, permission, project))
                .problem()
                .status();
    }

    @Test
    void whatGoesOnLosesARoleAtOnce() {
        Person member = server.member(owner, project, "editor");
        Caller caller = caller(member);
        assertThat(server.access().authority().require(caller, Permission.JOB_RUN, project).role())
                .contains(Role.EDITOR);
        String path = "/api/projects/" + project + "/members/" + member.id();
        owner.api().put(path, Map.of("role", "viewer"));
        assertThat(refused(caller, Permission.JOB_RUN)).isEqualTo(403);
        owner.api().delete(path);
        assertThat(refused(caller, Permission.PROJECT_READ)).isEqualTo(404);
    }

    @Test
    void whatGoesOnLosesASessionUserOrTokenAtOnce() {
        Person member = server.member(owner, project, "editor");
        UUID session =
                server.database()
                        .inApp(
                                server.as(member),
                                h -> h.select("select id from sessions").mapTo(UUID.class).one());
        Caller inSession = new Caller(member.id(), Caller.Kind.PERSON, false, Optional.of(session));
        Authority authority = server.access().authority();
        authority.require(inSession, Permission.JOB_RUN, project);
        member.api().post("/api/auth/logout");
        assertThat(refused(inSession, Permission.JOB_RUN)).isEqualTo(401);
        authority.require(caller(member), Permission.JOB_RUN, project);
        server.administrator()
                .api()
                .with("If-Match", "\"1\"")
                .patch("/api/users/" + member.id(), Map.of("disabled", true));
        assertThat(refused(caller(member), Permission.JOB_RUN)).isEqualTo(401);

        String tokens = "/api/projects/" + project + "/service-tokens";
        Reply made = owner.api().post(tokens, Map.of("name", "m", "role", "editor"));
        Caller machine =
                new Caller(made.id("user_id"), Caller.Kind.SERVICE, false, Optional.empty());
        authority.require(machine, Permission.JOB_RUN, project);
        owner.api().delete(tokens + "/" + made.text("id"));
        assertThat(refused(machine, Permission.JOB_RUN)).isEqualTo(401);
    }

    /// @param anonymous calls from one address a minute
    private static TestingServer limited(int anonymous) {
        return TestingServer.start(
                Features.NONE,
                new RateLimits(
                        new Limit("user", 60, Duration.ofMinutes(1)),
                        new Limit("address", anonymous, Duration.ofMinutes(1)),
                        new Limit("sign-in", 40, Duration.ofMinutes(1)),
                        new Limit("account", 3, Duration.ofMinutes(3))));
    }

    @Test
    void limitsAreToldInHeadersAndHeld() {
        try (TestingServer limited = limited(60)) {
            Person person = limited.person();
            Reply me = person.api().get("/api/auth/me");
            assertThat(me.header("ratelimit-policy")).contains("\"user\";q=60;w=60");
            assertThat(me.header("ratelimit").orElseThrow()).startsWith("\"user\";r=");
            Map<String, String> wrong =
                    Map.of("email", person.email(), "password", "wrong wrong wrong");
            ApiClient anyone = limited.anyone();
            for (int i = 0; i < 3; i++) {
                assertThat(anyone.post("/api/auth/login", wrong).status()).isEqualTo(401);
            }
            Reply refused = anyone.post("/api/auth/login", wrong);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).contains("60");
            assertThat(refused.header("x-request-id")).isPresent();
            Map<String, String> right =
                    Map.of("email", person.email(), "password", TestingServer.PASSWORD);
            assertThat(anyone.post("/api/auth/login", right).status()).isEqualTo(429);
            limited.clock().advance(Duration.ofSeconds(60));
            assertThat(anyone.post("/api/auth/login", right).status()).isEqualTo(200);
            // Known here from now on: others' tries do not count for this address.
            assertThat(anyone.post("/api/auth/login", right).status()).isEqualTo(200);
        }
    }

    @Test
    void aSessionIsOfItsOwnUserOnly() {
        UUID session =
                server.database()
                        .inWorker(
                                new RequestId("look"),
                                handle ->
                                        handle.createQuery(
                                                        "select id from sessions where user_id = ?")
                                                .bind(0, owner.id())
                                                .mapTo(UUID.class)
                                                .first());
        AccessTokens tokens =
                new AccessTokens(
                        new ConfiguredKeys(TestingServer.SECRET, Optional.empty()), server.clock());
        String right = tokens.issue(owner.id(), session);
        assertThat(server.anyone().bearing(right).get("/api/auth/me").status()).isEqualTo(200);
        String other = tokens.issue(server.person().id(), session);
        assertThat(server.anyone().bearing(other).get("/api/auth/me").status()).isEqualTo(401);
    }

    private static int after(Person person, String... changes) {
        assertThat(person.api().get("/api/projects").status()).isEqualTo(200);
        for (String change : changes) {
            server.database()
                    .inWorker(
                            new RequestId("change"), handle -> handle.execute(change, person.id()));
        }
        return person.api().get("/api/projects").status();
    }

    // The database ends the sessions of whoever is disabled; the gate does not count on it.
    @Test
    void aTokenIsAsGoodAsItsUserAndItsSession() {
        int disabled =
                after(
                        server.person(),
                        "update users set disabled_at = now() where id = ?",
                        "update sessions set revoked_at = null, revoked_why = null where user_id = ?");
        assertThat(disabled).isEqualTo(401);
        int expired =
                after(
                        server.person(),
                        "update sessions set expires_at = '2000-01-01' where user_id = ?");
        assertThat(expired).isEqualTo(401);
    }

    @Test
    void whoeverGuessesTokensIsStopped() {
        try (TestingServer limited = limited(5)) {
            ApiClient guesser = limited.anyone().bearing("guess");
            for (int i = 0; i < 5; i++) {
                assertThat(guesser.get("/api/auth/me").status()).isEqualTo(401);
            }
            assertThat(guesser.get("/api/auth/me").status()).isEqualTo(429);
        }
    }
}
