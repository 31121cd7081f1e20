package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.AtOnce;
import io.tieout.server.job.JobStart.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs that schedules start, by a clock that is moved.
final class DueJobsTest {
    private static final String DAILY = "0 6 * * *";
    private JobWorld world;
    private JobFeature node;

    @BeforeEach
    void start() {
        world = new JobWorld();
        node = world.idleNode(JobWorld.settings(), Duration.ZERO);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private UUID daily(UUID left, UUID right) {
        return world.reconciliation(left, right, JobWorld.PLAN, 0, false, Optional.of(DAILY));
    }

    private List<UUID> jobs() {
        return world.ids("select id from reconciliation_jobs order by number");
    }

    private void succeed(UUID job) {
        world.execute("update reconciliation_jobs set status = 'succeeded' where id = ?", job);
    }

    @Test
    void whatIsDueStartsOnceHoweverManyNodesSeeIt() {
        UUID reconciliation =
                daily(
                        world.load("ledger", JobWorld.csv(0, 3)),
                        world.load("bank", JobWorld.csv(7, 9)));
        JobFeature other = world.idleNode(JobWorld.settings(), Duration.ZERO);
        AtOnce.times(
                6,
                () -> {
                    node.startDue();
                    other.startDue();
                    return true;
                });
        assertThat(jobs()).hasSize(1);
        JobView job = world.job(jobs().getFirst());
        assertThat(job.reconciliationId()).isEqualTo(reconciliation);
        assertThat(job.trigger()).isEqualTo(Trigger.SCHEDULE.word());
        assertThat(job.dueAt()).contains(world.clock.instant());
        assertThat(world.count("select count(*) from scheduled_tasks where task_name = 'job'"))
                .isEqualTo(1);
        assertThat(
                        world.count(
                                "select count(*) from reconciliations where next_run_at > ?",
                                world.clock.instant()))
                .isEqualTo(1);
    }

    @Test
    void timesThatPassedUnseenCountOnce() {
        UUID right = world.load("bank", JobWorld.csv(0, 3));
        daily(world.load("ledger", JobWorld.csv(0, 3)), right);
        node.startDue();
        succeed(jobs().getFirst());
        world.load("ledger", JobWorld.csv(0, 4));
        world.clock.advance(Duration.ofDays(5));
        node.startDue();
        node.startDue();
        assertThat(jobs()).hasSize(2);
        assertThat(
                        world.count(
                                "select count(*) from reconciliations where next_run_at > ? and next_run_at <= ?",
                                world.clock.instant(),
                                world.clock.instant().plus(Duration.ofDays(1))))
                .isEqualTo(1);
    }

    @Test
    void theNewestSourcesOfTheSameNamesAreTaken() {
        UUID oldLeft = world.load("ledger", JobWorld.csv(0, 3));
        UUID right = world.load("bank", JobWorld.csv(0, 3));
        daily(oldLeft, right);
        world.load("other", JobWorld.csv(0, 3));
        UUID newLeft = world.load("ledger", JobWorld.csv(0, 5));
        UUID failed = world.load("bank", JobWorld.csv(0, 5));
        world.execute("update data_sources set status = 'failed' where id = ?", failed);
        node.startDue();
        JobView job = world.job(jobs().getFirst());
        assertThat(job.leftDataSourceId()).isEqualTo(newLeft);
        assertThat(job.rightDataSourceId()).isEqualTo(right);
    }

    @Test
    void nothingStartsWhereNothingHasChangedAndThatIsSaid() {
        daily(world.load("ledger", JobWorld.csv(0, 3)), world.load("bank", JobWorld.csv(0, 3)));
        node.startDue();
        succeed(jobs().getFirst());
        world.clock.advance(Duration.ofDays(1));
        node.startDue();
        assertThat(jobs()).hasSize(1);
        assertThat(reasons()).containsExactly("neither side has changed since the last job");
        world.execute("update reconciliation_jobs set status = 'failed'");
        world.clock.advance(Duration.ofDays(1));
        node.startDue();
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void whatCannotStartIsSkippedAndThatIsSaid() {
        UUID left = world.load("ledger", JobWorld.csv(0, 3));
        daily(left, world.load("bank", JobWorld.csv(0, 3)));
        world.load("ledger", "id,reference,amount\na,b,1\n");
        node.startDue();
        assertThat(jobs()).isEmpty();
        assertThat(reasons().getFirst()).contains("the left data source has no column `ref`");
    }

    @Test
    void oneThatIsBrokenKeepsNoOthersFromTheirTime() {
        UUID broken =
                daily(
                        world.load("ledger", JobWorld.csv(0, 3)),
                        world.load("bank", JobWorld.csv(0, 3)));
        world.execute(
                "update reconciliation_plans set canonical = 'no plan' where reconciliation_id = ?",
                broken);
        world.execute("update reconciliations set next_run_at = next_run_at - interval '1 hour'");
        UUID whole =
                daily(
                        world.load("other", JobWorld.csv(0, 3)),
                        world.load("bank", JobWorld.csv(0, 3)));
        node.startDue();
        assertThat(jobs()).hasSize(1);
        assertThat(world.job(jobs().getFirst()).reconciliationId()).isEqualTo(whole);
        assertThat(reasons()).containsExactly("something is broken on our side; it is in the log");
        node.startDue();
        assertThat(reasons()).hasSize(1);
    }

    @Test
    void aDeletedReconciliationOrProjectIsNeverDue() {
        UUID one =
                daily(
                        world.load("ledger", JobWorld.csv(0, 3)),
                        world.load("bank", JobWorld.csv(0, 3)));
        world.execute("update reconciliations set deleted_at = now() where id = ?", one);
        daily(world.load("ledger", JobWorld.csv(0, 3)), world.load("bank", JobWorld.csv(0, 3)));
        world.execute("update projects set deleted_at = now()");
        node.startDue();
        assertThat(jobs()).isEmpty();
    }

    private List<String> reasons() {
        return world.texts(
                "select details ->> 'reason' from audit_log where action = 'job.skip' order by number");
    }
}
