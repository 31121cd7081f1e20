package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Progress;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceReader;
import io.tieout.server.Prompt;
import io.tieout.server.http.Json;
import io.tieout.server.http.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Jobs on real nodes that share a real database.
final class JobNodesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private JobWorld world;

    @BeforeEach
    void start() {
        world = new JobWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private UUID small() {
        UUID left = world.load("ledger", JobWorld.csv(0, 100));
        UUID right = world.load("bank", JobWorld.csv(10, 110));
        return world.reconciliation(left, right, JobWorld.PLAN);
    }

    private static JsonNode json(Optional<RawJson> raw) {
        return Json.tree(raw.orElseThrow().text());
    }

    private static Outcome ofCommand(Path folder, String left, String right) {
        PlanFile plan = PlanFile.read(folder.resolve("plan.yaml"));
        return new Reconciler(System::nanoTime)
                .run(
                        plan.plan(),
                        SourceReader.read(
                                        SourceInput.file(folder.resolve(left)),
                                        plan.plan(),
                                        Side.LEFT,
                                        ReadOptions.DEFAULT)
                                .table(),
                        SourceReader.read(
                                        SourceInput.file(folder.resolve(right)),
                                        plan.plan(),
                                        Side.RIGHT,
                                        ReadOptions.DEFAULT)
                                .table(),
                        RunLimits.threads(1),
                        Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "ledger-and-bank, ledger.csv, bank.csv",
        "invoices-and-payments, invoices.csv, payments.jsonl"
    })
    void theDigestIsThatOfTheCommand(String example, String left, String right) throws IOException {
        Path folder = Path.of("..", "examples", example);
        world.node();
        UUID reconciliation =
                world.reconciliation(
                        world.load(left, Files.readAllBytes(folder.resolve(left))),
                        world.load(right, Files.readAllBytes(folder.resolve(right))),
                        Files.readString(folder.resolve("plan.yaml")));
        JobView job = world.over(world.start(reconciliation));
        Outcome expected = ofCommand(folder, left, right);
        assertThat(job.failure()).isEmpty();
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.digest()).contains(expected.digest());
        assertThat(job.resultCount())
                .isEqualTo(
                        expected.matches().size()
                                + expected.leftBreaks().size()
                                + expected.rightBreaks().size());
        assertThat(json(job.counts()).at("/matches/total").intValue())
                .isEqualTo(expected.matches().size());
        assertThat(job.progress()).isEqualTo(1);
        assertThat(job.finishedAt()).isPresent();
    }

    @Test
    void twoNodesShareTheWork() {
        JobSettings one = JobWorld.settings().withLimits(1, 4000);
        JobSettings other = JobWorld.settings().withLimits(1, 4000);
        world.node(one, Duration.ofMillis(700));
        world.node(other, Duration.ofMillis(700));
        UUID reconciliation = small();
        List<UUID> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            jobs.add(world.start(reconciliation));
        }
        Set<String> digests = new HashSet<>();
        for (UUID job : jobs) {
            JobView over = world.over(job);
            assertThat(over.status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(over.attempt()).isEqualTo(1);
            digests.add(over.digest().orElseThrow());
        }
        assertThat(digests).hasSize(1);
        assertThat(world.count("select count(distinct node_id) from reconciliation_jobs"))
                .isEqualTo(2);
        assertThat(world.count("select count(*) from scheduled_tasks where task_name = 'job'"))
                .isZero();
        assertThat(
                        world.count(
                                "select count(*) from audit_log where action = 'job.finish' and actor_id = ?",
                                world.user))
                .isEqualTo(6);
    }

    @Test
    void whatIsBeyondTheBudgetWaitsInItsOrder() {
        UUID reconciliation = small();
        List<UUID> jobs = new ArrayList<>();
        for (int need : new int[] {60, 90, 10, 10}) {
            UUID job = world.start(reconciliation);
            world.execute("update reconciliation_jobs set need_mb = ? where id = ?", need, job);
            jobs.add(job);
        }
        world.node(JobWorld.settings().withLimits(4, 100), Duration.ofMillis(1200));
        world.await(jobs.get(0), SOON, job -> job.status() == JobStatus.RUNNING);
        // The small ones would fit beside the first, but not before the large one.
        assertThat(jobs.subList(1, 4)).allMatch(job -> world.job(job).status() == JobStatus.QUEUED);
        jobs.forEach(job -> assertThat(world.over(job).status()).isEqualTo(JobStatus.SUCCEEDED));
        // Clocks stand still here, so what ran first is told by the trail.
        assertThat(finished()).startsWith(jobs.get(0), jobs.get(1));
    }

    private List<UUID> finished() {
        return world.ids(
                "select subject_id::uuid from audit_log where action = 'job.finish' order by number");
    }

    @Test
    void aJobThatCanNeverFitFailsBeforeItStarts() {
        UUID job = world.start(small());
        world.execute("update reconciliation_jobs set need_mb = 101 where id = ?", job);
        world.node(JobWorld.settings().withLimits(4, 100), Duration.ZERO);
        JobView over = world.over(job);
        assertThat(over.status()).isEqualTo(JobStatus.FAILED);
        assertThat(over.attempt()).isZero();
        assertThat(over.failure().orElseThrow().text())
                .contains("the job needs about 101 MiB of memory, more than the 100 MiB");
    }

    @Test
    void aQueuedJobIsCancelledAtOnce() {
        UUID job = world.start(small());
        assertThat(world.cancel(job)).isTrue();
        assertThat(world.job(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(world.cancel(job)).isFalse();
        world.node();
        UUID next = world.start(small());
        world.over(next);
        assertThat(world.job(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(world.job(job).attempt()).isZero();
    }

    @Test
    void aJobIsCancelledWhileTheDatabaseStoresIt() {
        world.node(JobWorld.settings(), Duration.ofMinutes(2));
        Prompt.within(Duration.ofSeconds(2), this::cancelledWhileItIsStored);
    }

    private Duration cancelledWhileItIsStored() {
        UUID job = world.start(small());
        world.await(job, SOON, j -> j.phase().equals(Optional.of("indexing")));
        Duration took =
                Prompt.timed(
                        () -> {
                            assertThat(world.cancel(job)).isTrue();
                            world.over(job);
                        });
        assertThat(world.job(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(world.count("select count(*) from testing_breaks")).isZero();
        return took;
    }

    @Test
    void whoStopsHandsOverWhatAnotherGoesOnWithAtOnce() {
        JobFeature first = world.node(JobWorld.settings(), Duration.ofMinutes(2));
        UUID job = world.start(small());
        world.await(job, SOON, j -> j.phase().equals(Optional.of("indexing")));
        world.node(JobWorld.settings(), Duration.ZERO);
        Duration took =
                Prompt.timed(
                        () -> {
                            world.stop(first);
                            world.over(job);
                        });
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        JobView over = world.job(job);
        assertThat(over.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(over.attempt()).isEqualTo(2);
        assertThat(world.count("select losses from reconciliation_jobs")).isZero();
        assertThat(world.count("select count(*) from testing_breaks")).isEqualTo(20);
    }

    @Test
    void whoWasTakenForDeadCanWriteNothing() {
        JobFeature node = world.node(JobWorld.settings(), Duration.ofSeconds(2));
        UUID job = world.start(small());
        world.await(job, SOON, j -> j.phase().equals(Optional.of("indexing")));
        // As if another node had taken it up meanwhile.
        world.execute("update reconciliation_jobs set attempt = attempt + 1 where id = ?", job);
        world.await(
                job,
                SOON,
                _ ->
                        world.count("select count(*) from scheduled_tasks where task_name = 'job'")
                                == 0);
        assertThat(world.job(job).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(world.job(job).digest()).isEmpty();
        assertThat(world.count("select count(*) from testing_breaks")).isZero();
        assertThat(world.count("select count(*) from audit_log where action = 'job.finish'"))
                .isZero();
        world.stop(node);
    }

    @Test
    void aJobThatLosesItsServerAgainAndAgainIsGivenUp() {
        UUID job = world.start(small());
        world.execute("update reconciliation_jobs set losses = 3 where id = ?", job);
        world.node();
        JobView over = world.over(job);
        assertThat(over.status()).isEqualTo(JobStatus.FAILED);
        assertThat(over.failure().orElseThrow().text())
                .contains("its server stopped 3 times while it ran");
    }

    @Test
    void aTaskWhoseJobWasLeftRunningTakesItUpAgain() {
        UUID job = world.start(small());
        world.execute(
                "update reconciliation_jobs set status = 'running', attempt = 1 where id = ?", job);
        world.node();
        assertThat(world.over(job).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(world.job(job).attempt()).isEqualTo(2);
    }

    @Test
    void failuresSayWhereAndWhatToDo() {
        world.node();
        UUID left = world.load("ledger", "id,ref,amount\na,r1,1.00\nb,r2,x1\n");
        UUID right = world.load("bank", JobWorld.csv(0, 3));
        JobView job = world.over(world.start(world.reconciliation(left, right, JobWorld.PLAN)));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        JsonNode failure = json(job.failure());
        assertThat(failure.get("kind").stringValue()).isEqualTo("unreadable_source");
        assertThat(failure.get("where").stringValue()).isEqualTo("ledger:3");
        assertThat(failure.get("problem").stringValue())
                .contains("`amount`", "1 row is rejected, allowed are 0");
        assertThat(failure.toString()).doesNotContain("x1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void rejectsUpToTheLimitAreCounted(int allowed) {
        world.node();
        UUID left = world.load("ledger", "id,ref,amount\na,r1,1.00\nb,r2,x1\nc,r3\nd,r4,2\n");
        UUID right = world.load("bank", "id,ref,amount\nz,r1,1.00\n");
        UUID reconciliation =
                world.reconciliation(left, right, JobWorld.PLAN, allowed, false, Optional.empty());
        JobView job = world.over(world.start(reconciliation));
        if (allowed == 1) {
            assertThat(job.failure().orElseThrow().text()).contains("2 rows are rejected");
        } else {
            assertThat(job.failure()).isEmpty();
            assertThat(json(job.counts()).at("/rejects/left").intValue()).isEqualTo(2);
            assertThat(json(job.counts()).at("/records/left").intValue()).isEqualTo(2);
        }
    }

    @Test
    void recordsThatAreGoneAreNoticed() {
        UUID left = world.load("ledger", JobWorld.csv(0, 10));
        UUID reconciliation =
                world.reconciliation(left, world.load("bank", JobWorld.csv(0, 10)), JobWorld.PLAN);
        UUID job = world.start(reconciliation);
        world.execute("delete from reconciliation_records where row_number = 5");
        world.node();
        assertThat(world.over(job).failure().orElseThrow().text())
                .contains("its records are not all there any more");
    }
}
