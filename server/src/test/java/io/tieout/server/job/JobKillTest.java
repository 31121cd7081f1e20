package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes in processes of their own that are killed while they work, and whose jobs other nodes take
/// up. What becomes of whole servers is in `reliability`.
final class JobKillTest {
    private static final int KILLS = 3;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(4);
    private static final int ROWS = 6_000;

    private JobWorld world;
    private UUID reconciliation;
    private String digest = "";
    private long breaks;

    @BeforeEach
    void start() {
        world = new JobWorld();
        UUID left = world.load("ledger", JobWorld.csv(0, ROWS));
        UUID right = world.load("bank", JobWorld.csv(100, ROWS + 100));
        reconciliation = world.reconciliation(left, right, JobWorld.PLAN);
        JobFeature undisturbed = world.node();
        JobView job = world.over(world.start(reconciliation));
        digest = job.digest().orElseThrow();
        breaks = breaks(job.id());
        assertThat(breaks).isEqualTo(200);
        world.stop(undisturbed);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private long breaks(UUID job) {
        return world.count(
                """
                select count(*) from testing_breaks b
                  join reconciliation_jobs j on j.number = b.job_number where j.id = ?
                """,
                job);
    }

    private void assertDoneOnce(UUID job) {
        JobView over = world.job(job);
        assertThat(over.failure()).isEmpty();
        assertThat(over.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(over.digest()).contains(digest);
        assertThat(breaks(job)).isEqualTo(breaks);
        assertThat(
                        world.count(
                                "select count(*) from audit_log where action = 'job.finish' and subject_id = ?",
                                job.toString()))
                .isEqualTo(1);
        assertThat(
                        world.count(
                                "select count(*) from reconciliation_job_inputs where job_id = ?",
                                job))
                .isEqualTo(2);
    }

    @Test
    void killedAnywhereAJobIsTakenUpByAnotherNodeAndDoneOnce() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            Duration beat = Duration.ofMillis(500);
            try (JobNodeProcess doomed =
                    JobNodeProcess.start(world, UUID.randomUUID(), beat, Duration.ofMillis(400))) {
                UUID job = world.start(reconciliation);
                world.await(job, LONG, j -> j.status() != JobStatus.QUEUED);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(700));
                doomed.kill();
                JobFeature heir = world.node();
                world.await(job, Duration.ofSeconds(30), j -> j.status().isFinal());
                assertDoneOnce(job);
                world.stop(heir);
            }
        }
    }

    private static JobSettings settings(UUID nodeId) {
        JobSettings s = JobWorld.settings();
        return new JobSettings(
                nodeId,
                s.mostJobs(),
                s.memoryMegabytes(),
                s.threads(),
                s.poll(),
                USUAL_HEARTBEAT,
                s.grace(),
                s.mostLosses(),
                s.version());
    }

    @Test
    void aRestartedNodeGoesOnAtOnceWithWhatItWorkedOn() throws Exception {
        UUID nodeId = UUID.randomUUID();
        try (JobNodeProcess doomed = JobNodeProcess.start(world, nodeId, USUAL_HEARTBEAT, LONG)) {
            UUID job = world.start(reconciliation);
            world.await(job, LONG, j -> j.phase().equals(Optional.of("indexing")));
            doomed.kill();
            world.node(settings(nodeId), Duration.ZERO);
            world.await(job, Duration.ofSeconds(8), j -> j.status().isFinal());
            assertDoneOnce(job);
        }
    }

    @Test
    void aJobThatKillsItsServerAgainAndAgainIsGivenUp() throws Exception {
        Duration beat = Duration.ofMillis(500);
        UUID nodeId = UUID.randomUUID();
        UUID job = world.start(reconciliation);
        for (int i = 1; i <= 3; i++) {
            int attempt = i;
            try (JobNodeProcess doomed = JobNodeProcess.start(world, nodeId, beat, LONG)) {
                world.await(job, LONG, j -> j.attempt() == attempt);
                doomed.kill();
            }
        }
        world.node(settings(nodeId), Duration.ZERO);
        JobView over = world.over(job);
        assertThat(over.status()).isEqualTo(JobStatus.FAILED);
        assertThat(over.failure().orElseThrow().text())
                .contains("its server stopped 3 times while it ran");
        assertThat(breaks(job)).isZero();
    }
}
