package io.tieout.server.result;

/// How far a result is. The first three are a break's, the next four a match's; the last is
// either's.
public enum ResultStatus {
    /// A break that waits for somebody.
    OPEN,
    /// A break that was written off.
    WRITTEN_OFF,
    /// A break whose record was matched by hand.
    MATCHED,
    /// A match that waits for somebody.
    SUGGESTED,
    /// A match that stands.
    CONFIRMED,
    /// A suggested match that was refused; its records are open breaks.
    REJECTED,
    /// A confirmed match that was taken apart; its records are open breaks.
    UNMATCHED,
    /// A result that a decision made which was undone. Lists do not show it.
    UNDONE;

    /// Where the records of a result of this status count, in control totals.
    enum Holding {
        MATCHED,
        OPEN,
        WRITTEN_OFF,
        /// Nowhere: another result has them.
        NONE
    }

    Holding holding() {
        return switch (this) {
            case OPEN -> Holding.OPEN;
            case WRITTEN_OFF -> Holding.WRITTEN_OFF;
            case SUGGESTED, CONFIRMED -> Holding.MATCHED;
            case MATCHED, REJECTED, UNMATCHED, UNDONE -> Holding.NONE;
        };
    }
}
