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
    private static TestingDatabase testing;
    private static TestingJobs jobs;
    private static Owned owned;
    private static Done done;

    @BeforeAll
    static void run() {
        testing = TestingPostgres.database();
        jobs = new TestingJobs(testing.database());
        owned = jobs.project();
        done = jobs.run(owned);
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
                    Selection selection = Selection.of(outcome, shelves, filter, owned.user(), "?");
                    return new ResultPages(handle, outcome, selection, sort)
                            .page("list", 100, Optional.empty()).rows().stream()
                                    .map(row -> ResultItem.of(outcome, shelves, row))
                                    .toList();
                });
    }

    @Test
    void resultsAreInTheOrderInWhichAReviewerTakesThem() {
        List<ResultItem> items = list(ResultFilter.ALL, Sort.POSITION);
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
