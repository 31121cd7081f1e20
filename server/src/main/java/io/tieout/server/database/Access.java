package io.tieout.server.database;

/// What a transaction does, and so what may be done with it when the database turns it down.
public enum Access {
    /// Reads only; the database refuses every write.
    READ,
    /// Reads and writes, once: a serialization failure or deadlock is the caller's.
    WRITE,
    /// Reads and writes with a body that has no effect outside the database, so that it is run
    /// again after a serialization failure or a deadlock, a few times.
    WRITE_REPEATABLE
}
