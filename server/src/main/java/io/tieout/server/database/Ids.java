package io.tieout.server.database;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// Makes ids of version 7: 48 bits of milliseconds, then 74 bits of which the first 12 count on
/// within a millisecond, so that ids of one process sort in the order in which they were made even
/// where the clock stands still or goes back. Made here and not by the database, since PostgreSQL
/// has `uuidv7()` only from version 18 on.
public final class Ids {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    // Milliseconds and counter as one number, so that an overflowing counter borrows a millisecond.
    private long last;

    public Ids(InstantSource clock) {
        this.clock = clock;
    }

    /// The next id, greater than every one before. Safe for use by many threads.
    public UUID next() {
        long stamp = advance();
        long high = (stamp >>> COUNTER_BITS << 16) | 0x7000L | (stamp & COUNTER_MASK);
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private synchronized long advance() {
        last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
        return last;
    }
}
