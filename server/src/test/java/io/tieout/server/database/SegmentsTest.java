package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SegmentsTest {
    private static final RequestId REQUEST = new RequestId("load");
    private static final long LARGE = Segments.OWN_FROM_ROWS;
    private static final long SMALL = 100;
    private static SeededDatabase seeded;
    private static Segments segments;

    @BeforeAll
    static void start() {
        seeded = new SeededDatabase();
        segments = new Segments(seeded.database());
    }

    @AfterAll
    static void stop() {
        seeded.close();
    }

    private static int load(long source, long rows) {
        return load(source, rows, seeded.ours.project);
    }

    private static int load(long source, long rows, UUID project) {
        return segments.load(
                REQUEST,
                SegmentedTable.RECORDS,
                rows,
                RecordRows.COLUMNS,
                (writer, segment) -> RecordRows.write(writer, segment, source, rows, project),
                (handle, segment, written) -> {
                    assertThat(written).isEqualTo(rows);
                    assertThat(handle.select("select current_user").mapTo(String.class).one())
                            .isEqualTo("tieout_worker");
                    return segment;
                });
    }

    private static long count(UUID user, int segment, long source) {
        return seeded.database()
                .inApp(
                        seeded.as(user),
                        Access.READ,
                        handle ->
                                handle.createQuery(
                                                "select count(*) from reconciliation_records where segment = ? and source_number = ?")
                                        .bind(0, segment)
                                        .bind(1, source)
                                        .mapTo(Long.class)
                                        .one());
    }

    private static String one(String sql) {
        return TestingPostgres.one(seeded.url(), sql);
    }

    @Test
    void aLargeSetGetsASegmentOfItsOwnAndASmallOneShares() {
        int large = load(100, LARGE);
        int small = load(101, SMALL);
        assertThat(large).isPositive();
        assertThat(small).isEqualTo(Segments.SHARED);
        assertThat(count(seeded.ours.user, large, 100)).isEqualTo(LARGE);
        assertThat(count(seeded.ours.user, small, 101)).isEqualTo(SMALL);
        assertThat(count(seeded.theirs.user, large, 100)).isZero();
        assertThat(count(seeded.theirs.user, small, 101)).isZero();
    }

    @Test
    void aSegmentHasTheIndexesOfItsParentAndNoOthers() {
        int segment = load(110, LARGE);
        String name = "reconciliation_records_" + segment;
        assertThat(
                        one(
                                "select string_agg(c.relname || ' ' || i.indisvalid || ' ' || c.relispartition, ',' order by c.relname)"
                                        + " from pg_index i join pg_class c on c.oid = i.indexrelid where indrelid = '"
                                        + name
                                        + "'::regclass"))
                .isEqualTo(
                        "idx_reconciliation_records_key_%d true true,idx_reconciliation_records_rows_%d true true"
                                .formatted(segment, segment));
        QueryPlan plan =
                QueryPlan.inApp(
                        seeded.database(),
                        seeded.as(seeded.ours.user),
                        "select * from reconciliation_records where segment = ? and source_number = ? and row_number > ? order by row_number limit 50",
                        segment,
                        110L,
                        1000);
        assertThat(plan.indexes()).containsExactly("idx_reconciliation_records_rows_" + segment);
        assertThat(plan.scanned()).isEmpty();
        assertThat(
                        one(
                                "select count(*) from pg_constraint where conrelid = '"
                                        + name
                                        + "'::regclass and contype = 'c'"))
                .isEqualTo("0");
    }

    @Test
    void resultsAreLoadedAsRecordsAre() {
        int segment =
                segments.load(
                        REQUEST,
                        SegmentedTable.RESULTS,
                        LARGE,
                        List.of("place", "shelf", "project_id", "weight", "record", "day", "key"),
                        (writer, number) -> {
                            for (int i = 1; i <= LARGE; i++) {
                                writer.startRow();
                                writer.writeInt(number);
                                writer.writeLong((170L << 34) + i);
                                writer.writeLong(170L << 20);
                                writer.writeUuid(seeded.ours.project);
                                writer.writeLong(-i);
                                writer.writeLong(i);
                                writer.writeInt(i);
                                writer.writeText("A-" + i);
                            }
                        },
                        (handle, number, written) -> number);
        String sql =
                "select * from reconciliation_results where segment = ? and shelf = ? and (weight, place) > (?, 0) order by weight, place limit 50";
        QueryPlan plan =
                QueryPlan.inApp(
                        seeded.database(),
                        seeded.as(seeded.ours.user),
                        sql,
                        segment,
                        170L << 20,
                        -1000L);
        assertThat(plan.indexes()).containsExactly("idx_reconciliation_results_weight_" + segment);
        segments.drop(REQUEST, SegmentedTable.RESULTS, segment, 170);
        assertThat(
                        one(
                                "select to_regclass('reconciliation_results_%d') is null"
                                        .formatted(segment)))
                .isEqualTo("t");
    }

    @Test
    void nobodyIsGrantedASegment() {
        int segment = load(120, LARGE);
        for (String role : List.of("tieout_app", "tieout_worker")) {
            assertThat(
                            one(
                                    "select has_any_column_privilege('%s', 'reconciliation_records_%d', 'select, insert, update, references')"
                                            .formatted(role, segment)))
                    .isEqualTo("f");
        }
    }

    @Test
    void aLoadThatFailsLeavesNothing() {
        String before = one("select count(*) from pg_class");
        for (long rows : new long[] {LARGE, SMALL}) {
            assertThatThrownBy(
                            () ->
                                    segments.load(
                                            REQUEST,
                                            SegmentedTable.RECORDS,
                                            rows,
                                            RecordRows.COLUMNS,
                                            (writer, segment) -> {
                                                RecordRows.write(
                                                        writer,
                                                        segment,
                                                        130,
                                                        rows,
                                                        seeded.ours.project);
                                                throw new IllegalStateException("the source ended");
                                            },
                                            (handle, segment, written) -> segment))
                    .hasMessage("the source ended");
            assertThatThrownBy(
                            () ->
                                    segments.load(
                                            REQUEST,
                                            SegmentedTable.RECORDS,
                                            rows,
                                            RecordRows.COLUMNS,
                                            (writer, segment) ->
                                                    RecordRows.write(
                                                            writer,
                                                            segment,
                                                            130,
                                                            rows,
                                                            seeded.ours.project),
                                            (handle, segment, written) -> {
                                                throw new IllegalStateException("fenced off");
                                            }))
                    .hasMessage("fenced off");
        }
        assertThat(one("select count(*) from pg_class")).isEqualTo(before);
        assertThat(count(seeded.ours.user, 0, 130)).isZero();
    }

    @Test
    void readersAndALoadDoNotWaitForEachOther() throws Exception {
        load(140, SMALL);
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch joined = new CountDownLatch(1);
        CountDownLatch readBeside = new CountDownLatch(1);
        // One reads since before, and stays in its transaction; one reads while the load is open.
        try (Connection earlier = seeded.url().dataSource().getConnection();
                Statement statement = earlier.createStatement()) {
            earlier.setAutoCommit(false);
            statement.execute("set local role tieout_worker");
            statement.execute("select count(*) from reconciliation_records");
            Future<Integer> load =
                    threads.submit(
                            () ->
                                    segments.load(
                                            REQUEST,
                                            SegmentedTable.RECORDS,
                                            LARGE,
                                            RecordRows.COLUMNS,
                                            (writer, segment) ->
                                                    RecordRows.write(
                                                            writer,
                                                            segment,
                                                            141,
                                                            LARGE,
                                                            seeded.ours.project),
                                            (handle, segment, written) -> {
                                                joined.countDown();
                                                await(readBeside);
                                                return segment;
                                            }));
            assertThat(joined.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(count(seeded.ours.user, 0, 140)).isEqualTo(SMALL);
            statement.execute("select count(*) from reconciliation_records");
            load(142, SMALL);
            readBeside.countDown();
            assertThat(count(seeded.ours.user, load.get(), 141)).isEqualTo(LARGE);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSetIsRemovedAndNoOther() {
        int segment = load(150, LARGE);
        load(151, SMALL);
        load(152, SMALL);
        segments.drop(REQUEST, SegmentedTable.RECORDS, segment, 150);
        assertThat(segments.drop(REQUEST, SegmentedTable.RECORDS, Segments.SHARED, 151))
                .isEqualTo(SMALL);
        assertThat(count(seeded.ours.user, segment, 150)).isZero();
        assertThat(count(seeded.ours.user, 0, 151)).isZero();
        assertThat(count(seeded.ours.user, 0, 152)).isEqualTo(SMALL);
        assertThat(
                        one(
                                "select to_regclass('reconciliation_records_%d') is null"
                                        .formatted(segment)))
                .isEqualTo("t");
        // Again, as after an answer that was lost.
        segments.drop(REQUEST, SegmentedTable.RECORDS, segment, 150);
    }

    @Test
    void anInterruptedRemovalIsFinishedBySweeping() throws SQLException {
        int detached = load(160, LARGE);
        int pending = load(161, LARGE);
        int kept = load(162, LARGE);
        TestingPostgres.execute(
                seeded.url(),
                "alter table reconciliation_records detach partition reconciliation_records_"
                        + detached);
        interruptDetach(pending);
        assertThat(segments.sweep())
                .containsExactlyInAnyOrder(
                        "reconciliation_records_" + detached, "reconciliation_records_" + pending);
        assertThat(count(seeded.ours.user, kept, 162)).isEqualTo(LARGE);
        assertThat(segments.sweep()).isEmpty();
    }

    // Detaching waits for a reader, and is broken off while it does.
    private static void interruptDetach(int segment) throws SQLException {
        try (Connection reader = seeded.url().dataSource().getConnection();
                Connection owner = seeded.url().dataSource().getConnection();
                Statement reading = reader.createStatement();
                Statement detaching = owner.createStatement()) {
            reader.setAutoCommit(false);
            reading.execute("select 1 from reconciliation_records limit 1");
            detaching.execute("set statement_timeout = '500ms'");
            assertThatThrownBy(
                            () ->
                                    detaching.execute(
                                            "alter table reconciliation_records detach partition reconciliation_records_"
                                                    + segment
                                                    + " concurrently"))
                    .hasMessageContaining("statement timeout");
        }
    }
}
