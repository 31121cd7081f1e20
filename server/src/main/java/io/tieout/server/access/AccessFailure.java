package io.tieout.server.access;

/// Signing in cannot be offered as things are configured. The message is one line of what is wrong
/// and what to do; no secret is in it.
public final class AccessFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String problem;
    private final String remedy;

    AccessFailure(String problem, String remedy) {
        super(problem + "; " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    AccessFailure(String problem, String remedy, Throwable cause) {
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
