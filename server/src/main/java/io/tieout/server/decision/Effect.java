package io.tieout.server.decision;

import io.tieout.server.result.ResultStatus;

/// What an action does to a result of a status: the rules of review in one place.
sealed interface Effect {
    /// The result gets another status.
    record Becomes(ResultStatus status) implements Effect {}

    /// The result keeps its status.
    record Stays() implements Effect {}

    /// The action is not for such a result.
    record Refused() implements Effect {}

    static Effect of(Action action, ResultStatus status) {
        return switch (status) {
            case OPEN -> ofOpen(action);
            case SUGGESTED -> ofSuggested(action);
            case CONFIRMED -> ofConfirmed(action);
            case WRITTEN_OFF, MATCHED, REJECTED, UNMATCHED -> ofSettled(action);
            case UNDONE -> new Refused();
        };
    }

    private static Effect ofOpen(Action action) {
        return switch (action) {
            case MATCH -> new Becomes(ResultStatus.MATCHED);
            case WRITE_OFF -> new Becomes(ResultStatus.WRITTEN_OFF);
            case ASSIGN, COMMENT -> new Stays();
            case CONFIRM, REJECT, UNMATCH -> new Refused();
        };
    }

    private static Effect ofSuggested(Action action) {
        return switch (action) {
            case CONFIRM -> new Becomes(ResultStatus.CONFIRMED);
            case REJECT -> new Becomes(ResultStatus.REJECTED);
            case ASSIGN, COMMENT -> new Stays();
            case MATCH, UNMATCH, WRITE_OFF -> new Refused();
        };
    }

    private static Effect ofConfirmed(Action action) {
        return switch (action) {
            case UNMATCH -> new Becomes(ResultStatus.UNMATCHED);
            case ASSIGN, COMMENT -> new Stays();
            case CONFIRM, REJECT, MATCH, WRITE_OFF -> new Refused();
        };
    }

    /// Of a result whose records another one has, or that is done with: only undoing brings it
    // back.
    private static Effect ofSettled(Action action) {
        return switch (action) {
            case COMMENT -> new Stays();
            case CONFIRM, REJECT, MATCH, UNMATCH, WRITE_OFF, ASSIGN -> new Refused();
        };
    }

    /// The status after an action that is not refused.
    static ResultStatus after(Action action, ResultStatus status) {
        return switch (of(action, status)) {
            case Becomes becomes -> becomes.status();
            case Stays _ -> status;
            case Refused _ -> throw new IllegalStateException(action + " of " + status);
        };
    }

    static boolean isRefused(Action action, ResultStatus status) {
        return of(action, status) instanceof Refused;
    }
}
