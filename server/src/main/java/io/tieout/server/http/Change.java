package io.tieout.server.http;

import java.util.Optional;

/// What a request says of a member that can be taken away: a new value, or `null` for none. A
/// member that is not in the request is an empty `Optional<Change<…>>`.
///
/// @param to the new value; empty where the request says `null`
public record Change<T>(Optional<T> to) {}
