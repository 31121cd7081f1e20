package io.tieout.server.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.database.Work;
import io.tieout.server.result.Sort.Run;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every list of a job with a million results is read from an index, as far as it is shown.
final class ResultPlansTest {
    private static final int RECORDS = 1_000_000;

    /// Pages of 8 KiB that one statement may touch: so many rows and what leads to them.
    private static final long MOST_BLOCKS = 2L * ResultPages.LOOKED_AT + 1_000;

    private static TestingDatabase testing;
    private static Owned owned;
    private static Done job;

    @BeforeAll
    static void store() {
        testing = TestingPostgres.database();
        TestingJobs jobs = new TestingJobs(testing.database());
        owned = jobs.project();
        job = new LargeJobs(jobs, owned).run(RECORDS);
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
    void aListTouchesNoMoreThanItShows(ResultFilter filter, Sort sort) {
        as(
                handle -> {
                    KeptOutcome outcome = Outcomes.ofJob(handle, job.id());
                    Shelves shelves =
                            Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
                    Selection selection = Selection.of(outcome, shelves, filter, owned.user(), "?");
                    for (Run run : sort.runs(selection)) {
                        if (!run.shelves().isEmpty()) {
                            explain(handle, outcome, selection, run);
                        }
                    }
                    return true;
                });
    }

    private static void explain(Handle handle, KeptOutcome outcome, Selection selection, Run run) {
        boolean leftOver = selection.isLeftOver(run.column());
        String sql = leftOver ? ResultSql.sift(run, false, selection) : ResultSql.scan(run, false);
        Query query = handle.createQuery("explain (analyze, buffers, format json) " + sql);
        String plan =
                ResultSql.bind(query, outcome, selection, run)
                        .bind(
                                "chunk",
                                leftOver
                                        ? Math.max(10, ResultPages.LOOKED_AT / run.shelves().size())
                                        : 51)
                        .bind("wanted", 51)
                        .mapTo(String.class)
                        .one();
        JsonNode root = JsonMapper.shared().readTree(plan).get(0).get("Plan");
        long blocks =
                root.get("Shared Hit Blocks").longValue()
                        + root.get("Shared Read Blocks").longValue();
        assertThat(blocks).as("%s", plan).isLessThan(MOST_BLOCKS);
        assertThat(nodes(root)).as("%s", plan).doesNotContain("Seq Scan", "Bitmap Heap Scan");
    }

    private static List<String> nodes(JsonNode node) {
        List<String> nodes = new ArrayList<>(List.of(node.get("Node Type").stringValue()));
        node.path("Plans").forEach(child -> nodes.addAll(nodes(child)));
        return nodes;
    }
}
