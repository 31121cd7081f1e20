package io.tieout.server.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.database.Work;
import io.tieout.server.result.ResultPages.Page;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pages of a list, put together, are what filtering and sorting all results gives.
final class ResultListsTest {
    private static final int RECORDS = 25_000;
    private static final int LIMIT = 200;
    private static final int MOST_PAGES = 12;
    private static final String ALL_ROWS =
            "select "
                    + ResultRow.COLUMNS
                    + " from reconciliation_results r where segment = :segment and place >= :first and place < :after";

    private static TestingDatabase testing;
    private static Owned owned;
    private static KeptOutcome outcome;
    private static Shelves shelves;
    private static List<ResultRow> rows;

    @BeforeAll
    static void store() {
        testing = TestingPostgres.database();
        TestingJobs jobs = new TestingJobs(testing.database());
        owned = jobs.project();
        Done job = new LargeJobs(jobs, owned).run(RECORDS);
        outcome = as(handle -> Outcomes.ofJob(handle, job.id()));
        shelves = as(handle -> Shelves.read(handle, outcome.jobNumber(), outcome.projectId()));
        testing.database()
                .inWorker(
                        new RequestId("test"),
                        handle ->
                                handle.execute(
                                        "update reconciliation_results set assignee_id = ? where place % 7 = 0",
                                        owned.user()));
        rows =
                as(
                        handle ->
                                handle.createQuery(ALL_ROWS)
                                        .bind("segment", outcome.segment())
                                        .bind("first", Places.place(outcome.jobNumber(), 0))
                                        .bind("after", Places.place(outcome.jobNumber() + 1, 0))
                                        .map((row, _) -> ResultRow.of(row))
                                        .list());
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    private static <T> T as(Work<T> work) {
        return testing.database()
                .inApp(new Actor(owned.user(), new RequestId("test")), Access.READ, work);
    }

    static Stream<Arguments> lists() {
        return Filters.various()
                .flatMap(
                        filter -> Stream.of(Sort.values()).map(sort -> Arguments.of(filter, sort)));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void pagesMakeTheList(ResultFilter filter, Sort sort) {
        List<Long> expected =
                rows.stream()
                        .filter(row -> meets(row, filter))
                        .sorted(order(sort))
                        .map(ResultRow::place)
                        .toList();
        List<Long> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Optional<String> from = cursor;
            Page page = as(handle -> pages(handle, filter, sort).page("list", LIMIT, from));
            page.rows().forEach(row -> found.add(row.place()));
            cursor = page.next();
            pages++;
        } while (cursor.isPresent() && pages < MOST_PAGES);
        if (cursor.isEmpty()) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(found).isEqualTo(expected.subList(0, found.size()));
        }
    }

    private static ResultPages pages(Handle handle, ResultFilter filter, Sort sort) {
        return new ResultPages(
                handle, outcome, Selection.of(outcome, shelves, filter, owned.user(), "?"), sort);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void countsAreThatOfTheList(ResultFilter filter) {
        long count =
                as(
                        handle ->
                                ResultCounts.of(
                                        handle,
                                        outcome,
                                        Selection.of(outcome, shelves, filter, owned.user(), "?")));
        assertThat(count).isEqualTo(rows.stream().filter(row -> meets(row, filter)).count());
    }

    static Stream<ResultFilter> filters() {
        return Filters.various();
    }

    private static boolean meets(ResultRow row, ResultFilter filter) {
        ResultItem item = ResultItem.of(outcome, shelves, row);
        return is(filter.kind(), item.kind())
                && is(filter.status(), item.status())
                && (filter.side().isEmpty() || filter.side().equals(item.side()))
                && (filter.breakKind().isEmpty() || filter.breakKind().equals(item.breakKind()))
                && (filter.pass().isEmpty() || filter.pass().equals(item.pass()))
                && (filter.currency().isEmpty() || filter.currency().equals(item.currency()))
                && isWithin(item.amount(), filter.amountFrom(), filter.amountTo())
                && isWithin(item.date(), filter.dateFrom(), filter.dateTo())
                && (filter.text().isEmpty()
                        || item.leftKey().filter(k -> k.startsWith(filter.text().get())).isPresent()
                        || item.rightKey()
                                .filter(k -> k.startsWith(filter.text().get()))
                                .isPresent())
                && switch (filter.assignee().orElse("")) {
                    case "me" -> item.assigneeId().equals(Optional.of(owned.user()));
                    case "none" -> item.assigneeId().isEmpty();
                    default -> true;
                };
    }

    private static <T> boolean is(Optional<T> wanted, T actual) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }

    private static <T extends Comparable<? super T>> boolean isWithin(
            Optional<T> value, Optional<T> from, Optional<T> to) {
        return (from.isEmpty() && to.isEmpty())
                || (value.isPresent()
                        && (from.isEmpty() || value.get().compareTo(from.get()) >= 0)
                        && (to.isEmpty() || value.get().compareTo(to.get()) <= 0));
    }

    private static Comparator<ResultRow> order(Sort sort) {
        Comparator<ResultRow> places = Comparator.comparingLong(ResultRow::place);
        Comparator<ResultRow> amounts = Comparator.comparingLong(row -> -sign(row) * row.weight());
        Comparator<ResultRow> without = Comparator.comparing((ResultRow row) -> sign(row) == 0);
        return switch (sort) {
            case POSITION -> places;
            case AMOUNT ->
                    without.thenComparing(amounts)
                            .thenComparingLong(row -> sign(row) > 0 ? -row.place() : row.place());
            case AMOUNT_FALLING ->
                    without.thenComparing(amounts.reversed())
                            .thenComparingLong(row -> sign(row) < 0 ? -row.place() : row.place());
            case DATE -> Comparator.comparingInt(ResultRow::day).thenComparing(places);
            case DATE_FALLING ->
                    Comparator.comparing((ResultRow row) -> row.day() == HeadlineDays.ABSENT)
                            .thenComparing(Comparator.comparingInt(ResultRow::day).reversed())
                            .thenComparing(places.reversed());
            case KEY -> Comparator.comparing(ResultRow::key).thenComparing(places);
        };
    }

    private static int sign(ResultRow row) {
        return shelves.traits(row.shelf()).sign();
    }
}
