package io.tieout.server.source;

/// Loads.
final class SourceLoader {
    void wake() {}
}
