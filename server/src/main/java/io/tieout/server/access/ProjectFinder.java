package io.tieout.server.access;

import java.util.Map;
import java.util.UUID;

/// Finds the project in which a thing is. Each feature brings one for what its paths name.
@FunctionalInterface
public interface ProjectFinder {
    /// The query that gives the project's id, as `uuid`, for a thing's id; it gives nothing where
    /// there is no such thing. It runs as the caller and is part of a larger one.
    Lookup of(UUID id);

    /// A query.
    ///
    /// @param sql a constant: a `select` of one column; values go in by name only
    /// @param values by name
    record Lookup(String sql, Map<String, Object> values) {
        public Lookup {
            values = Map.copyOf(values);
        }
    }

    /// By a query in which `:id` is the thing's id.
    static ProjectFinder by(String sql) {
        return id -> new Lookup(sql, Map.of("id", id));
    }
}
