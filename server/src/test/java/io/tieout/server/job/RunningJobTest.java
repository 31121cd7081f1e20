package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.formats.plan.PlanFile;
import io.tieout.server.database.RequestId;
import io.tieout.server.job.RunningJob.End;
import io.tieout.server.job.RunningJob.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RunningJobTest {
    private final AtomicLong nanos = new AtomicLong();

    private RunningJob job() {
        StoredJob stored =
                new StoredJob(
                        UUID.randomUUID(),
                        1,
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        1,
                        0,
                        false,
                        Optional.empty(),
                        1,
                        Instant.EPOCH,
                        UUID.randomUUID(),
                        new RequestId("r"));
        RunningJob job = new RunningJob(stored, nanos::get);
        byte[] plan = JobWorld.PLAN.getBytes(StandardCharsets.UTF_8);
        job.expect(new JobPhases(PlanFile.parse("plan", plan).plan()));
        return job;
    }

    private static final List<String> PHASES =
            List.of("reading left", "reading right", "pass same", "breaks", "storing", "indexing");

    @Property(tries = 200)
    void neitherFractionNorEstimateGoesBack(
            @ForAll @Size(60) List<@IntRange(max = 30) Integer> steps) {
        RunningJob job = job();
        State before = job.state();
        int phase = 0;
        for (int step : steps) {
            nanos.addAndGet(Duration.ofMillis(step * 100L).toNanos());
            if (step % 5 == 0 && phase < PHASES.size()) {
                job.phase(PHASES.get(phase++), step);
            } else {
                job.advance(step);
            }
            State now = job.state();
            assertThat(now.fraction()).isBetween(before.fraction(), 1.0);
            int earlier = before.remainingSeconds().orElse(Integer.MAX_VALUE);
            assertThat(now.remainingSeconds().orElse(Integer.MAX_VALUE))
                    .isLessThanOrEqualTo(earlier);
            before = now;
        }
    }

    @Test
    void theFractionFollowsThePhases() {
        RunningJob job = job();
        job.phase("reading left", 100);
        job.advance(50);
        assertThat(job.state().fraction()).isEqualTo(0.075);
        job.phase("pass same", 10);
        assertThat(job.state().phase()).isEqualTo("pass same");
        assertThat(job.state().fraction()).isEqualTo(0.3);
        job.phase("breaks", 2);
        job.advance(2);
        assertThat(job.state().phase()).isEqualTo("proof");
    }

    @Test
    void theFirstReasonToEndCounts() {
        RunningJob job = job();
        assertThat(job.isCancelled()).isFalse();
        job.end(End.CANCELLED);
        job.end(End.LOST);
        assertThat(job.end()).contains(End.CANCELLED);
        assertThat(job.isCancelled()).isTrue();
    }
}
