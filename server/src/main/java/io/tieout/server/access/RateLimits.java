package io.tieout.server.access;

import java.time.Duration;

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
}
