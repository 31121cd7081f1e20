package io.tieout.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tieout.server.access.Buckets.Taken;
import io.tieout.server.access.RateLimits.Limit;
import io.tieout.server.http.Limiter;
import io.tieout.server.http.Route.Quota;
import io.tieout.server.permission.Caller;
import io.tieout.server.problem.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Limits callers by who they are, or by where they come from as long as that is not known, and
/// sign-ins by where they come from and by the account that is tried.
///
/// Tries at one account count together, wherever they come from, so that many addresses guess no
/// faster than one. That alone would let anyone lock its owner out, so an address from which the
/// account was signed in to before counts on its own.
final class RateLimiter implements Limiter {
    private static final int MOST_REMEMBERED = 50_000;
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final int IPV6_BYTES = 16;
    private static final int IPV6_SITE_BYTES = 8;

    private final RateLimits limits;
    private final Buckets buckets;
    private final Cache<String, Boolean> signedInBefore =
            Caffeine.newBuilder()
                    .maximumSize(MOST_REMEMBERED)
                    .expireAfterAccess(REMEMBERED)
                    .build();

    RateLimiter(RateLimits limits, Buckets buckets) {
        this.limits = limits;
        this.buckets = buckets;
    }

    @Override
    public Map<String, String> count(Quota quota, Optional<Caller> caller, String address) {
        return switch (quota) {
            case NONE -> Map.of();
            case SIGN_IN -> count(site(address), limits.signInAddress());
            case USUAL ->
                    caller.map(who -> count(who.userId().toString(), limits.user()))
                            .orElseGet(() -> count(site(address), limits.address()));
        };
    }

    /// Counts a try at an account.
    ///
    /// @throws io.tieout.server.problem.ProblemException 429 where nothing is left
    void countTry(String email, String address) {
        String account = account(email);
        String known = account + "@" + site(address);
        boolean isKnown = signedInBefore.getIfPresent(known) != null;
        count(isKnown ? known : account, limits.signInAccount());
    }

    /// Remembers that somebody who knows the password came from an address.
    void succeeded(String email, String address) {
        signedInBefore.put(account(email) + "@" + site(address), true);
    }

    private Map<String, String> count(String key, Limit limit) {
        Taken taken = buckets.take(key, limit);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "RateLimit-Policy",
                "\"%s\";q=%d;w=%d"
                        .formatted(limit.name(), limit.calls(), limit.window().toSeconds()));
        headers.put(
                "RateLimit",
                "\"%s\";r=%d;t=%d".formatted(limit.name(), taken.left(), secondsUp(taken.full())));
        if (!taken.granted()) {
            Problem problem = Problem.tooMany(Math.max(1, secondsUp(taken.next())));
            for (Map.Entry<String, String> header : headers.entrySet()) {
                problem = problem.with(header.getKey(), header.getValue());
            }
            throw problem.exception();
        }
        return headers;
    }

    private static long secondsUp(Duration time) {
        return time.toSeconds() + (time.toNanosPart() > 0 ? 1 : 0);
    }

    // Not the e-mail itself: what counts may be kept elsewhere, and need not know whom it counts.
    private static String account(String email) {
        byte[] hash = OpaqueToken.sha256(email.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
    }

    /// An address, or of IPv6 the half that a provider gives to one customer as a whole.
    private static String site(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // A literal: nothing is looked up.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == IPV6_BYTES
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_SITE_BYTES))
                    : address;
        } catch (UnknownHostException _) {
            return address;
        }
    }
}
