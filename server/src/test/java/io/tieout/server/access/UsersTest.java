package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.AtOnce;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class UsersTest {
    private static TestingServer server;
    private static ApiClient administrator;

    @BeforeAll
    static void start() {
        server = TestingServer.start();
        administrator = server.administrator().api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply change(ApiClient api, UUID user, String version, Map<String, ?> change) {
        return api.with("If-Match", "\"" + version + "\"").patch("/api/users/" + user, change);
    }

    private static Reply accept(String token, String password) {
        return server.anyone()
                .post("/api/auth/accept", Map.of("token", token, "password", password));
    }

    @Test
    void onlyAdministratorsMay() {
        Person person = server.person();
        String one = "/api/users/" + person.id();
        assertThat(person.api().get("/api/users").status()).isEqualTo(403);
        assertThat(person.api().get(one).status()).isEqualTo(403);
        assertThat(
                        person.api()
                                .post("/api/users", Map.of("email", "x@y.org", "name", "X"))
                                .status())
                .isEqualTo(403);
        assertThat(change(person.api(), person.id(), "1", Map.of("administrator", true)).status())
                .isEqualTo(403);
        assertThat(person.api().post(one + "/links").status()).isEqualTo(403);
        assertThat(server.anyone().get("/api/users").status()).isEqualTo(401);
    }

    @Test
    void anInvitationIsALinkThatOpensOnce() {
        Reply invited =
                administrator.post(
                        "/api/users", Map.of("email", "New.One@Example.org", "name", "New One"));
        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.header("location")).contains("/api/users/" + invited.id("user", "id"));
        assertThat(invited.header("cache-control")).contains("no-store");
        assertThat(invited.text("user", "email")).isEqualTo("new.one@example.org");
        assertThat(invited.text("link", "delivery")).startsWith("No mail is sent.");
        String token = invited.text("link", "token");
        assertThat(invited.text("link", "path")).isEqualTo("/accept#" + token);
        assertThat(accept(token, "opal tangent veranda 43").status()).isEqualTo(200);
        Reply again = accept(token, "opal tangent veranda 44");
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.problem()).isEqualTo("link-closed");
    }

    @Test
    void anInvitationEndsAfter7Days() {
        try (TestingServer timed = TestingServer.start()) {
            Reply invited =
                    timed.administrator()
                            .api()
                            .post("/api/users", Map.of("email", "x@example.org", "name", "X"));
            timed.clock().advance(Duration.ofDays(7));
            assertThat(
                            timed.anyone()
                                    .post(
                                            "/api/auth/accept",
                                            Map.of(
                                                    "token",
                                                    invited.text("link", "token"),
                                                    "password",
                                                    TestingServer.PASSWORD))
                                    .status())
                    .isEqualTo(410);
        }
    }

    @Test
    void anEmailIsOfOneUserOnly() {
        Person person = server.person();
        Reply twice =
                administrator.post("/api/users", Map.of("email", person.email(), "name", "Y"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.problem()).isEqualTo("email-taken");
        assertThat(
                        administrator
                                .post("/api/users", Map.of("email", "nobody", "name", "Y"))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void anInvitationRepeatedWithItsKeyIsOneAndItsSecretIsShownOnce() {
        ApiClient keyed = administrator.with("Idempotency-Key", "invite-once");
        Map<String, String> body = Map.of("email", "once@example.org", "name", "Once");
        Reply first = keyed.post("/api/users", body);
        Reply again = keyed.post("/api/users", body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("idempotency-replayed")).contains("true");
        assertThat(again.id("user", "id")).isEqualTo(first.id("user", "id"));
        assertThat(first.text("link", "token")).startsWith("tieout_lk_");
        assertThat(again.json().path("link").isNull()).isTrue();
        assertThat(keyed.post("/api/users", Map.of("email", "z@example.org", "name", "Z")).status())
                .isEqualTo(422);
    }

    @Test
    void aResetLinkSetsANewPasswordAndEndsAllSessions() {
        Person person = server.person();
        Reply first = administrator.post("/api/users/" + person.id() + "/links");
        Reply second = administrator.post("/api/users/" + person.id() + "/links");
        assertThat(second.status()).isEqualTo(201);
        assertThat(accept(first.text("link", "token"), "opal tangent veranda 45").status())
                .isEqualTo(410);
        assertThat(accept(second.text("link", "token"), person.email()).errors())
                .containsExactly("/password is the e-mail address; take another");
        assertThat(person.api().get("/api/auth/me").status()).isEqualTo(200);
        assertThat(accept(second.text("link", "token"), "opal tangent veranda 45").status())
                .isEqualTo(200);
        assertThat(person.api().get("/api/auth/me").status()).isEqualTo(401);
    }

    @Test
    void aLinkOfADisabledUserOpensNothing() {
        Person person = server.person();
        Reply link = administrator.post("/api/users/" + person.id() + "/links");
        change(administrator, person.id(), "1", Map.of("disabled", true));
        assertThat(accept(link.text("link", "token"), TestingServer.PASSWORD).status())
                .isEqualTo(410);
        assertThat(administrator.post("/api/users/" + person.id() + "/links").problem())
                .isEqualTo("user-disabled");
    }

    @Test
    void aChangeNamesTheVersionItIsOf() {
        Person person = server.person();
        Reply seen = administrator.get("/api/users/" + person.id());
        assertThat(seen.header("etag")).contains("\"1\"");
        String path = "/api/users/" + person.id();
        assertThat(administrator.patch(path, Map.of("name", "Other")).status()).isEqualTo(428);
        assertThat(change(administrator, person.id(), "7", Map.of("name", "Other")).status())
                .isEqualTo(412);
        Reply changed = change(administrator, person.id(), "1", Map.of("name", "Other"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("etag")).contains("\"2\"");
        assertThat(changed.text("name")).isEqualTo("Other");
        assertThat(change(administrator, person.id(), "1", Map.of("name", "Third")).status())
                .isEqualTo(412);
        assertThat(change(administrator, person.id(), "2", Map.of()).status()).isEqualTo(422);
        assertThat(change(administrator, UUID.randomUUID(), "1", Map.of("name", "X")).status())
                .isEqualTo(404);
    }

    @Test
    void anAdministratorMakesAnotherAndTakesItBackAtOnce() {
        Person person = server.person();
        change(administrator, person.id(), "1", Map.of("administrator", true));
        assertThat(person.api().get("/api/users").status()).isEqualTo(200);
        change(administrator, person.id(), "2", Map.of("administrator", false));
        assertThat(person.api().get("/api/users").status()).isEqualTo(403);
    }

    @Test
    void theLastAdministratorStays() {
        try (TestingServer small = TestingServer.start()) {
            Person only = small.administrator();
            for (Map<String, ?> change :
                    List.of(Map.of("disabled", true), Map.of("administrator", false))) {
                Reply refused = change(only.api(), only.id(), "1", change);
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.problem()).isEqualTo("last-administrator");
            }
            Person disabled = small.person();
            change(only.api(), disabled.id(), "1", Map.of("administrator", true, "disabled", true));
            assertThat(change(only.api(), only.id(), "1", Map.of("disabled", true)).status())
                    .isEqualTo(409);
        }
    }

    @Test
    void administratorsWhoDemoteEachOtherAtOnceLeaveOne() {
        try (TestingServer small = TestingServer.start()) {
            Person first = small.administrator();
            Person second = small.person();
            for (int round = 0; round < 8; round++) {
                execute(small, "update users set administrator = true, version = 1");
                List<Integer> eachOther =
                        AtOnce.all(
                                List.<Callable<Integer>>of(
                                        () -> demote(first, second.id()),
                                        () -> demote(second, first.id())));
                assertThat(eachOther).containsExactlyInAnyOrder(200, 403);
                execute(small, "update users set administrator = true, version = 1");
                List<Integer> themselves =
                        AtOnce.all(
                                List.<Callable<Integer>>of(
                                        () -> demote(first, first.id()),
                                        () -> demote(second, second.id())));
                assertThat(themselves).containsExactlyInAnyOrder(200, 409);
            }
        }
    }

    private static int demote(Person by, UUID user) {
        return change(by.api(), user, "1", Map.of("administrator", false)).status();
    }

    private static void execute(TestingServer server, String sql) {
        server.database().inWorker(new RequestId("test"), h -> h.execute(sql));
    }

    @Test
    void theListIsFilteredAndPaged() {
        List<String> emails = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String email = "paged" + i + "@example.net";
            emails.add(email);
            administrator.post("/api/users", Map.of("email", email, "name", "50%_off " + i));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            Reply page = administrator.get("/api/users?filter=PAGED&limit=2" + next);
            assertThat(page.items().size()).isBetween(1, 2);
            page.items().forEach(item -> seen.add(item.path("email").asString()));
            next =
                    page.json().path("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.text("next_cursor");
        } while (!next.isEmpty());
        assertThat(seen).isEqualTo(emails);
        assertThat(administrator.get("/api/users?filter=50%25_OFF").items()).hasSize(5);
        assertThat(administrator.get("/api/users?filter=5__off").items()).isEmpty();
        assertThat(administrator.get("/api/users?limit=201").status()).isEqualTo(422);
        assertThat(administrator.get("/api/users?cursor=nonsense").status()).isEqualTo(422);
        Reply page = administrator.get("/api/users?filter=paged&limit=2");
        assertThat(administrator.get("/api/users?cursor=" + page.text("next_cursor")).errors())
                .hasSize(1);
    }
}
