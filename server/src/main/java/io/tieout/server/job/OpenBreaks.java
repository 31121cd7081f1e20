package io.tieout.server.job;

import io.tieout.engine.plan.Side;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Finds what a job left open, for the next one to take along.
public interface OpenBreaks {
    /// The references of the records that are in breaks of the job which are open now: neither
    /// written off nor matched by hand.
    ///
    /// @param handle a transaction of the worker
    /// @param jobId a job that succeeded
    /// @return references, see [ReconciledSide], in ascending order, each once
    long[] of(Handle handle, UUID jobId, Side side);
}
