package io.tieout.engine.failure;

/// Why a run could not be done: the closed set of operating failures. Each edge of the system
/// translates them once, the command to an exit status and one line, the server to a problem
/// document. A failure never carries a customer's values. A break is a result, never a failure.
public sealed interface Failure {
    /// Where it was found; [Place#UNKNOWN] if nowhere in particular.
    Place place();

    /// What is wrong, with the limit and the actual where there are such; no full stop at the end.
    String problem();

    /// What to do about it, as an imperative; no full stop at the end.
    String remedy();

    /// One line: place, problem and remedy.
    default String message() {
        String where = place().toString();
        return (where.isEmpty() ? "" : where + ": ") + problem() + "; " + remedy();
    }

    /// The same failure, found at a place.
    default Failure at(Place where) {
        return switch (this) {
            case InvalidPlan f -> new InvalidPlan(where, f.problem(), f.remedy());
            case UnreadableSource f -> new UnreadableSource(where, f.problem(), f.remedy());
            case LimitExceeded f -> new LimitExceeded(where, f.problem(), f.remedy());
            case UnwritableOutcome f -> new UnwritableOutcome(where, f.problem(), f.remedy());
            case UnprovenOutcome f -> new UnprovenOutcome(where, f.problem(), f.remedy());
            case Cancelled f -> new Cancelled(where, f.problem(), f.remedy());
        };
    }

    /// The plan cannot be understood, or does not fit the sources.
    record InvalidPlan(Place place, String problem, String remedy) implements Failure {}

    /// A source is missing, malformed, or not of a kind that can be read.
    record UnreadableSource(Place place, String problem, String remedy) implements Failure {}

    /// Something is larger than its limit; it was stopped before the work began where that can be
    /// known.
    record LimitExceeded(Place place, String problem, String remedy) implements Failure {}

    /// The outcome cannot be written where it was asked for.
    record UnwritableOutcome(Place place, String problem, String remedy) implements Failure {}

    /// The control totals do not tie out: records or amounts were lost or made. Always a defect of
    /// ours.
    record UnprovenOutcome(Place place, String problem, String remedy) implements Failure {}

    /// The caller cancelled the run.
    record Cancelled(Place place, String problem, String remedy) implements Failure {}
}
