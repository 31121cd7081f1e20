package io.tieout.server.database;

/// The database cannot be used as it is: it does not start, cannot be reached, or is not what this
/// program needs. The message is one line of what is wrong and what to do, and has no password.
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String problem;
    private final String remedy;

    DatabaseFailure(String problem, String remedy) {
        super(problem + "; " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    DatabaseFailure(String problem, String remedy, Throwable cause) {
        super(problem + "; " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /// What is wrong; no full stop at the end.
    public String problem() {
        return problem;
    }

    /// What to do about it, as an imperative; no full stop at the end.
    public String remedy() {
        return remedy;
    }
}
