package io.tieout.server.reconciliation;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.PlanFile;
import io.tieout.server.problem.InputError;
import io.tieout.server.reconciliation.PairEstimator.Estimate;
import io.tieout.server.reconciliation.ReconciliationForms.Mistake;
import io.tieout.server.reconciliation.ReconciliationForms.PlanCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says what a job would meet: mistakes in the plan, columns that are not there, rows that would be
/// rejected, pairs that would be compared.
final class PlanChecks {
    private final PairEstimator estimator;

    PlanChecks(PairEstimator estimator) {
        this.estimator = estimator;
    }

    /// What was found of a plan and of the sources that are known.
    record Found(
            PlanFile plan,
            boolean hasLines,
            Optional<SourceFacts> left,
            Optional<SourceFacts> right,
            int maxRejects,
            List<InputError> errors) {
        Found {
            errors = List.copyOf(errors);
        }

        Optional<SourceFacts> source(Side side) {
            return side == Side.LEFT ? left : right;
        }
    }

    /// The answer for a plan that cannot be read.
    static PlanCheck unreadable(InputError error) {
        return new PlanCheck(
                false,
                List.of(mistake(error)),
                List.of(),
                Optional.of("the plan is not valid"),
                Optional.empty());
    }

    private static Mistake mistake(InputError error) {
        return new Mistake(error.pointer(), error.problem());
    }

    /// Estimates where there is nothing wrong yet.
    PlanCheck check(Found found) {
        if (!found.errors().isEmpty()) {
            return without(found, "something is wrong; see `errors`");
        }
        for (Side side : Side.values()) {
            Optional<SourceFacts> source = found.source(side);
            if (source.isEmpty()) {
                return without(found, "no " + side.word() + " data source is named");
            }
            if (source.get().status() != SourceFacts.Status.READY) {
                return without(found, "the " + side.word() + " data source is still loading");
            }
        }
        return answer(found, estimate(found));
    }

    private Estimate estimate(Found found) {
        return estimator.estimate(
                found.plan(),
                found.left().orElseThrow(),
                found.right().orElseThrow(),
                found.maxRejects());
    }

    private static PlanCheck answer(Found found, Estimate estimate) {
        return switch (estimate) {
            case Estimate.Known known ->
                    new PlanCheck(
                            true,
                            List.of(),
                            known.passes().stream()
                                    .map(
                                            pass ->
                                                    new ReconciliationForms.Estimate(
                                                            pass.pass(),
                                                            pass.pairs(),
                                                            pass.method()))
                                    .toList(),
                            Optional.empty(),
                            Optional.of(found.plan().digest()));
            case Estimate.Failing failing ->
                    new PlanCheck(
                            false,
                            List.of(mistake(located(failing.failure(), found.hasLines()))),
                            List.of(),
                            Optional.of("a job would fail; see `errors`"),
                            Optional.of(found.plan().digest()));
            case Estimate.TooLarge large ->
                    without(
                            found,
                            String.format(
                                    Locale.ROOT,
                                    "there are %,d records; up to %,d are read for a check. A job"
                                            + " estimates before it compares",
                                    large.records(),
                                    large.most()));
        };
    }

    /// A failure within a data source is nowhere in the body of the request.
    private static InputError located(Failure failure, boolean hasLines) {
        return failure instanceof Failure.UnreadableSource
                ? new InputError("", failure.message())
                : PlanInput.error(failure, hasLines);
    }

    private static PlanCheck without(Found found, String note) {
        return new PlanCheck(
                found.errors().isEmpty(),
                found.errors().stream().map(PlanChecks::mistake).toList(),
                List.of(),
                Optional.of(note),
                Optional.of(found.plan().digest()));
    }
}
