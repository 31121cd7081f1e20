package io.tieout.server.result;

import java.util.Optional;
import java.util.UUID;

/// The id of a result: a UUID of version 7 in form, computed and not kept. Its time is that of its
/// job's id; its other 74 bits are the job's number (40 bits) and the position in the job (34), so
/// that finding a result by its id needs no index of its own, and ids of one job sort in the order
/// of its results.
///
/// @param millis since 1970, as in the id of the job
/// @param place the result's
record ResultId(long millis, long place) {
    private static final int VERSION = 7;
    private static final int VARIANT = 2;
    private static final int LOW_BITS = 62;
    private static final int HIGH_BITS = 12;
    private static final int MILLIS_SHIFT = 16;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final int MIDDLE_MASK = (1 << HIGH_BITS) - 1;

    /// The id of the result of a job at a place.
    static UUID of(UUID jobId, long place) {
        return new ResultId(millis(jobId), place).uuid();
    }

    private static long millis(UUID jobId) {
        return jobId.getMostSignificantBits() >>> MILLIS_SHIFT;
    }

    UUID uuid() {
        // The place has 63 bits; of its 74 the upper ones are 0.
        long high = (millis << MILLIS_SHIFT) | (VERSION << HIGH_BITS) | (place >>> LOW_BITS);
        return new UUID(high, (1L << (Long.SIZE - 1)) | (place & LOW_MASK));
    }

    /// What an id says; empty for one that no result can have.
    static Optional<ResultId> parse(UUID id) {
        int middle = (int) id.getMostSignificantBits() & MIDDLE_MASK;
        if (id.version() != VERSION || id.variant() != VARIANT || middle > 1) {
            return Optional.empty();
        }
        long place = ((long) middle << LOW_BITS) | (id.getLeastSignificantBits() & LOW_MASK);
        return Optional.of(new ResultId(id.getMostSignificantBits() >>> MILLIS_SHIFT, place));
    }

    /// Whether it is one of that job, given the job's number out of the place.
    boolean isOf(UUID jobId) {
        return millis == millis(jobId);
    }
}
