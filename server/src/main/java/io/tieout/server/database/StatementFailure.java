package io.tieout.server.database;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/// A statement failed that was not run through Jdbi, such as a COPY.
final class StatementFailure extends JdbiException {
    private static final long serialVersionUID = 1;

    StatementFailure(SQLException cause) {
        super(cause);
    }
}
