package io.tieout.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServiceTokensTest {
    private static TestingServer server;

    private Person owner;
    private UUID project;

    @BeforeAll
    static void start() {
        server = TestingServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeProject() {
        owner = server.signIn(server.administrator());
        project = server.project(owner);
    }

    private String path() {
        return "/api/projects/" + project + "/service-tokens";
    }

    private Reply make(String role) {
        return owner.api().post(path(), Map.of("name", "nightly load", "role", role));
    }

    private static ApiClient machine(Reply made) {
        return server.anyone().bearing(made.text("token"));
    }

    @Test
    void aTokenLetsAMachineInToItsProject() {
        Reply made = make("editor");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("cache-control")).contains("no-store");
        assertThat(made.text("token")).matches("tieout_st_[A-Za-z0-9_-]{43}");
        ApiClient machine = machine(made);
        Reply me = machine.get("/api/auth/me");
        assertThat(me.text("kind")).isEqualTo("service");
        assertThat(me.text("name")).isEqualTo("nightly load");
        assertThat(me.json().path("email").isNull()).isTrue();
        assertThat(machine.get("/api/projects").items()).hasSize(1);
        assertThat(machine.get("/api/projects/" + project).text("role")).isEqualTo("editor");
    }

    @Test
    void aTokenIsShownOnce() {
        ApiClient keyed = owner.api().with("Idempotency-Key", "token-" + project);
        Map<String, String> body = Map.of("name", "m", "role", "viewer");
        Reply first = keyed.post(path(), body);
        Reply again = keyed.post(path(), body);
        assertThat(again.id("id")).isEqualTo(first.id("id"));
        assertThat(again.json().path("token").isNull()).isTrue();
        Reply list = owner.api().get(path());
        assertThat(list.items()).hasSize(1);
        assertThat(list.body()).doesNotContain(first.text("token")).doesNotContain("hash");
    }

    @Test
    void aMachineOwnsNothingAndIsNoAdministrator() {
        assertThat(make("owner").errors())
                .containsExactly("/role is owner; a machine may be up to editor");
        Reply made = make("editor");
        ApiClient machine = machine(made);
        assertThat(machine.post("/api/projects", Map.of("name", "Mine")).status()).isEqualTo(403);
        assertThat(machine.get("/api/users").status()).isEqualTo(403);
        assertThat(machine.post("/api/auth/logout").status()).isEqualTo(403);
        assertThat(
                        machine.post(
                                        "/api/auth/password",
                                        Map.of(
                                                "current_password",
                                                TestingServer.PASSWORD,
                                                "new_password",
                                                "another good password"))
                                .status())
                .isEqualTo(403);
        assertThat(machine.post(path(), Map.of("name", "m", "role", "viewer")).status())
                .isEqualTo(403);
        String member = "/api/projects/" + project + "/members/" + made.text("user_id");
        Reply promoted = owner.api().put(member, Map.of("role", "owner"));
        assertThat(promoted.status()).isEqualTo(409);
        assertThat(promoted.problem()).isEqualTo("machine-owner");
        assertThat(owner.api().put(member, Map.of("role", "viewer")).status()).isEqualTo(200);
        assertThat(owner.api().get("/api/users?filter=nightly").items()).isEmpty();
        assertThat(owner.api().get("/api/users/" + made.text("user_id")).status()).isEqualTo(404);
    }

    @Test
    void aRevokedTokenEndsAtOnce() {
        Reply made = make("editor");
        String one = path() + "/" + made.text("id");
        assertThat(owner.api().delete(one).status()).isEqualTo(204);
        assertThat(machine(made).get("/api/auth/me").status()).isEqualTo(401);
        assertThat(owner.api().delete(one).status()).isEqualTo(404);
        assertThat(owner.api().get(path()).items()).isEmpty();
        assertThat(owner.api().get("/api/projects/" + project + "/members").items()).hasSize(1);
    }

    @Test
    void removingTheMachineAsAMemberRevokesItsToken() {
        Reply made = make("viewer");
        owner.api().delete("/api/projects/" + project + "/members/" + made.text("user_id"));
        assertThat(machine(made).get("/api/auth/me").status()).isEqualTo(401);
        assertThat(owner.api().get(path()).items()).isEmpty();
    }

    @Test
    void aTokenEndsWithItsProject() {
        Reply made = make("viewer");
        owner.api().delete("/api/projects/" + project);
        assertThat(machine(made).get("/api/auth/me").status()).isEqualTo(401);
    }

    @Test
    void aTokenMayEndByItself() {
        try (TestingServer timed = TestingServer.start()) {
            Person person = timed.administrator();
            UUID theirs = timed.project(person);
            Map<String, Object> body = new HashMap<>();
            body.put("name", "m");
            body.put("role", "viewer");
            body.put("expires_at", timed.clock().instant().plusSeconds(60).toString());
            Reply made = person.api().post("/api/projects/" + theirs + "/service-tokens", body);
            ApiClient machine = timed.anyone().bearing(made.text("token"));
            timed.clock().advance(Duration.ofSeconds(59));
            assertThat(machine.get("/api/auth/me").status()).isEqualTo(200);
            timed.clock().advance(Duration.ofSeconds(1));
            assertThat(machine.get("/api/auth/me").status()).isEqualTo(401);
            body.put("expires_at", timed.clock().instant().toString());
            assertThat(
                            person.api()
                                    .post("/api/projects/" + theirs + "/service-tokens", body)
                                    .errors())
                    .containsExactly("/expires_at is not in the future");
        }
    }

    @Test
    void itsUseIsNoted() {
        Reply made = make("viewer");
        assertThat(owner.api().get(path()).items().getFirst().path("last_used_at").isNull())
                .isTrue();
        machine(made).get("/api/auth/me");
        assertThat(owner.api().get(path()).items().getFirst().path("last_used_at").isString())
                .isTrue();
    }

    @Test
    void onlyOwnersHandleThem() {
        Person person = server.person();
        project = server.project(person);
        for (String role : List.of("viewer", "editor")) {
            ApiClient api = server.member(person, project, role).api();
            assertThat(api.get(path()).status()).isEqualTo(403);
            assertThat(api.post(path(), Map.of("name", "m", "role", "viewer")).status())
                    .isEqualTo(403);
        }
        ApiClient administrator = server.administrator().api();
        assertThat(administrator.get(path()).status()).isEqualTo(404);
        assertThat(administrator.post(path(), Map.of("name", "m", "role", "viewer")).status())
                .isEqualTo(404);
    }
}
