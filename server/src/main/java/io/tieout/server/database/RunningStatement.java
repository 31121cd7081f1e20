package io.tieout.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// What a connection is doing now, seen from another thread.
public final class RunningStatement {
    private RunningStatement() {}

    /// Has the database end the statement that the connection is running, which then fails with
    /// SQLSTATE 57014. Does nothing where it runs none.
    public static void cancel(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }
}
