package io.tieout.server.access;

import io.tieout.server.problem.Problem;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Logger;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The rules that the database holds over several rows, told as problems when it refuses a change.
/// They are held there and not here, since only there two changes at once see each other.
public final class RuleProblems {
    private static final Logger LOG = Logger.getLogger(RuleProblems.class.getName());

    private RuleProblems() {}

    /// The problem that an exception stands for; empty where it is of no such rule.
    public static Optional<Problem> of(RuntimeException thrown) {
        return thrown instanceof JdbiException ? byState(state(thrown)) : Optional.empty();
    }

    private static Optional<Problem> byState(String state) {
        return switch (state) {
            case "TI001" ->
                    Optional.of(
                            Problem.conflict(
                                    "last-owner",
                                    "A project keeps an owner",
                                    "make somebody else an owner first"));
            case "TI002" ->
                    Optional.of(
                            Problem.conflict(
                                    "last-administrator",
                                    "An administrator remains",
                                    "make somebody else an administrator first"));
            case "TI003" ->
                    Optional.of(
                            Problem.conflict(
                                    "machine-owner",
                                    "A machine cannot own a project",
                                    "give it a role up to `editor`, in the one project it is made for"));
            // What row-level security refuses was let through by the routes: a role was taken away
            // in between, or a check is missing. Either way there is nothing for this caller.
            case "42501" -> {
                LOG.warning("the database refused what a route had let in");
                yield Optional.of(Problem.notFound());
            }
            // A statement of a request that took too long, or one that was broken off.
            case "57014" ->
                    Optional.of(
                            Problem.unavailable(
                                    "the database took too long; ask for less at once"));
            default -> Optional.empty();
        };
    }

    private static String state(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
