package io.tieout.server.result;

/// Numbers that name results and shelves. A place is the number of a job times 2^34 plus a position
/// in the job; a shelf is the number of a job times 2^20 plus its own in the job. So one index on
/// one number keeps the results of a job together, in their order.
final class Places {
    /// Most results of one job, what decisions add included.
    static final long MOST_POSITIONS = 1L << 34;

    /// Most shelves of one job.
    static final int MOST_SHELVES = 1 << 20;

    private static final int POSITION_BITS = 34;
    private static final int SHELF_BITS = 20;
    private static final long MOST_JOBS = 1L << (Long.SIZE - 1 - POSITION_BITS);

    private Places() {}

    static long place(long jobNumber, long position) {
        if (jobNumber < 0 || jobNumber >= MOST_JOBS) {
            throw new IllegalArgumentException("no job has the number " + jobNumber);
        }
        if (position < 0 || position >= MOST_POSITIONS) {
            throw new IllegalArgumentException("no result has the position " + position);
        }
        return (jobNumber << POSITION_BITS) | position;
    }

    static long jobNumber(long place) {
        return place >>> POSITION_BITS;
    }

    static long position(long place) {
        return place & (MOST_POSITIONS - 1);
    }

    static long shelf(long jobNumber, int ordinal) {
        if (ordinal < 0 || ordinal >= MOST_SHELVES) {
            throw new IllegalArgumentException("a job has no shelf " + ordinal);
        }
        return (jobNumber << SHELF_BITS) | ordinal;
    }

    static int ordinal(long shelf) {
        return (int) (shelf & (MOST_SHELVES - 1));
    }

    /// The first of the numbers that shelves of a job can have.
    static long firstShelf(long jobNumber) {
        return jobNumber << SHELF_BITS;
    }
}
