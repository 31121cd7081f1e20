package io.tieout.server.result;

import io.tieout.server.http.Cursor;
import io.tieout.server.problem.Problem;
import io.tieout.server.result.Sort.Column;
import io.tieout.server.result.Sort.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Pages of the results of a job.
///
/// What a filter says of kinds, states, passes and currencies leaves some shelves, and an index has
/// the results of each of them in every order; so does it for a range of the column of the order.
/// What else it says is looked for in one of two ways. Where few results meet one part of it, an
/// index tells which these are, and they are gathered. Otherwise the next results in the order are
/// looked at, one by one and so many at most; a page may then be short, or empty, though more
/// follows, but it leaves none out.
final class ResultPages {
    /// How many results are looked at for one page, at most.
    static final int LOOKED_AT = 5_000;

    /// How many of these first; more where the page is not full then.
    private static final int FIRST_LOOK = 500;

    private static final int LEAST_OF_A_SHELF = 10;
    private static final int CURSOR_VALUES = 3;

    private final Handle handle;
    private final KeptOutcome outcome;
    private final Selection selection;
    private final Sort sort;

    ResultPages(Handle handle, KeptOutcome outcome, Selection selection, Sort sort) {
        this.handle = handle;
        this.outcome = outcome;
        this.selection = selection;
        this.sort = sort;
    }

    /// A page.
    ///
    /// @param next where the next one begins; empty where there is none
    record Page(List<ResultRow> rows, Optional<String> next) {
        Page {
            rows = List.copyOf(rows);
        }
    }

    /// A place in a list: after which value of the column, and which place, of which run.
    private record Mark(int run, @Nullable Object value, long place) {
        static Mark start(int run) {
            return new Mark(run, null, 0);
        }

        boolean goesOn() {
            return value != null;
        }
    }

    /// The page of a list after a cursor.
    ///
    /// @param list names the list, its filter and its order
    Page page(String list, int limit, Optional<String> cursor) {
        List<Run> runs = sort.runs(selection);
        Mark mark = cursor.map(c -> mark(c, list, runs)).orElse(Mark.start(0));
        List<ResultRow> rows = new ArrayList<>();
        boolean leftOver = runs.stream().anyMatch(run -> selection.isLeftOver(run.column()));
        Optional<Long[]> places =
                leftOver
                        ? new Gatherer(handle, outcome, selection, sort).places()
                        : Optional.empty();
        int budget = LOOKED_AT;
        // One more than is shown tells whether there is a next page.
        while (mark.run() < runs.size() && rows.size() <= limit && budget > 0) {
            Run run = runs.get(mark.run());
            int wanted = limit + 1 - rows.size();
            if (run.shelves().isEmpty()) {
                mark = Mark.start(mark.run() + 1);
            } else if (!leftOver || places.isPresent()) {
                List<ResultRow> found = all(run, mark, wanted, places);
                rows.addAll(found);
                mark =
                        found.size() < wanted
                                ? Mark.start(mark.run() + 1)
                                : at(mark, run, found.getLast());
            } else {
                int most = budget == LOOKED_AT ? FIRST_LOOK : budget;
                int chunk = Math.max(LEAST_OF_A_SHELF, most / run.shelves().size());
                Sifted sifted = sift(run, mark, wanted, chunk);
                rows.addAll(sifted.rows());
                budget -= sifted.lookedAt();
                mark =
                        sifted.rows().size() == wanted
                                ? at(mark, run, sifted.rows().getLast())
                                : sifted.next();
            }
        }
        return page(list, limit, runs, rows, mark);
    }

    private Page page(String list, int limit, List<Run> runs, List<ResultRow> rows, Mark mark) {
        if (rows.size() > limit) {
            ResultRow last = rows.get(limit - 1);
            return new Page(rows.subList(0, limit), Optional.of(encoded(list, markOf(runs, last))));
        }
        return new Page(
                rows,
                mark.run() < runs.size() ? Optional.of(encoded(list, mark)) : Optional.empty());
    }

    /// Where a row of the page stands: in the run that has its shelf, and its day.
    private Mark markOf(List<Run> runs, ResultRow row) {
        for (int r = 0; r < runs.size(); r++) {
            Run run = runs.get(r);
            boolean has =
                    row.day() >= run.days().low()
                            && row.day() <= run.days().high()
                            && run.shelves().stream()
                                    .anyMatch(
                                            i ->
                                                    selection.shelves().get(i).number()
                                                            == row.shelf());
            if (has) {
                return at(Mark.start(r), run, row);
            }
        }
        throw new IllegalStateException("a row of no run");
    }

    private static Mark at(Mark mark, Run run, ResultRow row) {
        return new Mark(mark.run(), value(run.column(), row), row.place());
    }

    private static Object value(Column column, ResultRow row) {
        return switch (column) {
            case WEIGHT -> row.weight();
            case DAY -> row.day();
            case KEY -> row.key();
        };
    }

    private List<ResultRow> all(Run run, Mark mark, int wanted, Optional<Long[]> places) {
        String sql =
                places.isPresent()
                        ? ResultSql.gathered(run, mark.goesOn(), selection)
                        : ResultSql.scan(run, mark.goesOn());
        Query query = query(sql, run, mark).bind("chunk", wanted).bind("wanted", wanted);
        places.ifPresent(some -> query.bind("places", some));
        return query.map((row, _) -> ResultRow.of(row)).list();
    }

    private Query query(String sql, Run run, Mark mark) {
        Query query = ResultSql.bind(handle.createQuery(sql), outcome, selection, run);
        if (mark.goesOn()) {
            query.bind("after", Objects.requireNonNull(mark.value()))
                    .bind("after_place", mark.place());
        }
        return query;
    }

    /// What sifting some results of a run has left.
    ///
    /// @param next where to go on
    private record Sifted(List<ResultRow> rows, int lookedAt, Mark next) {}

    private Sifted sift(Run run, Mark mark, int wanted, int chunk) {
        List<ResultRow> kept = new ArrayList<>();
        List<ResultRow> edge = new ArrayList<>();
        int[] lookedAt = new int[1];
        query(ResultSql.sift(run, mark.goesOn(), selection), run, mark)
                .bind("chunk", chunk)
                .bind("wanted", wanted)
                .map(
                        (row, _) -> {
                            boolean isEdge = row.getBoolean("edge");
                            (isEdge ? edge : kept).add(ResultRow.of(row));
                            lookedAt[0] = Math.max(lookedAt[0], row.getInt("looked_at"));
                            return isEdge;
                        })
                .list();
        return new Sifted(
                kept,
                lookedAt[0],
                edge.isEmpty() ? Mark.start(mark.run() + 1) : at(mark, run, edge.getFirst()));
    }

    private static String encoded(String list, Mark mark) {
        return new Cursor(
                        list,
                        List.of(
                                Integer.toString(mark.run()),
                                mark.value() == null ? "" : mark.value().toString(),
                                mark.goesOn() ? Long.toString(mark.place()) : ""))
                .encoded();
    }

    private static Mark mark(String cursor, String list, List<Run> runs) {
        List<String> values = Cursor.decode(cursor, list, CURSOR_VALUES).values();
        try {
            int number = Integer.parseInt(values.getFirst());
            if (number < 0 || number >= runs.size()) {
                throw new NumberFormatException();
            }
            if (values.get(2).isEmpty()) {
                return Mark.start(number);
            }
            Object value =
                    switch (runs.get(number).column()) {
                        case WEIGHT -> (Object) Long.valueOf(values.get(1));
                        case DAY -> Integer.valueOf(values.get(1));
                        case KEY -> values.get(1);
                    };
            return new Mark(number, value, Long.parseLong(values.get(2)));
        } catch (NumberFormatException _) {
            throw Problem.invalid(
                            "?cursor", "is none that this list gave; leave it out to start again")
                    .exception();
        }
    }
}
