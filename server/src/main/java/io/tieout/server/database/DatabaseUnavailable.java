package io.tieout.server.database;

/// No connection could be had in time, or the one in use was lost: the database is restarting,
/// overloaded or gone. Nothing of the transaction remains. Asking again later may succeed.
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
