package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/// Results as the run made them, whatever was decided on them since.
final class RunResults {
    private static final String AT_PLACES =
            "select "
                    + ResultRow.COLUMNS
                    + " from reconciliation_results r where r.segment = :segment and r.place = any(:places)";
    private static final String ALL =
            "select "
                    + ResultRow.COLUMNS
                    + """
                       from reconciliation_results r
                      where r.segment = :segment and r.place >= :first and r.place < :after
                    """;
    private static final String OF_KEY =
            "select "
                    + ResultRow.COLUMNS
                    + """
                       from reconciliation_results r where r.segment = :segment and r.shelf = any(:shelves) and r.key = :key
                     union all
                     select
                    """
                    + ResultRow.COLUMNS
                    + """
                       from reconciliation_results r
                      where r.segment = :segment and r.shelf = any(:shelves) and r.other_key = :key and r.score is not null
                      limit 1000
                    """;
    private static final String NEAR =
            """
            select r.place from unnest(:shelves::bigint[]) as s(shelf)
             cross join lateral (
               (select r.place from reconciliation_results r
                 where r.segment = :segment and r.shelf = s.shelf and (r.%1$s, r.place) >= (:value, 0::bigint)
                 order by r.%1$s, r.place limit :most)
               union all
               (select r.place from reconciliation_results r
                 where r.segment = :segment and r.shelf = s.shelf and (r.%1$s, r.place) < (:value, 0::bigint)
                 order by r.%1$s desc, r.place desc limit :most)) r
             limit 500
            """;
    private static final String NEAR_AMOUNT = NEAR.formatted("weight");
    private static final String NEAR_DAY = NEAR.formatted("day");
    private static final String LINKED =
            "select "
                    + ResultRow.COLUMNS
                    + " from reconciliation_results r where r.segment = :segment and r.linked = :place and r.record = :record";
    private static final String MATCHED_INTO =
            "select "
                    + ResultRow.COLUMNS
                    + " from reconciliation_results r where r.segment = :segment and r.linked = :place";
    private static final int NEAR_OF_EACH = 5;

    private final Handle handle;
    private final KeptOutcome outcome;
    private final Shelves shelves;
    private final long size;

    RunResults(Handle handle, KeptOutcome outcome, Shelves shelves) {
        this.handle = handle;
        this.outcome = outcome;
        this.shelves = shelves;
        this.size = shelves.results().stream().mapToLong(Shelf::firstCount).sum();
    }

    /// A match or a break of the run.
    ///
    /// @param own its row
    /// @param lefts the references of its left records, ascending; a break has one of its side
    record RunResult(ResultRow own, Traits traits, long[] lefts, long[] rights) {
        boolean isBreak() {
            return traits.kind() == Traits.Kind.BREAK;
        }

        long[] references(Side side) {
            return side == Side.LEFT ? lefts : rights;
        }
    }

    /// How many results the run made.
    long size() {
        return size;
    }

    private Query query(String sql) {
        return handle.createQuery(sql)
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
                .bind("segment", outcome.segment());
    }

    private boolean isOfRun(long place) {
        return Places.position(place) < size;
    }

    /// All results of the run.
    Map<Long, RunResult> all() {
        return results(
                query(ALL)
                        .bind("first", Places.place(outcome.jobNumber(), 0))
                        .bind("after", Places.place(outcome.jobNumber(), size))
                        .map((row, _) -> ResultRow.of(row))
                        .list());
    }

    /// Results of the run at some places.
    Map<Long, RunResult> at(Collection<Long> places) {
        return results(rows(places));
    }

    private List<ResultRow> rows(Collection<Long> places) {
        return query(AT_PLACES)
                .bind("places", places.toArray(Long[]::new))
                .map((row, _) -> ResultRow.of(row))
                .list();
    }

    private Map<Long, RunResult> results(List<ResultRow> rows) {
        Map<Long, List<ResultRow>> byPlace = new TreeMap<>();
        for (ResultRow row : rows) {
            if (isOfRun(row.place())) {
                byPlace.computeIfAbsent(row.place(), _ -> new ArrayList<>()).add(row);
            }
        }
        Map<Long, RunResult> results = new TreeMap<>();
        byPlace.forEach((place, group) -> results.put(place, result(group)));
        return results;
    }

    private RunResult result(List<ResultRow> rows) {
        ResultRow own =
                rows.stream()
                        .filter(row -> !shelves.traits(row.shelf()).isMember())
                        .findFirst()
                        .orElseThrow();
        Traits traits = shelves.traits(own.shelf());
        Long record = own.record();
        if (record == null) {
            return new RunResult(own, traits, members(rows, Side.LEFT), members(rows, Side.RIGHT));
        }
        if (traits.kind() == Traits.Kind.BREAK) {
            long[] one = {record};
            boolean left = traits.requiredSide() == Side.LEFT;
            return new RunResult(own, traits, left ? one : new long[0], left ? new long[0] : one);
        }
        Long other = own.otherRecord();
        return new RunResult(
                own, traits, new long[] {record}, other == null ? new long[0] : new long[] {other});
    }

    private long[] members(List<ResultRow> rows, Side side) {
        long[] references =
                rows.stream()
                        .filter(row -> shelves.traits(row.shelf()).isMember())
                        .filter(row -> shelves.traits(row.shelf()).side() == side)
                        .flatMap(row -> Optional.ofNullable(row.record()).stream())
                        .mapToLong(Long::longValue)
                        .toArray();
        Arrays.sort(references);
        return references;
    }

    /// The references of a result's records, whether the run made it or a decision.
    RunResult now(ResultRow row) {
        List<ResultRow> rows = row.record() == null ? rows(List.of(row.place())) : List.of(row);
        return result(rows);
    }

    /// The result of the run that a result goes back to: itself, or where it was made by taking a
    /// match apart, what its record was in before. A match made by hand goes back to none.
    Optional<RunResult> origin(ResultRow row) {
        ResultRow at = row;
        while (!isOfRun(at.place())) {
            Long record = at.record();
            Long linked = at.linked();
            if (record == null
                    || linked == null
                    || shelves.traits(at.shelf()).kind() != Traits.Kind.BREAK) {
                return Optional.empty();
            }
            if (isOfRun(linked)) {
                return Optional.ofNullable(at(List.of(linked)).get(linked));
            }
            Optional<ResultRow> before = matchedByHand(at, linked, record);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            at = before.get();
        }
        return Optional.ofNullable(at(List.of(at.place())).get(at.place()));
    }

    /// The break whose record somebody put into the match that another break comes from.
    private Optional<ResultRow> matchedByHand(ResultRow reopened, long match, long record) {
        return query(LINKED)
                .bind("place", match)
                .bind("record", record)
                .map((row, _) -> ResultRow.of(row))
                .list()
                .stream()
                .filter(row -> row.place() < match)
                .filter(
                        row ->
                                shelves.traits(row.shelf()).side()
                                        == shelves.traits(reopened.shelf()).side())
                .findFirst();
    }

    /// The breaks whose records somebody put into a match.
    List<ResultRow> matchedInto(long match) {
        return query(MATCHED_INTO)
                .bind("place", match)
                .map((row, _) -> ResultRow.of(row))
                .list()
                .stream()
                .filter(row -> row.place() < match)
                .toList();
    }

    /// The place of the result of the run that has a record.
    Optional<Long> holder(Side side, String key, long reference) {
        List<ResultRow> rows =
                query(OF_KEY)
                        .bind("shelves", shelvesOfAll())
                        .bind("key", key)
                        .map((row, _) -> ResultRow.of(row))
                        .list();
        return rows.stream()
                .filter(row -> isOfRun(row.place()) && has(row, side, reference))
                .map(ResultRow::place)
                .findFirst();
    }

    private Long[] shelvesOfAll() {
        List<Shelf> all = new ArrayList<>(shelves.results());
        all.addAll(shelves.members());
        return Shelves.numbers(all);
    }

    private boolean has(ResultRow row, Side side, long reference) {
        Traits traits = shelves.traits(row.shelf());
        Long record =
                traits.kind() == Traits.Kind.MATCH && side == Side.RIGHT
                        ? row.otherRecord()
                        : row.record();
        boolean ofSide = traits.kind() == Traits.Kind.MATCH || traits.side() == side;
        return ofSide && record != null && record == reference;
    }

    /// The places of breaks of the other side that come near in amount or day.
    Set<Long> near(RunResult of) {
        Side other = of.traits().requiredSide().opposite();
        Long[] breaks =
                Shelves.numbers(
                        shelves.results().stream()
                                .filter(shelf -> shelf.traits().kind() == Traits.Kind.BREAK)
                                .filter(shelf -> shelf.traits().side() == other)
                                .filter(shelf -> shelf.count() > 0)
                                .toList());
        Set<Long> places = new HashSet<>();
        places.addAll(near(NEAR_AMOUNT, breaks, of.own().weight()));
        places.addAll(near(NEAR_DAY, breaks, of.own().day()));
        places.removeIf(place -> !isOfRun(place));
        return places;
    }

    private List<Long> near(String sql, Long[] breaks, Object value) {
        return query(sql)
                .bind("shelves", breaks)
                .bind("value", value)
                .bind("most", NEAR_OF_EACH)
                .mapTo(Long.class)
                .list();
    }
}
