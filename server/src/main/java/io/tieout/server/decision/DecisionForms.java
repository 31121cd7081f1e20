package io.tieout.server.decision;

import io.tieout.server.http.Change;
import io.tieout.server.http.Items;
import io.tieout.server.http.RawJson;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import io.tieout.server.result.ResultFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What requests and answers about decisions look like.
final class DecisionForms {
    static final int MOST_IDS = 1000;
    static final int LONGEST_REASON = 1000;
    static final int LONGEST_COMMENT = 4000;

    private DecisionForms() {}

    /// A decision on one result.
    record NewDecision(
            Action action,
            @Says("Of a write-off, which needs it.") Optional<ReasonCode> reasonCode,
            @Says("Of a write-off, which needs it.") @Text(max = LONGEST_REASON, lines = true)
                    Optional<String> reason,
            @Says("Of a comment, which needs it; of another action, a note.")
                    @Text(max = LONGEST_COMMENT, lines = true)
                    Optional<String> comment,
            @Says("Of an assignment, which needs it: who, or null for nobody.")
                    Optional<Change<UUID>> assigneeId,
            @Says("Of a match by hand, which needs it: the other breaks.") @Items(max = MOST_IDS)
                    Optional<List<UUID>> resultIds) {}

    /// A decision on results of a job: on those that are named, or on those that meet a filter.
    record NewDecisions(
            Action action,
            @Says("Of a write-off, which needs it.") Optional<ReasonCode> reasonCode,
            @Says("Of a write-off, which needs it.") @Text(max = LONGEST_REASON, lines = true)
                    Optional<String> reason,
            @Says("Of a comment, which needs it; of another action, a note.")
                    @Text(max = LONGEST_COMMENT, lines = true)
                    Optional<String> comment,
            @Says("Of an assignment, which needs it: who, or null for nobody.")
                    Optional<Change<UUID>> assigneeId,
            @Says("The results; instead of `filter`.") @Items(min = 1, max = MOST_IDS)
                    Optional<List<UUID>> resultIds,
            @Says("Which results, as lists take it; instead of `result_ids`.")
                    Optional<ResultFilter> filter,
            @Says("With `filter`: how many results it must find for the decision to be taken.")
                    @Whole(max = Long.MAX_VALUE)
                    Optional<Long> expectedCount) {}

    /// A decision.
    record DecisionView(
            UUID id,
            UUID jobId,
            Action action,
            DecisionStatus status,
            Optional<ReasonCode> reasonCode,
            Optional<String> reason,
            Optional<String> comment,
            Optional<UUID> assigneeId,
            @Says("How many results it is on, those that it made not counted.") long resultCount,
            @Says("The first 20 of them.") List<UUID> resultIds,
            @Says(
                            "The first 20 results that it made: breaks of a match taken apart, or a match by hand.")
                    List<UUID> madeResultIds,
            @Says("Where it was taken by a filter.") Optional<RawJson> filter,
            UUID decidedBy,
            Instant decidedAt,
            @Says("Who approved or declined it.") Optional<UUID> settledBy,
            Optional<Instant> settledAt,
            Optional<UUID> undoneBy,
            Optional<Instant> undoneAt) {
        DecisionView {
            resultIds = List.copyOf(resultIds);
            madeResultIds = List.copyOf(madeResultIds);
        }
    }

    record DecisionPage(List<DecisionView> items, Optional<String> nextCursor) {
        DecisionPage {
            items = List.copyOf(items);
        }
    }

    /// Which page of the decisions of a job.
    record DecisionQuery(
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) Optional<String> cursor) {}

    /// The status by which a project's decisions are listed.
    enum Listed {
        PENDING
    }

    /// Which page of the decisions of a project.
    record PendingQuery(
            @Says("Only those that wait for approval are listed.") Optional<Listed> status,
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) Optional<String> cursor) {
        DecisionQuery page() {
            return new DecisionQuery(limit, cursor);
        }
    }
}
