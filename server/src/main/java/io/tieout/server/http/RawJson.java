package io.tieout.server.http;

/// A value that is JSON already, such as one that the database keeps; written as it is.
///
/// @param text valid JSON
public record RawJson(String text) {}
