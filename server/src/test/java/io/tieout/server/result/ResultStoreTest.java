package io.tieout.server.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.Side;
import io.tieout.server.database.Actor;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ResultStoreTest {
    static final String PLAN =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              reference: {left: ref, right: ref, type: text}
              amount: {left: amount, right: amount, type: amount, currency: currency}
              date: {left: date, right: date, type: date}
            passes:
              - name: exact
                match: {reference: exact, amount: exact}
              - name: near
                match: {reference: exact, amount: {within: 1.00}}
                status: suggested
              - name: batch
                cardinality: many-to-one
                together: [batch]
                match: {amount: sum, date: exact}
            """;
    static final String LEFT =
            """
            id,ref,amount,currency,date,batch
            L1,R-1,10.00,EUR,2026-01-01,
            L2,R-2,20.00,EUR,2026-01-02,
            L3,R-3,-30.00,EUR,2026-01-03,
            L4,R-4,4.00,USD,2026-01-04,B1
            L5,R-5,5.00,USD,2026-01-04,B1
            L6,R-6,600.00,EUR,2026-01-06,
            L7,R-7,7.00,USD,,
            L8,R-8,,EUR,2026-01-08,
            """;
    static final String RIGHT =
            """
            id,ref,amount,currency,date,batch
            P1,R-1,10.00,EUR,2026-01-01,
            P2,R-2,20.50,EUR,2026-01-03,
            P3,R-9,9.00,USD,2026-01-04,
            P4,R-6,-601.50,EUR,2026-01-06,
            """;

    private static TestingDatabase testing;
    private static TestingJobs jobs;
    private static Owned owned;
    private static Done done;

    @BeforeAll
    static void run() {
        testing = TestingPostgres.database();
        jobs = new TestingJobs(testing.database());
        owned = jobs.project();
        done = jobs.run(owned, PLAN, jobs.source(owned, LEFT), jobs.source(owned, RIGHT));
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    private static <T> T as(UUID user, io.tieout.server.database.Work<T> work) {
        return testing.database().inApp(new Actor(user, new RequestId("test")), work);
    }

    private static List<ResultItem> list(ResultFilter filter, Sort sort) {
        return as(
                owned.user(),
                handle -> {
                    KeptOutcome outcome = Outcomes.ofJob(handle, done.id());
                    Shelves shelves =
                            Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
                    Selection selection =
                            Selection.of(outcome, shelves, filter, owned.user(), "?");
                    return new ResultPages(handle, outcome, selection, sort)
                            .page("list", 100, Optional.empty())
                            .rows()
                            .stream()
                            .map(row -> ResultItem.of(outcome, shelves, row))
                            .toList();
                });
    }

    @Test
    void resultsAreInTheOrderInWhichAReviewerTakesThem() {
        List<ResultItem> items = list(ResultFilter.ALL, Sort.POSITION);
        items.forEach(System.out::println);
        assertThat(items)
                .extracting(item -> item.leftKey().or(item::rightKey).orElseThrow())
                .containsExactly("P4", "L6", "L3", "L7", "L8", "L2", "L1", "L4");
        assertThat(items).extracting(ResultItem::id).isSorted();
    }

    @Test
    void theTallyIsThatOfTheEngine() {
        Tally tally = as(owned.user(), handle -> Outcomes.ofJob(handle, done.id())).atEnd();
        assertThat(tally.lines())
                .filteredOn(line -> line.side() == Side.LEFT && line.currency().equals("EUR"))
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.in()).isEqualTo(4);
                            assertThat(line.amountMatched()).isEqualByComparingTo("30.00");
                            assertThat(line.amountOpen()).isEqualTo(new BigDecimal("570.00"));
                        });
    }
}
