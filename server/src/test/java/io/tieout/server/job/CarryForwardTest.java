package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Open breaks that go from one job to the next.
final class CarryForwardTest {
    private static final String HEAD = "id,ref,amount\n";
    private JobWorld world;

    @BeforeEach
    void start() {
        world = new JobWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private UUID carrying(UUID left, UUID right) {
        return world.reconciliation(left, right, JobWorld.PLAN, 0, true, Optional.empty());
    }

    private void use(UUID reconciliation, String left, String right) {
        world.execute(
                "update reconciliations set left_data_source_id = ?, right_data_source_id = ? where id = ?",
                world.load("ledger", HEAD + left),
                world.load("bank", HEAD + right),
                reconciliation);
    }

    private UUID succeeded(UUID reconciliation) {
        UUID job = world.start(reconciliation);
        JobView over = world.over(job);
        assertThat(over.failure()).isEmpty();
        assertThat(over.status()).isEqualTo(JobStatus.SUCCEEDED);
        return job;
    }

    /// What a job left open, as `side key ordinal:row`.
    private List<String> open(UUID job) {
        return world.texts(
                """
                select b.side || ' ' || b.key || ' ' || (b.reference >> 32) || ':' || (b.reference & 4294967295)
                  from testing_breaks b join reconciliation_jobs j on j.number = b.job_number
                 where j.id = '%s' order by 1
                """
                        .formatted(job));
    }

    @Test
    void openBreaksGoAlongOverManyPeriodsUntilTheyMatch() {
        world.node();
        UUID reconciliation =
                carrying(
                        world.load("ledger", HEAD + "a,r1,1\nb,r2,2\nc,r3,3\n"),
                        world.load("bank", HEAD + "x,r1,1\n"));
        UUID january = succeeded(reconciliation);
        assertThat(open(january)).containsExactly("left b 0:2", "left c 0:3");
        use(reconciliation, "d,r4,4\n", "y,r2,2\nz,r9,9\n");
        UUID february = succeeded(reconciliation);
        assertThat(world.job(february).carriedFromJobId()).contains(january);
        // b was carried along and matched; c is still open.
        assertThat(open(february)).containsExactly("left c 1:3", "left d 0:1", "right z 0:2");
        use(reconciliation, "e,r5,5\n", "w,r4,4\n");
        UUID march = succeeded(reconciliation);
        assertThat(open(march)).containsExactly("left c 2:3", "left e 0:1", "right z 1:2");
        use(reconciliation, "f,r9,9\n", "v,r3,3\n");
        UUID april = succeeded(reconciliation);
        assertThat(open(april)).containsExactly("left e 1:1");
        assertThat(inputs(april, Side.LEFT)).hasSize(3);
        // Where its record is kept is found through the inputs, however long ago it came.
        assertThat(inputs(march, Side.LEFT).get(2)).isEqualTo(inputs(january, Side.LEFT).get(0));
    }

    private List<UUID> inputs(UUID job, Side side) {
        return world.database().inApp(world.actor(), handle -> JobInputs.of(handle, job, side));
    }

    @Test
    void aNewRecordReplacesTheCarriedOneOfItsKey() {
        world.node();
        UUID reconciliation =
                carrying(
                        world.load("ledger", HEAD + "a,r1,1\nb,r2,2\n"),
                        world.load("bank", HEAD + "x,r8,8\n"));
        succeeded(reconciliation);
        use(reconciliation, "b,r2,2.50\nc,r3,3\n", "y,r2,2.50\n");
        UUID next = succeeded(reconciliation);
        assertThat(open(next)).containsExactly("left a 1:1", "left c 0:2", "right x 1:1");
        assertThat(
                        world.count(
                                "select record_count from reconciliation_job_inputs where job_id = ? and side = 'left' and ordinal = 1",
                                next))
                .isEqualTo(1);
    }

    @Test
    void whatWasDecidedMeanwhileStaysBehind() {
        world.node();
        UUID reconciliation =
                carrying(
                        world.load("ledger", HEAD + "a,r1,1\nb,r2,2\n"),
                        world.load("bank", HEAD + "x,r8,8\n"));
        succeeded(reconciliation);
        world.execute("update testing_breaks set is_open = false where key = 'a'");
        use(reconciliation, "c,r3,3\n", "y,r9,9\n");
        assertThat(open(succeeded(reconciliation)))
                .containsExactly("left b 1:2", "left c 0:1", "right x 1:1", "right y 0:1");
    }

    @Test
    void aJobWaitsForTheOneWhoseBreaksItTakes() {
        UUID reconciliation =
                carrying(
                        world.load("ledger", HEAD + "a,r1,1\n"),
                        world.load("bank", HEAD + "x,r8,8\n"));
        UUID first = world.start(reconciliation);
        use(reconciliation, "b,r2,2\n", "y,r9,9\n");
        UUID second = world.start(reconciliation);
        world.node(JobWorld.settings().withLimits(4, 4000), Duration.ofMillis(500));
        world.node(JobWorld.settings().withLimits(4, 4000), Duration.ofMillis(500));
        assertThat(world.over(second).carriedFromJobId()).contains(first);
        assertThat(open(second))
                .containsExactly("left a 1:1", "left b 0:1", "right x 1:1", "right y 0:1");
    }

    @Test
    void withoutCarryForwardNothingGoesAlong() {
        world.node();
        UUID reconciliation =
                world.reconciliation(
                        world.load("ledger", HEAD + "a,r1,1\n"),
                        world.load("bank", HEAD + "x,r8,8\n"),
                        JobWorld.PLAN);
        succeeded(reconciliation);
        use(reconciliation, "b,r2,2\n", "y,r9,9\n");
        UUID next = succeeded(reconciliation);
        assertThat(world.job(next).carriedFromJobId()).isEmpty();
        assertThat(open(next)).containsExactly("left b 0:1", "right y 0:1");
    }
}
