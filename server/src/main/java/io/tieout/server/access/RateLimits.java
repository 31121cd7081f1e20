package io.tieout.server.access;

import java.time.Duration;
import java.util.Map;

/// How often one may call.
///
/// @param user calls of one user
/// @param address calls from one address that say no user, or none that is known
/// @param signInAddress tries to sign in from one address
/// @param signInAccount tries to sign in to one account, from wherever
public record RateLimits(Limit user, Limit address, Limit signInAddress, Limit signInAccount) {
    /// So many calls at once, and as many again over the time of a window.
    ///
    /// @param name names it to callers
    /// @param calls at least 1
    /// @param window at least a second
    public record Limit(String name, int calls, Duration window) {
        public Limit {
            if (calls < 1 || window.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        name
                                + " is at least 1 call in at least 1 s, not "
                                + calls
                                + " in "
                                + window);
            }
        }
    }

    /// What is used where nothing else is asked for. A person who mistypes meets none of these; one
    /// account can be tried 1,440 times a day.
    public static RateLimits usual() {
        return new RateLimits(
                new Limit("user", 1_200, Duration.ofMinutes(1)),
                new Limit("address", 300, Duration.ofMinutes(1)),
                new Limit("sign-in", 30, Duration.ofMinutes(1)),
                new Limit("account", 10, Duration.ofMinutes(10)));
    }

    /// The usual ones, with as many calls as `TIEOUT_RATE_LIMIT_USER`, `…_ADDRESS`, `…_SIGN_IN` and
    /// `…_ACCOUNT` say, where they are set.
    ///
    /// @throws AccessFailure where one is no number of calls
    static RateLimits of(Map<String, String> environment) {
        RateLimits usual = usual();
        return new RateLimits(
                said(usual.user(), "TIEOUT_RATE_LIMIT_USER", environment),
                said(usual.address(), "TIEOUT_RATE_LIMIT_ADDRESS", environment),
                said(usual.signInAddress(), "TIEOUT_RATE_LIMIT_SIGN_IN", environment),
                said(usual.signInAccount(), "TIEOUT_RATE_LIMIT_ACCOUNT", environment));
    }

    private static Limit said(Limit usual, String name, Map<String, String> environment) {
        String calls = environment.getOrDefault(name, "");
        if (calls.isBlank()) {
            return usual;
        }
        try {
            return new Limit(usual.name(), Integer.parseInt(calls.strip()), usual.window());
        } catch (IllegalArgumentException _) {
            throw new AccessFailure(
                    name + " is no number of calls",
                    "set it to a whole number from 1 on, or not at all");
        }
    }
}
