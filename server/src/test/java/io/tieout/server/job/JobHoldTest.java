package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.database.RequestId;
import io.tieout.server.job.JobHold.Taken;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node that was taken for dead, and the one that has its job now.
final class JobHoldTest {
    private static final RequestId SELF = new RequestId("job-hold-test");
    private static final JobNumbers NUMBERS =
            new JobNumbers("{}", "{}", "{}", "0".repeat(64), "{}");

    private JobWorld world;
    private UUID id;
    private StoredJob sleeper;
    private StoredJob holder;

    @BeforeEach
    void start() {
        world = new JobWorld();
        UUID left = world.load("ledger", JobWorld.csv(0, 3));
        UUID right = world.load("bank", JobWorld.csv(0, 3));
        id = world.start(world.reconciliation(left, right, JobWorld.PLAN));
        sleeper = take();
        in(
                handle -> {
                    JobHold.lose(handle, id);
                    return true;
                });
        holder = take();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private <T> T in(Function<Handle, T> action) {
        return world.database().inWorker(SELF, action::apply);
    }

    private StoredJob take() {
        Optional<Taken> taken =
                in(handle -> JobHold.take(handle, id, UUID.randomUUID(), world.clock.instant()));
        return taken.orElseThrow().job();
    }

    private boolean succeeds(StoredJob job) {
        return in(h -> JobHold.succeed(h, job, NUMBERS, 0, 0, world.clock.instant()));
    }

    private boolean ends(StoredJob job) {
        JobFailure failure = JobFailure.internal();
        return in(
                h ->
                        JobHold.end(
                                h,
                                job,
                                JobStatus.FAILED,
                                Optional.of(failure),
                                world.clock.instant()));
    }

    @Test
    void whoWakesUpChangesNothing() {
        JobView before = world.job(id);
        assertThat(succeeds(sleeper)).isFalse();
        assertThat(ends(sleeper)).isFalse();
        boolean handedOver = in(h -> JobHold.handOver(h, sleeper));
        assertThat(handedOver).isFalse();
        Optional<Boolean> told =
                in(h -> JobHold.progress(h, sleeper, "storing", 0.9, Optional.of(1)));
        assertThat(told).isEmpty();
        Optional<Boolean> looked = in(h -> JobHold.look(h, sleeper));
        assertThat(looked).isEmpty();
        in(
                h -> {
                    JobHold.lose(h, sleeper);
                    return true;
                });
        assertThat(world.job(id)).isEqualTo(before);
        assertThat(world.count("select losses from reconciliation_jobs")).isEqualTo(1);
    }

    @Test
    void whoHoldsItCompletesIt() {
        assertThat(succeeds(holder)).isTrue();
        assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ends(holder)).isFalse();
    }

    @Test
    void whoHoldsItEndsIt() {
        assertThat(ends(holder)).isTrue();
        assertThat(world.job(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(succeeds(holder)).isFalse();
    }
}
