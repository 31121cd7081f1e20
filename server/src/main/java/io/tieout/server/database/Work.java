package io.tieout.server.database;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements of one transaction.
@FunctionalInterface
public interface Work<R extends @Nullable Object> {
    /// Runs them.
    ///
    /// @param handle open for the time of this call only; the transaction commits when it returns
    R in(Handle handle) throws SQLException;
}
