package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieout.server.SettableClock;
import io.tieout.server.access.RateLimits.Limit;
import io.tieout.server.http.Route.Quota;
import io.tieout.server.permission.Caller;
import io.tieout.server.problem.Problem;
import io.tieout.server.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {
    private static final RateLimits LIMITS =
            new RateLimits(
                    new Limit("user", 5, Duration.ofSeconds(50)),
                    new Limit("address", 4, Duration.ofSeconds(40)),
                    new Limit("sign-in", 3, Duration.ofSeconds(30)),
                    new Limit("account", 2, Duration.ofSeconds(120)));

    private final SettableClock clock = new SettableClock();
    private final RateLimiter limiter = new RateLimiter(LIMITS, new LocalBuckets(clock));

    private static Optional<Caller> caller(int number) {
        return Optional.of(
                new Caller(new UUID(0, number), Caller.Kind.PERSON, false, Optional.empty()));
    }

    private Problem refused(Runnable call) {
        return catchThrowableOfType(ProblemException.class, call::run).problem();
    }

    private void spend(int calls, Quota quota, Optional<Caller> caller, String address) {
        for (int i = 0; i < calls; i++) {
            limiter.count(quota, caller, address);
        }
    }

    @Test
    void headersTellTheLimitAndWhatIsLeft() {
        assertThat(limiter.count(Quota.USUAL, caller(1), "10.0.0.1"))
                .isEqualTo(
                        Map.of(
                                "RateLimit-Policy", "\"user\";q=5;w=50",
                                "RateLimit", "\"user\";r=4;t=10"));
    }

    @Test
    void whatIsSpentComesBackBitByBit() {
        spend(5, Quota.USUAL, caller(1), "10.0.0.1");
        Problem problem = refused(() -> spend(1, Quota.USUAL, caller(1), "10.0.0.1"));
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.headers())
                .containsEntry("Retry-After", "10")
                .containsEntry("RateLimit", "\"user\";r=0;t=50")
                .containsEntry("RateLimit-Policy", "\"user\";q=5;w=50");
        clock.advance(Duration.ofSeconds(9));
        refused(() -> spend(1, Quota.USUAL, caller(1), "10.0.0.1"));
        clock.advance(Duration.ofSeconds(1));
        spend(1, Quota.USUAL, caller(1), "10.0.0.1");
        refused(() -> spend(1, Quota.USUAL, caller(1), "10.0.0.1"));
    }

    @Test
    void aUserCountsByThemselfWhereverTheyAre() {
        spend(3, Quota.USUAL, caller(1), "10.0.0.1");
        spend(2, Quota.USUAL, caller(1), "10.0.0.2");
        refused(() -> spend(1, Quota.USUAL, caller(1), "10.0.0.3"));
        spend(5, Quota.USUAL, caller(2), "10.0.0.1");
    }

    @Test
    void whoIsNotKnownCountsByAddress() {
        spend(4, Quota.USUAL, Optional.empty(), "10.0.0.1");
        refused(() -> spend(1, Quota.USUAL, Optional.empty(), "10.0.0.1"));
        spend(4, Quota.USUAL, Optional.empty(), "10.0.0.2");
    }

    @Test
    void signingInCountsByAddressAloneAndTighter() {
        spend(3, Quota.SIGN_IN, Optional.empty(), "10.0.0.1");
        refused(() -> spend(1, Quota.SIGN_IN, Optional.empty(), "10.0.0.1"));
        spend(4, Quota.USUAL, Optional.empty(), "10.0.0.1");
    }

    @Test
    void healthIsNotCounted() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.count(Quota.NONE, Optional.empty(), "10.0.0.1")).isEmpty();
        }
    }

    @Test
    void anIpv6CustomerIsOneAddress() {
        spend(3, Quota.SIGN_IN, Optional.empty(), "2001:db8:1:2::1");
        refused(() -> spend(1, Quota.SIGN_IN, Optional.empty(), "2001:db8:1:2:ffff::9"));
        spend(1, Quota.SIGN_IN, Optional.empty(), "2001:db8:1:3::1");
        spend(1, Quota.SIGN_IN, Optional.empty(), "::ffff:10.0.0.9");
    }

    @Test
    void manyAddressesGuessOneAccountNoFaster() {
        limiter.countTry("a@example.org", "10.0.0.1");
        limiter.countTry("a@example.org", "10.0.0.2");
        Problem problem = refused(() -> limiter.countTry("a@example.org", "10.0.0.3"));
        assertThat(problem.headers()).containsEntry("Retry-After", "60");
        limiter.countTry("b@example.org", "10.0.0.3");
    }

    @Test
    void guessersDoNotLockOutTheOwnerWhereTheySignedInBefore() {
        limiter.countTry("a@example.org", "192.168.1.1");
        limiter.succeeded("a@example.org", "192.168.1.1");
        limiter.countTry("a@example.org", "10.0.0.1");
        refused(() -> limiter.countTry("a@example.org", "10.0.0.2"));
        assertThatCode(
                        () -> {
                            limiter.countTry("a@example.org", "192.168.1.1");
                            limiter.countTry("a@example.org", "192.168.1.1");
                        })
                .doesNotThrowAnyException();
        refused(() -> limiter.countTry("a@example.org", "192.168.1.1"));
    }

    @Test
    void manyCallersDoNotTakeMemoryWithoutEnd() {
        LocalBuckets buckets = new LocalBuckets(clock);
        for (int i = 0; i < 200_000; i++) {
            buckets.take("caller " + i, LIMITS.address());
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(50_000);
    }
}
