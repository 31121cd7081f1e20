package io.tieout.server.result;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import io.tieout.server.result.RunResults.RunResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/// Some results of a run as the engine knows them: tables of their records, and their matches.
final class Neighbourhood {
    private final Plan plan;
    private final StoredRecords leftRecords;
    private final StoredRecords rightRecords;
    private final Table left;
    private final Table right;
    private final Matches matches;

    /// The place of each match, and the match at each place.
    private final List<Long> places = new ArrayList<>();

    private final Map<Long, Integer> indices = new HashMap<>();

    private Neighbourhood(
            Plan plan,
            StoredRecords leftRecords,
            StoredRecords rightRecords,
            Collection<RunResult> results) {
        this.plan = plan;
        this.leftRecords = leftRecords;
        this.rightRecords = rightRecords;
        this.left = leftRecords.table(plan);
        this.right = rightRecords.table(plan);
        this.matches = matches(results);
    }

    /// Fetches the records of results.
    ///
    /// @param fetch gives the records of a side by their references
    static Neighbourhood of(Plan plan, Collection<RunResult> results, Fetch fetch) {
        return new Neighbourhood(
                plan,
                fetch.records(Side.LEFT, references(results, Side.LEFT)),
                fetch.records(Side.RIGHT, references(results, Side.RIGHT)),
                results);
    }

    /// Fetches records.
    @FunctionalInterface
    interface Fetch {
        StoredRecords records(Side side, long[] references);
    }

    private static long[] references(Collection<RunResult> results, Side side) {
        return results.stream()
                .flatMapToLong(result -> LongStream.of(result.references(side)))
                .toArray();
    }

    private Matches matches(Collection<RunResult> results) {
        Matches.Builder builder = new Matches.Builder();
        Map<Integer, Long> placeByFirstLeft = new HashMap<>();
        for (RunResult result : results) {
            if (!result.isBreak()) {
                int[] lefts = rows(leftRecords, result.lefts());
                int[] rights = rows(rightRecords, result.rights());
                Traits traits = result.traits();
                Integer score = result.own().score();
                builder.add(
                        lefts,
                        rights,
                        traits.pass(),
                        status(traits),
                        traits.ambiguous(),
                        score == null ? 0 : score,
                        result.own().differing());
                placeByFirstLeft.put(lefts[0], result.own().place());
            }
        }
        Matches built = builder.build();
        for (int match = 0; match < built.size(); match++) {
            Long place = placeByFirstLeft.get(built.left(match, 0));
            if (place == null) {
                throw new IllegalStateException("a match of no result");
            }
            places.add(place);
            indices.put(place, match);
        }
        return built;
    }

    private static int[] rows(StoredRecords records, long[] references) {
        return LongStream.of(references).mapToInt(records::row).toArray();
    }

    /// What a match was worth when the run made it.
    private Status status(Traits traits) {
        return traits.ambiguous() ? Status.SUGGESTED : plan.passes().get(traits.pass()).status();
    }

    Plan plan() {
        return plan;
    }

    Table table(Side side) {
        return side == Side.LEFT ? left : right;
    }

    StoredRecords records(Side side) {
        return side == Side.LEFT ? leftRecords : rightRecords;
    }

    Matches matches() {
        return matches;
    }

    /// The place of the result that a match is.
    long place(int match) {
        return places.get(match);
    }

    /// The row of a record, if it is here.
    OptionalInt row(Side side, long reference) {
        return records(side).has(reference)
                ? OptionalInt.of(records(side).row(reference))
                : OptionalInt.empty();
    }
}
