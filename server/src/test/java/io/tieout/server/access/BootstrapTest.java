package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieout.server.AtOnce;
import io.tieout.server.SettableClock;
import io.tieout.server.access.AccessSettings.FirstAdministrator;
import io.tieout.server.database.Ids;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
    private static final String PASSWORD = "opal tangent veranda 41";
    private static final Optional<FirstAdministrator> NAMED =
            Optional.of(new FirstAdministrator("Admin@Example.org", PASSWORD));

    private final TestingDatabase testing = TestingPostgres.database();
    private final SettableClock clock = new SettableClock();
    private final Ids ids = new Ids(clock);
    private final Passwords passwords = new Passwords(PasswordHash.Cost.LEAST);
    private final Accounts accounts = new Accounts(ids);
    private final Links links = new Links(clock);
    private final Bootstrap bootstrap =
            new Bootstrap(testing.database(), accounts, links, passwords);
    private final Acceptance acceptance =
            new Acceptance(
                    testing.database(),
                    accounts,
                    links,
                    bootstrap,
                    passwords,
                    new SignIn(
                            testing.database(),
                            accounts,
                            new Sessions(ids, clock),
                            passwords,
                            new AccessTokens(
                                    new ConfiguredKeys("x".repeat(32), Optional.empty()), clock),
                            new RateLimiter(RateLimits.usual(), new LocalBuckets(clock))));

    @AfterEach
    void drop() {
        passwords.close();
        testing.close();
    }

    private List<String> administrators() {
        return testing.database()
                .inWorker(
                        new RequestId("test"),
                        h ->
                                h.select("select email from users where administrator")
                                        .mapTo(String.class)
                                        .list());
    }

    private static Acceptance.Accept accept(OneTimeLink link, String email) {
        return new Acceptance.Accept(
                link.token(), PASSWORD, Optional.of(email), Optional.of("First"));
    }

    private int refusedWith(OneTimeLink link, String email) {
        return catchThrowableOfType(
                        ProblemException.class, () -> acceptance.accept(accept(link, email)))
                .problem()
                .status();
    }

    @Test
    void theEnvironmentNamesTheFirstAdministrator() {
        assertThat(bootstrap.start(NAMED)).isEmpty();
        assertThat(administrators()).containsExactly("admin@example.org");
    }

    @Test
    void ofServersThatStartAtOnceOneMakesTheAdministrator() {
        assertThat(AtOnce.times(6, () -> bootstrap.start(NAMED))).allMatch(Optional::isEmpty);
        assertThat(administrators()).containsExactly("admin@example.org");
    }

    @Test
    void laterStartsLeaveTheAdministratorAsItIs() {
        bootstrap.start(NAMED);
        assertThat(
                        bootstrap.start(
                                Optional.of(new FirstAdministrator("other@example.org", PASSWORD))))
                .isEmpty();
        assertThat(bootstrap.start(Optional.empty())).isEmpty();
        assertThat(administrators()).containsExactly("admin@example.org");
    }

    @Test
    void aWeakPasswordOfTheEnvironmentIsRefusedWithoutBeingShown() {
        assertThatThrownBy(
                        () ->
                                bootstrap.start(
                                        Optional.of(
                                                new FirstAdministrator(
                                                        "a@x.org", "administrator"))))
                .isInstanceOf(AccessFailure.class)
                .hasMessageContaining("TIEOUT_BOOTSTRAP_ADMIN_PASSWORD is among the first")
                .message()
                .doesNotContain("administrator;");
        assertThatThrownBy(
                        () ->
                                bootstrap.start(
                                        Optional.of(new FirstAdministrator("admin", PASSWORD))))
                .hasMessageContaining("TIEOUT_BOOTSTRAP_ADMIN_EMAIL is no e-mail address");
        assertThat(administrators()).isEmpty();
    }

    @Test
    void otherwiseALinkMakesWhoeverOpensItTheAdministrator() {
        OneTimeLink link = bootstrap.start(Optional.empty()).orElseThrow();
        assertThat(link.path()).isEqualTo("/accept#" + link.token());
        assertThat(link.toString()).doesNotContain(link.token());
        assertThat(administrators()).isEmpty();
        acceptance.accept(accept(link, "First@Example.org"));
        assertThat(administrators()).containsExactly("first@example.org");
        assertThat(refusedWith(link, "second@example.org")).isEqualTo(410);
        assertThat(bootstrap.start(Optional.empty())).isEmpty();
    }

    @Test
    void ofThoseWhoOpenItAtOnceOneBecomesTheAdministrator() {
        OneTimeLink link = bootstrap.start(Optional.empty()).orElseThrow();
        List<Integer> statuses =
                AtOnce.all(
                        java.util.stream.IntStream.range(0, 6)
                                .<java.util.concurrent.Callable<Integer>>mapToObj(
                                        i -> () -> statusOf(link, "p" + i + "@example.org"))
                                .toList());
        assertThat(statuses).containsOnlyOnce(200);
        assertThat(administrators()).hasSize(1);
    }

    private int statusOf(OneTimeLink link, String email) {
        try {
            acceptance.accept(accept(link, email));
            return 200;
        } catch (ProblemException e) {
            return e.problem().status();
        }
    }

    @Test
    void theLinkIsRenewedAtEachStartAndEndsAfter24Hours() {
        OneTimeLink first = bootstrap.start(Optional.empty()).orElseThrow();
        OneTimeLink second = bootstrap.start(Optional.empty()).orElseThrow();
        assertThat(refusedWith(first, "a@example.org")).isEqualTo(410);
        clock.advance(Duration.ofHours(24));
        assertThat(refusedWith(second, "a@example.org")).isEqualTo(410);
        OneTimeLink third = bootstrap.start(Optional.empty()).orElseThrow();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        acceptance.accept(accept(third, "a@example.org"));
        assertThat(administrators()).hasSize(1);
    }

    @Test
    void whatIsMissingOrWeakLeavesTheLinkAsItIs() {
        OneTimeLink link = bootstrap.start(Optional.empty()).orElseThrow();
        ProblemException missing =
                catchThrowableOfType(
                        ProblemException.class,
                        () ->
                                acceptance.accept(
                                        new Acceptance.Accept(
                                                link.token(),
                                                PASSWORD,
                                                Optional.empty(),
                                                Optional.empty())));
        assertThat(missing.problem().errors()).hasSize(2);
        ProblemException weak =
                catchThrowableOfType(
                        ProblemException.class,
                        () ->
                                acceptance.accept(
                                        new Acceptance.Accept(
                                                link.token(),
                                                "short",
                                                Optional.of("a@example.org"),
                                                Optional.of("A"))));
        assertThat(weak.problem().errors().getFirst().pointer()).isEqualTo("/password");
        acceptance.accept(accept(link, "a@example.org"));
    }
}
