package io.tieout.server.decision;

/// What a reviewer does with results.
enum Action {
    /// A suggested match stands.
    CONFIRM,
    /// A suggested match is none; its records become open breaks.
    REJECT,
    /// Open breaks of both sides are one match.
    MATCH,
    /// A confirmed match is none; its records become open breaks.
    UNMATCH,
    /// An open break is accepted as it is, for a reason.
    WRITE_OFF,
    /// Somebody is to look at a result, or nobody.
    ASSIGN,
    /// Something is said of a result.
    COMMENT;

    /// Whether a project may require that somebody else approves it.
    boolean needsFourEyes() {
        return switch (this) {
            case MATCH, WRITE_OFF -> true;
            case CONFIRM, REJECT, UNMATCH, ASSIGN, COMMENT -> false;
        };
    }
}
