package io.tieout.server.job;

import org.jdbi.v3.core.Handle;

/// Something that is cleared away now and then, such as what has expired. Features give theirs.
///
/// @param name for the log
/// @param work what is done, in a transaction of the worker
public record Chore(String name, Work work) {
    /// The statements of a chore.
    @FunctionalInterface
    public interface Work {
        /// Runs them.
        ///
        /// @return how many things were cleared away
        int in(Handle handle);
    }
}
