package io.tieout.server.decision;

import io.tieout.server.decision.DecisionForms.NewDecision;
import io.tieout.server.decision.DecisionForms.NewDecisions;
import io.tieout.server.http.Change;
import io.tieout.server.http.Json;
import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a decision says, checked for what its action needs and does not take.
///
/// @param assignee who, of an assignment; empty for nobody
/// @param filter the filter as JSON, where it is taken by one
record Terms(
        Action action,
        Optional<ReasonCode> reasonCode,
        Optional<String> reason,
        Optional<String> comment,
        Optional<UUID> assignee,
        Optional<String> filter) {
    static Terms of(NewDecision body) {
        require(body.action(), body.reasonCode(), body.reason(), body.comment(), body.assigneeId());
        return new Terms(
                body.action(),
                body.reasonCode(),
                body.reason(),
                body.comment(),
                body.assigneeId().flatMap(Change::to),
                Optional.empty());
    }

    static Terms of(NewDecisions body) {
        require(body.action(), body.reasonCode(), body.reason(), body.comment(), body.assigneeId());
        return new Terms(
                body.action(),
                body.reasonCode(),
                body.reason(),
                body.comment(),
                body.assigneeId().flatMap(Change::to),
                body.filter().map(f -> new String(Json.write(f), StandardCharsets.UTF_8)));
    }

    private static void require(
            Action action,
            Optional<ReasonCode> code,
            Optional<String> reason,
            Optional<String> comment,
            Optional<Change<UUID>> assignee) {
        List<InputError> mistakes = new ArrayList<>();
        check(mistakes, "/reason_code", code.isPresent(), action == Action.WRITE_OFF, action);
        check(mistakes, "/reason", reason.isPresent(), action == Action.WRITE_OFF, action);
        check(mistakes, "/assignee_id", assignee.isPresent(), action == Action.ASSIGN, action);
        if (action == Action.COMMENT && comment.isEmpty()) {
            mistakes.add(new InputError("/comment", "is missing"));
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }

    private static void check(
            List<InputError> mistakes, String at, boolean given, boolean needed, Action action) {
        if (needed && !given) {
            mistakes.add(new InputError(at, "is missing"));
        } else if (given && !needed) {
            mistakes.add(new InputError(at, "is not for `" + DecisionStore.word(action) + "`"));
        }
    }
}
