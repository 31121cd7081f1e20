package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.AtOnce;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignInTest {
    private static final String WRONG = "opal tangent veranda 42";
    private static TestingServer server;

    @BeforeAll
    static void start() {
        server = TestingServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply login(String email, String password) {
        return server.anyone()
                .post("/api/auth/login", Map.of("email", email, "password", password));
    }

    private static Reply refresh(String token) {
        return server.anyone().post("/api/auth/refresh", Map.of("refresh_token", token));
    }

    private static int me(ApiClient api) {
        return api.get("/api/auth/me").status();
    }

    @Test
    void loginAnswersExactlyTheseMembers() {
        Person person = server.person();
        Reply reply = login(person.email(), TestingServer.PASSWORD);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().propertyNames())
                .containsExactly("access_token", "refresh_token", "token_type", "expires_in");
        assertThat(reply.text("token_type")).isEqualTo("Bearer");
        assertThat(reply.text("expires_in")).isEqualTo("900");
        assertThat(reply.header("cache-control")).contains("no-store");
        assertThat(me(server.anyone().bearing(reply.text("access_token")))).isEqualTo(200);
    }

    @Test
    void theEmailIsTakenInAnyCase() {
        Person person = server.person();
        assertThat(login(person.email().toUpperCase(java.util.Locale.ROOT), TestingServer.PASSWORD))
                .extracting(Reply::status)
                .isEqualTo(200);
    }

    @Test
    void meSaysWhoCalls() {
        Person person = server.person();
        Reply me = person.api().get("/api/auth/me");
        assertThat(me.json().propertyNames())
                .containsExactly("id", "kind", "email", "name", "administrator");
        assertThat(me.text("email")).isEqualTo(person.email());
        assertThat(me.text("kind")).isEqualTo("person");
        assertThat(server.administrator().api().get("/api/auth/me").text("administrator"))
                .isEqualTo("true");
    }

    @Test
    void unknownDisabledInvitedAndMistypedAreAnsweredAlike() {
        Person person = server.person();
        Person disabled = server.person();
        disable(disabled);
        server.administrator()
                .api()
                .post("/api/users", Map.of("email", "invited@example.org", "name", "I"));
        String answer = login(person.email(), WRONG).comparable();
        assertThat(answer).startsWith("401");
        assertThat(login("nobody@example.org", TestingServer.PASSWORD).comparable())
                .isEqualTo(answer);
        assertThat(login(disabled.email(), TestingServer.PASSWORD).comparable()).isEqualTo(answer);
        assertThat(login("invited@example.org", TestingServer.PASSWORD).comparable())
                .isEqualTo(answer);
        assertThat(login("no address at all", TestingServer.PASSWORD).comparable())
                .isEqualTo(answer);
    }

    private static void disable(Person person) {
        Reply reply =
                server.administrator()
                        .api()
                        .with("If-Match", "\"1\"")
                        .patch("/api/users/" + person.id(), Map.of("disabled", true));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void anUnknownUserCostsAsMuchAsAKnownOne() {
        Person person = server.person();
        long known = median(() -> login(person.email(), WRONG));
        long unknown = median(() -> login("nobody@example.org", WRONG));
        assertThat(unknown).isBetween(known / 3, known * 3);
    }

    private static long median(Runnable work) {
        return IntStream.range(0, 7)
                .mapToLong(
                        _ -> {
                            long started = System.nanoTime();
                            work.run();
                            return System.nanoTime() - started;
                        })
                .sorted()
                .skip(3)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRefreshTokenGivesTheNextTokens() {
        Person person = server.person();
        Reply next = refresh(person.refreshToken());
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.text("refresh_token"))
                .startsWith("tieout_rt_")
                .isNotEqualTo(person.refreshToken());
        assertThat(me(server.anyone().bearing(next.text("access_token")))).isEqualTo(200);
        assertThat(refresh(next.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenThatComesAgainEndsTheSessionAtOnce() {
        Person person = server.person();
        Person elsewhere = server.signIn(person);
        Reply next = refresh(person.refreshToken());
        assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
        assertThat(me(person.api())).isEqualTo(401);
        assertThat(me(server.anyone().bearing(next.text("access_token")))).isEqualTo(401);
        assertThat(refresh(next.text("refresh_token")).status()).isEqualTo(401);
        assertThat(me(elsewhere.api())).isEqualTo(200);
    }

    @Test
    void ofTwoThatRefreshAtOnceExactlyOneWins() {
        for (int round = 0; round < 10; round++) {
            Person person = server.signIn(server.administrator());
            List<Reply> replies = AtOnce.times(2, () -> refresh(person.refreshToken()));
            List<Reply> won = replies.stream().filter(r -> r.status() == 200).toList();
            assertThat(won).hasSize(1);
            assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "tieout_rt_", "tieout_rt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoRefreshTokenIsRefused(String token) {
        assertThat(refresh(token).status()).isEqualTo(401);
    }

    @Test
    void anAccessTokenIsNoRefreshTokenNorTheOtherWayRound() {
        Reply reply = login(server.person().email(), TestingServer.PASSWORD);
        assertThat(me(server.anyone().bearing(reply.text("refresh_token")))).isEqualTo(401);
        assertThat(
                        server.anyone()
                                .post(
                                        "/api/auth/refresh",
                                        Map.of(
                                                "refresh_token",
                                                reply.text("access_token").substring(0, 200)))
                                .status())
                .isEqualTo(401);
    }

    @Test
    void logoutEndsTheSessionAtOnceAndNoOther() {
        Person person = server.person();
        Person elsewhere = server.signIn(person);
        assertThat(person.api().post("/api/auth/logout").status()).isEqualTo(204);
        assertThat(me(person.api())).isEqualTo(401);
        assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
        assertThat(me(elsewhere.api())).isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsAllSessionsAndBeginsOne() {
        Person person = server.person();
        Person elsewhere = server.signIn(person);
        Reply changed = changePassword(person, TestingServer.PASSWORD, WRONG);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(me(person.api())).isEqualTo(401);
        assertThat(me(elsewhere.api())).isEqualTo(401);
        assertThat(refresh(elsewhere.refreshToken()).status()).isEqualTo(401);
        assertThat(me(server.anyone().bearing(changed.text("access_token")))).isEqualTo(200);
        assertThat(login(person.email(), TestingServer.PASSWORD).status()).isEqualTo(401);
        assertThat(login(person.email(), WRONG).status()).isEqualTo(200);
    }

    private static Reply changePassword(Person person, String present, String wanted) {
        return person.api()
                .post(
                        "/api/auth/password",
                        Map.of("current_password", present, "new_password", wanted));
    }

    @Test
    void aNewPasswordNeedsThePresentOneAndMustBeGood() {
        Person person = server.person();
        assertThat(changePassword(person, WRONG, "another good password").errors())
                .containsExactly("/current_password is not your password");
        assertThat(changePassword(person, TestingServer.PASSWORD, "short").errors())
                .containsExactly("/new_password has 5 characters; allowed are 12 to 200");
        assertThat(me(person.api())).isEqualTo(200);
    }

    @Test
    void disablingEndsSessionsAtOnceAndEnablingDoesNotReviveThem() {
        Person person = server.person();
        disable(person);
        assertThat(me(person.api())).isEqualTo(401);
        assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
        Reply enabled =
                server.administrator()
                        .api()
                        .with("If-Match", "\"2\"")
                        .patch("/api/users/" + person.id(), Map.of("disabled", false));
        assertThat(enabled.status()).isEqualTo(200);
        assertThat(me(person.api())).isEqualTo(401);
        assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
        assertThat(login(person.email(), TestingServer.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aSessionEndsAfter7DaysWithoutAndAfter30DaysWithUse() {
        try (TestingServer timed = TestingServer.start()) {
            Person idle = timed.signIn(timed.administrator());
            String used = timed.signIn(timed.administrator()).refreshToken();
            for (int day = 6; day < 30; day += 6) {
                timed.clock().advance(Duration.ofDays(6));
                Reply next =
                        timed.anyone().post("/api/auth/refresh", Map.of("refresh_token", used));
                assertThat(next.status()).as("day " + day).isEqualTo(200);
                used = next.text("refresh_token");
            }
            assertThat(status(timed, idle.refreshToken())).isEqualTo(401);
            timed.clock().advance(Duration.ofDays(6).plusSeconds(1));
            assertThat(status(timed, used)).isEqualTo(401);
        }
    }

    private static int status(TestingServer timed, String refreshToken) {
        return timed.anyone()
                .post("/api/auth/refresh", Map.of("refresh_token", refreshToken))
                .status();
    }

    @Test
    void anAccessTokenEndsAfter15Minutes() {
        try (TestingServer timed = TestingServer.start()) {
            assertThat(me(timed.administrator().api())).isEqualTo(200);
            timed.clock().advance(Duration.ofMinutes(16));
            assertThat(me(timed.administrator().api())).isEqualTo(401);
        }
    }

    @Test
    void whyATokenIsRefusedIsNotSaid() {
        Person person = server.person();
        Person signedOut = server.person();
        signedOut.api().post("/api/auth/logout");
        Reply expected = server.anyone().bearing("x.y.z").get("/api/auth/me");
        assertThat(expected.header("www-authenticate")).contains("Bearer error=\"invalid_token\"");
        for (ApiClient api :
                List.of(
                        signedOut.api(),
                        server.anyone().bearing(""),
                        server.anyone().bearing("tieout_st_x"),
                        server.anyone().bearing(person.refreshToken()),
                        server.anyone().with("Authorization", "Basic eDp5"))) {
            assertThat(api.get("/api/auth/me").comparable()).isEqualTo(expected.comparable());
        }
        Reply nothing = server.anyone().get("/api/auth/me");
        assertThat(nothing.status()).isEqualTo(401);
        assertThat(nothing.header("www-authenticate")).contains("Bearer");
    }

    @Test
    void everyAnswerHasItsRequestId() {
        for (Reply reply :
                List.of(
                        server.anyone().get("/api/auth/me"),
                        login("nobody@example.org", WRONG),
                        refresh("x"),
                        server.anyone().post("/api/auth/login", Map.of()),
                        server.administrator().api().get("/api/users"))) {
            assertThat(reply.header("x-request-id")).isPresent();
        }
        Reply own = server.anyone().with("X-Request-Id", "mine-1").get("/api/auth/me");
        assertThat(own.header("x-request-id")).contains("mine-1");
        assertThat(own.text("request_id")).isEqualTo("mine-1");
    }

    @Test
    void aHashOfAnotherCostIsMadeAnewAtSignIn() {
        Person person = server.person();
        String costly;
        try (Passwords other = new Passwords(new PasswordHash.Cost(20_480, 2, 1))) {
            costly = other.hash(TestingServer.PASSWORD);
        }
        server.database()
                .inWorker(
                        new RequestId("test"),
                        h ->
                                h.execute(
                                        "update users set password_hash = ? where id = ?",
                                        costly,
                                        person.id()));
        assertThat(login(person.email(), TestingServer.PASSWORD).status()).isEqualTo(200);
        String kept =
                server.database()
                        .inWorker(
                                new RequestId("test"),
                                h ->
                                        h.select(
                                                        "select password_hash from users where id = ?",
                                                        person.id())
                                                .mapTo(String.class)
                                                .one());
        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(login(person.email(), TestingServer.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void whatIsKeptOpensNothing() {
        Person person = server.person();
        List<String> kept =
                server.database()
                        .inWorker(
                                new RequestId("test"),
                                h ->
                                        h.select(
                                                        "select encode(token_hash, 'escape') from refresh_tokens"
                                                                + " union all select encode(token_hash, 'escape') from invitations")
                                                .mapTo(String.class)
                                                .list());
        assertThat(kept)
                .isNotEmpty()
                .noneMatch(text -> text.contains("tieout_"))
                .noneMatch(text -> text.contains(person.refreshToken().substring(12)));
    }

    @Test
    void signingInAndOutIsOnTheTrail() {
        Person person = server.person();
        server.signIn(person).api().post("/api/auth/logout");
        refresh(person.refreshToken());
        refresh(person.refreshToken());
        List<String> actions =
                server.database()
                        .inWorker(
                                new RequestId("test"),
                                h ->
                                        h.select(
                                                        "select action from audit_log where actor_id = ? order by number",
                                                        person.id())
                                                .mapTo(String.class)
                                                .list());
        assertThat(actions)
                .containsExactly(
                        "user.accept_invitation", "session.begin", "session.end", "session.reuse");
    }
}
