package io.tieout.server.http;

import io.tieout.server.permission.Caller;
import java.util.Map;
import java.util.Optional;

/// Limits how often a caller may call.
public interface Limiter {
    /// Counts a call.
    ///
    /// @param caller who, where known
    /// @param address where from
    /// @return headers that tell the caller what is left
    /// @throws io.tieout.server.problem.ProblemException 429 where nothing is left
    Map<String, String> count(Route.Quota quota, Optional<Caller> caller, String address);
}
