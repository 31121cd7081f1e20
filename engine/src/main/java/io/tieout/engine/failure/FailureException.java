package io.tieout.engine.failure;

/// Carries a [Failure] to the edge that translates it.
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public FailureException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /// What went wrong.
    public Failure failure() {
        return failure;
    }
}
