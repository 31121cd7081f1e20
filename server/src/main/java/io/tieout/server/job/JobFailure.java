package io.tieout.server.job;

import io.tieout.engine.failure.Failure;
import io.tieout.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Why a job failed, as it is kept and shown: never with a customer's values.
///
/// @param kind which kind of failure
/// @param where the place in a data source or in the plan; empty where there is none
/// @param problem what is wrong, with the limit and the actual where there are such
/// @param remedy what to do about it
record JobFailure(String kind, String where, String problem, String remedy) {
    /// What the engine or a reader says.
    static JobFailure of(Failure failure) {
        String kind =
                switch (failure) {
                    case Failure.InvalidPlan _ -> "invalid_plan";
                    case Failure.UnreadableSource _ -> "unreadable_source";
                    case Failure.LimitExceeded _ -> "limit_exceeded";
                    case Failure.UnwritableOutcome _ -> "unwritable_outcome";
                    case Failure.UnprovenOutcome _ -> "unproven_outcome";
                    case Failure.Cancelled _ -> "cancelled";
                };
        return new JobFailure(
                kind, failure.place().toString(), failure.problem(), failure.remedy());
    }

    /// A defect of ours.
    static JobFailure internal() {
        return new JobFailure(
                "internal",
                "",
                "something is broken on our side",
                "it is in the log under the job's request id; try again, and tell your"
                        + " administrator the id");
    }

    /// The heap was too small, whatever was estimated.
    static JobFailure outOfMemory() {
        return new JobFailure(
                "out_of_memory",
                "",
                "the server's memory was not enough for the job",
                "give the server more memory, let fewer jobs run at once, or split the sources");
    }

    /// It can never fit.
    static JobFailure tooLarge(int needMegabytes, int budgetMegabytes) {
        return new JobFailure(
                "too_large",
                "",
                "the job needs about %,d MiB of memory, more than the %,d MiB that jobs may use"
                        .formatted(needMegabytes, budgetMegabytes),
                "give the server more memory, or split the sources");
    }

    /// It took its server down again and again.
    static JobFailure lost(int times) {
        return new JobFailure(
                "lost",
                "",
                "its server stopped %d times while it ran".formatted(times),
                "look for the reason in the servers' logs, give them more memory, and start it"
                        + " again");
    }

    /// The results found no room.
    static JobFailure databaseFull() {
        return new JobFailure(
                "database_full",
                "",
                "the database has no room for what the job writes",
                "make room for the database, and start the job again");
    }

    /// Records went away while it ran.
    static JobFailure sourceGone(String source) {
        return new JobFailure(
                "unreadable_source",
                source,
                "its records are not all there any more",
                "load the data source again, and start the job with the new one");
    }

    String json() {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("kind", kind);
        tree.put("where", where);
        tree.put("problem", problem);
        tree.put("remedy", remedy);
        return new String(Json.writeTree(tree), StandardCharsets.UTF_8);
    }

    /// Carries one out of the work on a job.
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient JobFailure failure;

        Thrown(JobFailure failure) {
            super(failure.problem(), null, false, false);
            this.failure = failure;
        }

        JobFailure failure() {
            return failure;
        }
    }
}
