package io.tieout.server.job;

import org.jdbi.v3.core.Handle;

/// Marks a job as succeeded.
@FunctionalInterface
public interface Completion {
    /// Runs in the transaction that stores the results, as the worker.
    ///
    /// @param handle the transaction
    /// @param segment the part of `reconciliation_results` in which they are; 0 for the shared one
    /// @param resultCount how many there are
    /// @throws RuntimeException where the job was cancelled or is no longer this node's; the
    /// transaction must then be rolled back
    void complete(Handle handle, int segment, long resultCount);
}
