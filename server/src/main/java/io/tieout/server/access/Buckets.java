package io.tieout.server.access;

import io.tieout.server.access.RateLimits.Limit;
import java.time.Duration;

/// Counts calls against limits: in this process, or in a place that several servers share. Safe for
/// use by many threads.
interface Buckets {
    /// Takes one call from what is left for a key.
    Taken take(String key, Limit limit);

    /// What became of it.
    ///
    /// @param granted whether there was one left
    /// @param left how many are left
    /// @param next how long until there is one again; zero where there is
    /// @param full how long until all are there again
    record Taken(boolean granted, long left, Duration next, Duration full) {}
}
