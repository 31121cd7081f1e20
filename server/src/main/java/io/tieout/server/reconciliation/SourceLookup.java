package io.tieout.server.reconciliation;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Finds data sources for reconciliations and jobs. Given by the feature of data sources.
public interface SourceLookup {
    /// A data source of a project that is not deleted.
    ///
    /// @param handle a transaction; as a user's, it sees what that user may see
    Optional<SourceFacts> find(Handle handle, UUID projectId, UUID sourceId);

    /// A data source whether deleted or not: a job that was started on it goes on.
    ///
    /// @param handle a transaction of the worker
    Optional<SourceFacts> kept(Handle handle, UUID sourceId);

    /// The newest ready data source of a name that is not deleted.
    Optional<SourceFacts> newest(Handle handle, UUID projectId, String name);
}
