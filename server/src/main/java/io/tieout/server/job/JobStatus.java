package io.tieout.server.job;

import java.util.Locale;

/// Where a job is in its life.
public enum JobStatus {
    /// It waits for its turn, or for memory.
    QUEUED,
    /// A node works on it.
    RUNNING,
    /// It is done and its results are there.
    SUCCEEDED,
    /// It could not be done; its failure says why.
    FAILED,
    /// Somebody ended it.
    CANCELLED;

    /// As it is kept and shown.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The status of a word that [#word] gave.
    static JobStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Whether nothing will change it any more.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }
}
