package io.tieout.server.http;

/// The body or query of a route that takes none.
public record Nothing() {}
