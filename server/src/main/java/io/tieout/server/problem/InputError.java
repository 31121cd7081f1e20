package io.tieout.server.problem;

/// One thing that is wrong with a request's input.
///
/// @param pointer where: a JSON pointer into the body, or `?name` for a query parameter
/// @param problem what is wrong, with the limit and the actual size where there is one; never the
/// value
public record InputError(String pointer, String problem) {}
