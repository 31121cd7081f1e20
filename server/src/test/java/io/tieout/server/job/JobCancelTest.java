package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.Prompt;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs that are cancelled in the middle of something long.
final class JobCancelTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration PROMISE = Duration.ofSeconds(2);

    /// Every pair is compared, by a costly comparison.
    private static final String SLOW =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              reference: ref
              amount: {left: amount, right: amount, type: amount}
            passes:
              - name: like
                match:
                  reference: {similar: levenshtein, at-least: 0.1}
            """;

    private JobWorld world;

    @BeforeEach
    void start() {
        world = new JobWorld();
        world.node();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Duration cancelIn(UUID reconciliation, String phase) {
        UUID job = world.start(reconciliation);
        world.await(job, LONG, j -> j.phase().filter(p -> p.startsWith(phase)).isPresent());
        Duration took =
                Prompt.timed(
                        () -> {
                            assertThat(world.cancel(job)).isTrue();
                            world.await(job, LONG, j -> j.status().isFinal());
                        });
        JobView over = world.job(job);
        assertThat(over.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(over.phase()).isEqualTo(Optional.empty());
        assertThat(world.count("select count(*) from testing_breaks")).isZero();
        assertThat(
                        world.count(
                                "select count(*) from audit_log where action = 'job.finish' and details ->> 'status' = 'cancelled' and subject_id = ?::text",
                                job))
                .isEqualTo(1);
        return took;
    }

    @Test
    void whileItsRecordsAreRead() {
        UUID left = world.generate("ledger", 600_000);
        UUID right = world.load("bank", JobWorld.csv(0, 3));
        UUID reconciliation = world.reconciliation(left, right, JobWorld.PLAN);
        Prompt.within(PROMISE, () -> cancelIn(reconciliation, JobPhases.READING_LEFT));
    }

    @Test
    void whileItsRecordsAreMatched() {
        UUID left = world.generate("ledger", 40_000);
        UUID right = world.generate("bank", 40_000);
        UUID reconciliation = world.reconciliation(left, right, SLOW);
        Prompt.within(PROMISE, () -> cancelIn(reconciliation, JobPhases.PASS));
    }
}
