package io.tieout.server.result;

import io.tieout.engine.outcome.Breaks;

/// Why a record is a break.
public enum BreakKind {
    /// Nothing on the other side came near.
    MISSING,
    /// The nearest record of the other side agrees in all but some fields.
    DIFFERS,
    /// A twin on its own side was matched instead.
    DUPLICATE,
    /// It tied for a match and was not the one suggested.
    AMBIGUOUS,
    /// Its match was rejected or taken apart.
    REOPENED;

    static BreakKind of(Breaks.Kind kind) {
        return switch (kind) {
            case MISSING -> MISSING;
            case DIFFERS -> DIFFERS;
            case DUPLICATE -> DUPLICATE;
            case AMBIGUOUS -> AMBIGUOUS;
        };
    }
}
