package io.tieout.server.result;

/// What a result is.
public enum ResultKind {
    BREAK,
    MATCH
}
