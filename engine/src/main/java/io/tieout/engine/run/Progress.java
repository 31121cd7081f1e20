package io.tieout.engine.run;

/// Hears how far a run is, and may end it. Called from several threads at once.
public interface Progress {
    /// Hears nothing and never ends the run.
    Progress NONE = new Progress() {};

    /// A phase starts.
    ///
    /// @param name for people: `pass reference`
    /// @param total units of work it has, 0 when unknown
    default void phase(String name, long total) {}

    /// So many units more of the current phase are done.
    default void advance(long units) {}

    /// Whether the run should end; asked many times a second. The run then fails with
    /// [io.tieout.engine.failure.Failure.Cancelled].
    default boolean isCancelled() {
        return false;
    }
}
