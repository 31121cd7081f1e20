package io.tieout.server.result;

import io.tieout.server.result.Selection.Prefix;
import io.tieout.server.result.Sort.Column;
import io.tieout.server.result.Sort.Run;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/// The statements that find results. Text is put together of constants only; values are bound.
final class ResultSql {
    /// Names of this many places at most are gathered.
    static final int GATHERED = 1000;

    /// What a filter says of results on wanted shelves that no column of the order decides. Of
    /// another row the same conditions are: `r`, the result, and `s`, its shelf's range.
    private static final String MEETS =
            """
            r.weight between r.low and r.high and r.day between :day_low and :day_high
            """;
    private static final String BEGINS =
            """
             and (starts_with(r.key, :text) or (r.score is not null and starts_with(r.other_key, :text))
                  or exists (select from reconciliation_results m
                              where m.segment = :segment and m.place = r.place and m.shelf = any(:members)
                                and starts_with(m.key, :text)))
            """;
    private static final String ASSIGNED = " and r.assignee_id = :assignee ";
    private static final String UNASSIGNED = " and r.assignee_id is null ";
    private static final String SHELVES =
            "unnest(:shelves::bigint[], :lows::bigint[], :highs::bigint[]) as s(shelf, low, high)";

    private ResultSql() {}

    /// The conditions of a selection that are left over, on rows that are called `r` and have the
    /// range of their shelf as `low` and `high`.
    static String leftOver(Selection selection) {
        return MEETS
                + (selection.keys().isPresent() ? BEGINS : "")
                + (selection.assignee().isPresent() ? ASSIGNED : "")
                + (selection.unassigned() ? UNASSIGNED : "");
    }

    /// The next results of a run on its shelves, in its order: `:chunk` of them at most, each shelf
    /// by its index.
    static String scan(Run run, boolean goesOn) {
        String column = "r." + run.column().sqlName();
        String direction = run.falling() ? " desc" : "";
        String order = column + direction + ", r.place" + direction;
        String after = goesOn ? " and " + after(run, column) : "";
        return """
               select r.* from %s
                 cross join lateral (
                   select %s, s.low, s.high from reconciliation_results r
                    where r.segment = :segment and r.shelf = s.shelf%s%s
                    order by %s limit :chunk) r
                order by %s limit :chunk
               """
                .formatted(SHELVES, ResultRow.COLUMNS, range(run), after, order, order);
    }

    private static String after(Run run, String column) {
        return "(%s, r.place) %s (:after::%s%s, :after_place::bigint)"
                .formatted(
                        column,
                        run.falling() ? "<" : ">",
                        run.column().sqlType(),
                        run.column() == Column.KEY ? " collate \"C\"" : "");
    }

    /// Those of the next results of a run that meet what is left over of a filter, `:wanted` of
    /// them at most. Of each shelf `:chunk` are looked at; where that is not all of it, the order
    /// is known up to the first such shelf's last, which is given too, marked as the `edge`.
    static String sift(Run run, boolean goesOn, Selection selection) {
        String column = "r." + run.column().sqlName();
        String direction = run.falling() ? " desc" : "";
        String order = column + direction + ", r.place" + direction;
        return """
               with scanned as materialized (
                 select r.* from %s
                   cross join lateral (
                     select r.*, row_number() over (order by %s) as nth
                       from (select %s, s.low, s.high from reconciliation_results r
                              where r.segment = :segment and r.shelf = s.shelf%s%s
                              order by %s limit :chunk) r) r
               ), edge as materialized (
                 select r.* from scanned r where r.nth = :chunk order by %s limit 1
               )
               select r.*, false as edge, (select count(*) from scanned) as looked_at
                 from (select r.* from scanned r
                        where (not exists (select from edge) or (%s, r.place) %s (select %s, r.place from edge r)) and %s
                        order by %s limit :wanted) r
               union all
               select r.*, true, (select count(*) from scanned) from edge r
               """
                .formatted(
                        SHELVES,
                        order,
                        ResultRow.COLUMNS,
                        range(run),
                        goesOn ? " and " + after(run, column) : "",
                        order,
                        order,
                        column,
                        run.falling() ? ">=" : "<=",
                        column,
                        leftOver(selection),
                        order);
    }

    private static String range(Run run) {
        return switch (run.column()) {
            case WEIGHT -> " and r.weight between s.low and s.high";
            case DAY -> " and r.day between :day_low and :day_high";
            case KEY -> "";
        };
    }

    /// All results of a selection, as a part of `from` that is called `r`, with its conditions.
    static String all(Selection selection) {
        return """
               (select %s, s.low, s.high from reconciliation_results r join %s on s.shelf = r.shelf
                 where r.segment = :segment) r
                where %s
               """
                .formatted(ResultRow.COLUMNS, SHELVES, leftOver(selection));
    }

    /// The results of a selection from one place to another, in the order of their places.
    static String stretch(Selection selection) {
        return "select r.* from "
                + all(selection)
                + " and r.place >= :from and r.place < :to order by r.place";
    }

    /// The results of a run among those at `:places`, `:wanted` of them at most.
    static String gathered(Run run, boolean goesOn, Selection selection) {
        String column = "r." + run.column().sqlName();
        String direction = run.falling() ? " desc" : "";
        String after = goesOn ? " and " + after(run, column) : "";
        return """
               select r.* from (
                   select %s, s.low, s.high from reconciliation_results r join %s on s.shelf = r.shelf
                    where r.segment = :segment and r.place = any(:places)) r
                where %s%s order by %s%s, r.place%s limit :wanted
               """
                .formatted(
                        ResultRow.COLUMNS,
                        SHELVES,
                        leftOver(selection),
                        after,
                        column,
                        direction,
                        direction);
    }

    /// The places of the records whose keys begin so.
    static String placesOfKeys(Prefix prefix) {
        String before = prefix.after().isPresent() ? " and %s < :text_after" : "";
        return """
               (select r.place from reconciliation_results r
                 where r.segment = :segment and r.shelf = any(:all_shelves) and r.key >= :text%s limit :most)
               union all
               (select r.place from reconciliation_results r
                 where r.segment = :segment and r.shelf = any(:all_shelves) and r.score is not null
                   and r.other_key >= :text%s limit :most)
               limit :most
               """
                .formatted(before.formatted("r.key"), before.formatted("r.other_key"));
    }

    static final String PLACES_OF_ASSIGNEE =
            """
            select r.place from reconciliation_results r
             where r.segment = :segment and r.assignee_id = :assignee and r.place >= :first and r.place < :after_job
             limit :most
            """;

    static final String PLACES_OF_AMOUNTS =
            """
            select r.place from %s
              cross join lateral (
                select r.place from reconciliation_results r
                 where r.segment = :segment and r.shelf = s.shelf and r.weight between s.low and s.high
                 order by r.weight limit :most) r
             limit :most
            """
                    .formatted(SHELVES);

    static final String PLACES_OF_DAYS =
            """
            select r.place from %s
              cross join lateral (
                select r.place from reconciliation_results r
                 where r.segment = :segment and r.shelf = s.shelf and r.day between :day_low and :day_high
                 order by r.day limit :most) r
             limit :most
            """
                    .formatted(SHELVES);

    /// Binds what a selection has to say of the results of a run, whether or not the statement asks
    /// for all of it.
    static <S extends SqlStatement<S>> S bind(
            S statement, KeptOutcome outcome, Selection selection, Run run) {
        int count = run.shelves().size();
        Long[] shelves = new Long[count];
        Long[] lows = new Long[count];
        Long[] highs = new Long[count];
        for (int i = 0; i < count; i++) {
            int index = run.shelves().get(i);
            shelves[i] = selection.shelves().get(index).number();
            lows[i] = selection.ranges().get(index).low();
            highs[i] = selection.ranges().get(index).high();
        }
        statement
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
                .bind("segment", outcome.segment())
                .bind("shelves", shelves)
                .bind("lows", lows)
                .bind("highs", highs)
                .bind("day_low", run.days().low())
                .bind("day_high", run.days().high());
        selection
                .keys()
                .ifPresent(
                        prefix ->
                                statement
                                        .bind("text", prefix.from())
                                        .bind("text_after", prefix.after().orElse(""))
                                        .bind("members", Shelves.numbers(selection.members())));
        selection.assignee().ifPresent(assignee -> statement.bind("assignee", assignee));
        return statement;
    }
}
