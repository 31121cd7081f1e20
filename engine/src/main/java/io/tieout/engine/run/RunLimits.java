package io.tieout.engine.run;

/// How much a run may use.
///
/// @param threads threads that work at once, 1 to 1,024; the outcome does not depend on it
/// @param maxPairs most pairs that one pass may compare; a pass estimated above it fails before it
/// starts
public record RunLimits(int threads, long maxPairs) {
    /// Two billion pairs: minutes, not hours.
    public static final long DEFAULT_MAX_PAIRS = 2_000_000_000L;

    public RunLimits {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException(
                    "threads lie between 1 and 1,024, not at " + threads);
        }
        if (maxPairs < 1) {
            throw new IllegalArgumentException("the limit of pairs is at least 1, not " + maxPairs);
        }
    }

    /// The default limits for a number of threads.
    public static RunLimits threads(int threads) {
        return new RunLimits(threads, DEFAULT_MAX_PAIRS);
    }
}
