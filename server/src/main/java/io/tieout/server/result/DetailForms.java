package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.http.RawJson;
import io.tieout.server.http.Says;
import io.tieout.server.result.ResultHistory.HistoryEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What the answer about one result looks like.
final class DetailForms {
    private DetailForms() {}

    /// One result, with all that is known of it.
    record ResultDetail(
            ResultItem result,
            @Says("The first 200.") List<RecordView> leftRecords,
            @Says("The first 200.") List<RecordView> rightRecords,
            @Says("What the run made of it; null for a match made by hand.")
                    Optional<ExplanationView> explanation,
            @Says("Decisions on it and comments, the latest first; the latest 200.")
                    List<HistoryEntry> history) {
        ResultDetail {
            leftRecords = List.copyOf(leftRecords);
            rightRecords = List.copyOf(rightRecords);
            history = List.copyOf(history);
        }
    }

    /// A record.
    record RecordView(
            UUID dataSourceId,
            @Says("Its row in the data source, from 1.") long rowNumber,
            @Says("The line at which it starts there.") long line,
            String key,
            @Says("All its columns by name, as they were read; null where one is absent.")
                    RawJson columns,
            @Says("The plan's fields, as they were compared; an absent one is left out.")
                    Map<String, String> fields) {}

    /// From what an explanation is made.
    enum Basis {
        /// All records of the job: it is what the command would say.
        ALL_RECORDS,
        /// The records involved and some near them, for the job is large: there may be others as
        /// near, and groups of other records are not seen.
        NEAR_RECORDS
    }

    /// What the run made of a record or match.
    record ExplanationView(
            Basis basis,
            @Says("Whether the run matched it.") boolean matched,
            @Says("Where it matched.") Optional<RunMatch> match,
            @Says("Where it matched: by how much the records differ.") Optional<String> differences,
            @Says("Where it matched: how the pass compared the records.") Optional<TrialView> made,
            @Says("Where it matched: how each pass before compared them.") List<TrialView> earlier,
            @Says("Where the match is ambiguous: records it could have held as well.")
                    List<NearView> rivals,
            @Says("Where it did not match: why it is a break.") Optional<String> reason,
            @Says("Where it did not match: a matched record alike in every field.")
                    Optional<String> twinKey,
            @Says("Where it did not match: the nearest records, and what each pass made of them.")
                    List<NearView> nearest) {
        ExplanationView {
            earlier = List.copyOf(earlier);
            rivals = List.copyOf(rivals);
            nearest = List.copyOf(nearest);
        }
    }

    /// A match of the run.
    record RunMatch(
            UUID resultId,
            String pass,
            @Says("`confirmed` or `suggested`.") String status,
            boolean ambiguous,
            String cardinality,
            double score,
            @Says("The first 200.") List<String> leftKeys,
            @Says("The first 200.") List<String> rightKeys) {
        RunMatch {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }
    }

    /// A record of the other side that came near.
    record NearView(
            Side side,
            String key,
            @Says("In how many of the plan's fields the two agree.") int agreeingFields,
            @Says("The match of the run that it is in.") Optional<RunMatch> match,
            RecordView record,
            List<TrialView> passes) {
        NearView {
            passes = List.copyOf(passes);
        }
    }

    /// How one pass compared a left and a right record, or groups of them.
    record TrialView(
            String pass,
            @Says(
                            "`matched`, `failed`, `outbid` (another choice was better in total), `taken` (an earlier pass had matched one of them) or `ungrouped` (one lacks a value to be grouped by).")
                    String verdict,
            @Says("Of `taken` and `ungrouped`: the side of that record.") Optional<Side> side,
            @Says("Of `taken`: the match that has it.") Optional<RunMatch> takenBy,
            @Says("The first 200.") List<String> leftKeys,
            @Says("The first 200.") List<String> rightKeys,
            Optional<Double> score,
            List<CheckView> comparisons) {
        TrialView {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
            comparisons = List.copyOf(comparisons);
        }
    }

    /// One comparison.
    record CheckView(
            String field,
            @Says("What the plan asks for.") String comparison,
            double weight,
            boolean met,
            Optional<Double> score,
            @Says("As it was compared; null where it is absent.") Optional<String> left,
            @Says("As `left`.") Optional<String> right,
            @Says("What was found, in words.") String finding) {}
}
