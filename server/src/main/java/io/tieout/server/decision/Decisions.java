package io.tieout.server.decision;

import io.tieout.engine.plan.Side;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Ids;
import io.tieout.server.decision.DecisionStore.Stored;
import io.tieout.server.http.Json;
import io.tieout.server.problem.Problem;
import io.tieout.server.project.ProjectRules;
import io.tieout.server.result.ResultFilter;
import io.tieout.server.result.ResultStatus;
import io.tieout.server.result.ReviewedJob;
import io.tieout.server.result.ReviewedJob.Chosen;
import io.tieout.server.result.ReviewedJob.Target;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Takes decisions, carries them out or lets them wait, and undoes them.
final class Decisions {
    /// Most results that one decision may be on.
    static final long MOST_RESULTS = 1_000_000;

    /// A decision on very many results takes longer than a request may otherwise.
    private static final String NO_HURRY = "set local statement_timeout = '10min'";

    private final Ids ids;

    Decisions(Ids ids) {
        this.ids = ids;
    }

    /// Decides on some results.
    ///
    /// @param at the pointer to what names them
    /// @return the decision's id
    UUID take(Handle handle, ReviewedJob job, Terms terms, List<Target> targets, String at) {
        for (Target target : targets) {
            requireFit(terms.action(), target.status(), target.isPending());
        }
        if (terms.action() == Action.MATCH) {
            requireBothSides(targets, at);
        }
        return decide(
                handle,
                job,
                terms,
                number -> {
                    job.choose(number, targets);
                    return targets.size();
                });
    }

    /// Decides on the results that meet a filter.
    ///
    /// @param expected how many these must be
    UUID take(
            Handle handle,
            ReviewedJob job,
            Terms terms,
            ResultFilter filter,
            UUID caller,
            long expected) {
        handle.execute(NO_HURRY);
        return decide(
                handle,
                job,
                terms,
                number -> {
                    Chosen chosen = job.choose(number, filter, caller);
                    requireExpected(chosen.count(), expected);
                    chosen.byStatus()
                            .keySet()
                            .forEach(status -> requireFit(terms.action(), status, false));
                    if (chosen.pending() > 0 && terms.action() != Action.COMMENT) {
                        throw waiting().exception();
                    }
                    return chosen.count();
                });
    }

    /// Chooses the results of a decision.
    @FunctionalInterface
    private interface Choice {
        /// Chooses them, and gives how many there are.
        long choose(long decision);
    }

    private UUID decide(Handle handle, ReviewedJob job, Terms terms, Choice choice) {
        if (terms.assignee().isPresent()
                && !ProjectRules.isMember(handle, job.projectId(), terms.assignee().get())) {
            throw Problem.invalid("/assignee_id", "is no member of the project").exception();
        }
        boolean waits =
                terms.action().needsFourEyes()
                        && ProjectRules.needsFourEyes(handle, job.projectId());
        UUID id = ids.next();
        DecisionStatus status = waits ? DecisionStatus.PENDING : DecisionStatus.APPLIED;
        long number = DecisionStore.insert(handle, id, job, terms, status);
        long count = choice.choose(number);
        DecisionStore.count(handle, number, count);
        if (waits) {
            job.await(number);
        } else {
            carryOut(job, number, terms.action(), terms.assignee());
        }
        AuditEvent event =
                event(job, id, DecisionStore.word(terms.action()))
                        .with("results", count)
                        .with("status", DecisionStore.word(status));
        if (terms.filter().isPresent()) {
            event = event.with("filter", withoutValues(terms.filter().get()));
        }
        AuditTrail.append(handle, event);
        return id;
    }

    private static AuditEvent event(ReviewedJob job, UUID decision, String verb) {
        return AuditEvent.in(job.projectId(), "decision." + verb, "decision", decision)
                .with("job", job.jobId());
    }

    /// What a filter says, but for the beginning of a key, which is a customer's.
    private static String withoutValues(String filter) {
        StringBuilder said = new StringBuilder();
        Json.tree(filter)
                .properties()
                .forEach(
                        member -> {
                            if (!member.getValue().isNull()) {
                                String value =
                                        member.getKey().equals("text")
                                                ? "…"
                                                : member.getValue().asString();
                                said.append(said.isEmpty() ? "" : " ")
                                        .append(member.getKey())
                                        .append('=')
                                        .append(value);
                            }
                        });
        return said.toString();
    }

    private static void carryOut(
            ReviewedJob job, long number, Action action, Optional<UUID> assignee) {
        switch (action) {
            case CONFIRM, WRITE_OFF -> job.move(number, status -> Effect.after(action, status));
            case REJECT, UNMATCH -> job.takeApart(number, status -> Effect.after(action, status));
            case MATCH -> job.match(number);
            case ASSIGN -> job.assign(number, assignee.orElse(null));
            case COMMENT -> job.comment(number, 1);
        }
    }

    /// Approves a decision that waits, and carries it out.
    void approve(Handle handle, UUID decisionId, UUID caller) {
        ReviewedJob job = hold(handle, decisionId);
        Stored decision = waitingFor(handle, decisionId, caller);
        handle.execute(NO_HURRY);
        carryOut(job, decision.number(), decision.action(), decision.assigneeId());
        DecisionStore.settle(handle, decisionId, DecisionStatus.APPLIED);
        AuditTrail.append(handle, event(job, decisionId, "approve"));
    }

    /// Declines a decision that waits; its results are as they were.
    void decline(Handle handle, UUID decisionId, UUID caller) {
        ReviewedJob job = hold(handle, decisionId);
        Stored decision = waitingFor(handle, decisionId, caller);
        job.release(decision.number());
        DecisionStore.settle(handle, decisionId, DecisionStatus.DECLINED);
        AuditTrail.append(handle, event(job, decisionId, "decline"));
    }

    /// Undoes a decision, if none was taken on one of its results since.
    void undo(Handle handle, UUID decisionId, UUID caller) {
        ReviewedJob job = hold(handle, decisionId);
        Stored decision = stored(handle, decisionId);
        handle.execute(NO_HURRY);
        switch (decision.status()) {
            case APPLIED -> takeBack(job, decision);
            case PENDING -> withdraw(job, decision, caller);
            case DECLINED, UNDONE ->
                    throw Problem.conflict(
                                    "decision-is-over",
                                    "There is nothing to undo",
                                    "the decision is "
                                            + DecisionStore.word(decision.status())
                                            + " already")
                            .exception();
        }
        DecisionStore.undo(handle, decisionId);
        AuditTrail.append(handle, event(job, decisionId, "undo"));
    }

    private static void takeBack(ReviewedJob job, Stored decision) {
        if (decision.action() == Action.COMMENT) {
            job.comment(decision.number(), -1);
            return;
        }
        Optional<UUID> overtaken = job.overtaken(decision.number());
        if (overtaken.isPresent()) {
            throw Problem.conflict(
                            "decided-since",
                            "Another decision was taken since",
                            "undo the later decision on result " + overtaken.get() + " first")
                    .exception();
        }
        job.restore(decision.number());
    }

    private static void withdraw(ReviewedJob job, Stored decision, UUID caller) {
        if (!decision.decidedBy().equals(caller)) {
            throw Problem.conflict(
                            "decision-is-pending",
                            "The decision waits for approval",
                            "approve or decline it; only who took it may undo it now")
                    .exception();
        }
        job.release(decision.number());
    }

    private static ReviewedJob hold(Handle handle, UUID decisionId) {
        return ReviewedJob.hold(handle, stored(handle, decisionId).jobId());
    }

    /// As it is while the job is held.
    private static Stored stored(Handle handle, UUID decisionId) {
        return DecisionStore.find(handle, decisionId)
                .orElseThrow(() -> Problem.notFound().exception());
    }

    private static Stored waitingFor(Handle handle, UUID decisionId, UUID caller) {
        Stored decision = stored(handle, decisionId);
        if (decision.status() != DecisionStatus.PENDING) {
            throw Problem.conflict(
                            "decision-is-not-pending",
                            "The decision does not wait for approval",
                            "it is " + DecisionStore.word(decision.status()))
                    .exception();
        }
        if (decision.decidedBy().equals(caller)) {
            throw Problem.forbidden(
                            "who has taken a decision may not settle it; ask another reviewer, or"
                                    + " undo it")
                    .exception();
        }
        return decision;
    }

    private static void requireFit(Action action, ResultStatus status, boolean isPending) {
        if (Effect.isRefused(action, status)) {
            throw Problem.conflict(
                            "not-for-this-status",
                            "The action is not for such a result",
                            "`"
                                    + DecisionStore.word(action)
                                    + "` is not for what is `"
                                    + DecisionStore.word(status)
                                    + "`; leave it out, or undo what was decided on it")
                    .exception();
        }
        if (isPending && action != Action.COMMENT) {
            throw waiting().exception();
        }
    }

    private static Problem waiting() {
        return Problem.conflict(
                "decision-is-pending",
                "A decision waits for approval",
                "approve, decline or undo the decision that waits on the result");
    }

    private static void requireBothSides(List<Target> targets, String at) {
        for (Side side : Side.values()) {
            if (targets.stream().noneMatch(target -> target.side() == side)) {
                throw Problem.invalid(
                                at, "has no " + side.word() + " break; a match has both sides")
                        .exception();
            }
        }
    }

    private static void requireExpected(long found, long expected) {
        if (found != expected) {
            throw Problem.conflict(
                            "other-count",
                            "The filter finds another number of results",
                            "it finds " + found + ", not " + expected + "; look at them again")
                    .exception();
        }
        if (found == 0) {
            throw Problem.invalid("/filter", "finds no result").exception();
        }
        if (found > MOST_RESULTS) {
            throw Problem.invalid(
                            "/filter", "finds " + found + " results; allowed are " + MOST_RESULTS)
                    .exception();
        }
    }
}
