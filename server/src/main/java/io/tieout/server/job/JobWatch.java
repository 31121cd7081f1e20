package io.tieout.server.job;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.run.Progress;
import java.sql.Connection;

/// How a running job tells how far it is, and hears that it must end: it was cancelled, its node
/// stops, or it is no longer this node's. Whoever works for a job asks [#isCancelled] at least ten
/// times a second and then ends, by whatever exception.
public interface JobWatch extends Progress {
    /// Ends the work of a job that must end.
    ///
    /// @throws FailureException where it must
    default void requireGoingOn() {
        if (isCancelled()) {
            throw new FailureException(
                    new Failure.Cancelled(
                            Place.UNKNOWN, "the job was cancelled", "start it again"));
        }
    }

    /// While this is open, the end of the job also cancels whatever statement the connection is
    /// running, such as the building of an index, which then fails. For all of a transaction.
    ///
    /// @param connection one to PostgreSQL
    Watched watch(Connection connection);

    /// Stops watching a connection.
    @FunctionalInterface
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }
}
