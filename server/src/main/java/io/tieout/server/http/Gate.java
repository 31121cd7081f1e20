package io.tieout.server.http;

import io.tieout.server.permission.Admission;
import io.tieout.server.permission.Requirement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Lets calls in.
public interface Gate {
    /// Finds out who calls and whether they may.
    ///
    /// @param requirement what the route requires
    /// @param authorization the header, if there is one
    /// @param ids the ids in the path
    /// @throws io.tieout.server.problem.ProblemException 401, 403, or 404 for what is not there as
    /// for what the caller may not know of
    Admission admit(Requirement requirement, Optional<String> authorization, Map<String, UUID> ids);
}
