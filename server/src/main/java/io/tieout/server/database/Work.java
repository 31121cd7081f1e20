package io.tieout.server.database;

import org.jdbi.v3.core.Handle;

/// The statements of one transaction.
@FunctionalInterface
public interface Work<R> {
    /// Runs them.
    ///
    /// @param handle open for the time of this call only; the transaction commits when it returns
    R in(Handle handle) throws java.sql.SQLException;
}
