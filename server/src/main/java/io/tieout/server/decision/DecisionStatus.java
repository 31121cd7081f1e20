package io.tieout.server.decision;

/// How far a decision is.
enum DecisionStatus {
    /// It holds.
    APPLIED,
    /// It waits for somebody else's approval; nothing is done yet.
    PENDING,
    /// Somebody else did not approve; nothing was done.
    DECLINED,
    /// It held, or waited, and was taken back.
    UNDONE
}
