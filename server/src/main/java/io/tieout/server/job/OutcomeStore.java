package io.tieout.server.job;

import io.tieout.engine.outcome.Outcome;

/// Keeps the results of a job.
public interface OutcomeStore {
    /// Stores an outcome and completes the job in one transaction: other transactions see all
    /// results and the job succeeded, or neither.
    ///
    /// @param inputs what was matched; the rows of the outcome are rows of its tables
    /// @param watch hears phases named `storing` and `indexing` with how many results they have,
    /// and ends them
    /// @param completion called once, as the last thing in the transaction
    void store(
            StoredJob job,
            ReconciledInputs inputs,
            Outcome outcome,
            JobWatch watch,
            Completion completion);
}
