package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.AtOnce;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.job.JobApi.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Jobs over real HTTP.
final class JobsTest {
    @TempDir private static Path home;
    private static JobApi platform;
    private World world;
    private ApiClient api;
    private UUID reconciliation;

    @BeforeAll
    static void start() {
        platform = new JobApi(home, Duration.ofMillis(300));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void world() {
        world = platform.world();
        api = world.api();
        reconciliation = platform.create(world);
    }

    private String jobs() {
        return "/api/reconciliations/" + reconciliation + "/jobs";
    }

    private static String path(UUID job) {
        return "/api/jobs/" + job;
    }

    @Test
    void aJobRunsAndShowsItsNumbers() {
        Reply started = api.post(jobs());
        assertThat(started.status()).as(started.body()).isEqualTo(202);
        assertThat(started.text("status")).isEqualTo("queued");
        JsonNode job = JobApi.await(api, path(started.id("id")), "succeeded");
        assertThat(job.at("/counts/matches/total").intValue()).isEqualTo(45);
        assertThat(job.at("/counts/breaks/total").intValue()).isEqualTo(10);
        assertThat(job.at("/control_totals/XXX/left/amount/in").stringValue()).isEqualTo("1250.00");
        assertThat(job.get("digest").stringValue())
                .isEqualTo(job.at("/digests/outcome").stringValue())
                .hasSize(64);
        assertThat(job.get("progress").doubleValue()).isEqualTo(1);
        assertThat(job.at("/seconds/read").isNumber()).isTrue();
        assertThat(job.get("failure").isNull()).isTrue();
        assertThat(job.get("request_id").stringValue())
                .isEqualTo(started.header("x-request-id").orElseThrow());
    }

    @Test
    void startingIsRepeatableByAKeyAlsoAtOnce() {
        ApiClient keyed = api.with("Idempotency-Key", "start-1");
        List<Reply> replies = AtOnce.times(5, () -> keyed.post(jobs()));
        assertThat(replies).extracting(Reply::status).containsAnyOf(202).doesNotContain(500);
        replies = new ArrayList<>(replies);
        replies.add(keyed.post(jobs()));
        HashSet<String> ids = new HashSet<>();
        replies.stream().filter(r -> r.status() == 202).forEach(r -> ids.add(r.text("id")));
        assertThat(ids).hasSize(1);
        assertThat(api.get(jobs()).items()).hasSize(1);
        Map<String, String> other = Map.of("left_data_source_id", world.left().toString());
        assertThat(keyed.post(jobs(), other).status()).isEqualTo(422);
    }

    @Test
    void otherSourcesCanBeNamedForOneJob() {
        UUID other = platform.load(world.owner(), world.project(), "ledger", JobWorld.csv(0, 7));
        Reply started = api.post(jobs(), Map.of("left_data_source_id", other.toString()));
        assertThat(started.id("left_data_source_id")).isEqualTo(other);
        JsonNode job = JobApi.await(api, path(started.id("id")), "succeeded");
        assertThat(job.at("/counts/records/left").intValue()).isEqualTo(7);
        UUID foreign = platform.world().left();
        Reply refused = api.post(jobs(), Map.of("left_data_source_id", foreign.toString()));
        assertThat(refused.errors())
                .containsExactly("/left_data_source_id is no data source of this project");
        assertThat(refused.comparable())
                .isEqualTo(
                        api.post(
                                        jobs(),
                                        Map.of("left_data_source_id", UUID.randomUUID().toString()))
                                .comparable());
        UUID columns = platform.load(world.owner(), world.project(), "other", "key,ref\na,b\n");
        assertThat(api.post(jobs(), Map.of("left_data_source_id", columns.toString())).errors())
                .hasSize(2)
                .first()
                .asString()
                .contains("the left data source has no column `id`");
    }

    @Test
    void listsAreNewestFirstAndFilterByStatus() {
        List<UUID> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            started.add(api.post(jobs()).id("id"));
        }
        started.forEach(job -> JobApi.await(api, path(job), "succeeded"));
        for (String list : List.of(jobs(), "/api/projects/" + world.project() + "/jobs")) {
            Reply first = api.get(list + "?limit=2&status=succeeded");
            assertThat(first.items())
                    .extracting(job -> job.get("id").stringValue())
                    .containsExactly(started.get(2).toString(), started.get(1).toString());
            Reply second =
                    api.get(list + "?limit=2&status=succeeded&cursor=" + first.text("next_cursor"));
            assertThat(second.items()).hasSize(1);
            assertThat(api.get(list + "?status=failed").items()).isEmpty();
            assertThat(api.get(list + "?cursor=" + first.text("next_cursor")).status())
                    .isEqualTo(422);
        }
        assertThat(api.get(jobs() + "?status=done").status()).isEqualTo(422);
    }

    @Test
    void aJobThatIsOverCannotBeCancelled() {
        UUID job = api.post(jobs()).id("id");
        assertThat(api.post(path(job) + "/cancel").status()).isEqualTo(202);
        JobApi.await(api, path(job), "cancelled");
        Reply again = api.post(path(job) + "/cancel");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("job-over");
    }

    @Test
    void aJobIsSeenByMembersAndNobodyElse() {
        UUID job = api.post(jobs()).id("id");
        Person viewer = platform.server().member(world.owner(), world.project(), "viewer");
        assertThat(viewer.api().get(path(job)).status()).isEqualTo(200);
        assertThat(viewer.api().post(path(job) + "/cancel").status()).isEqualTo(403);
        Person stranger = platform.server().person();
        for (String rest : List.of("", "/events")) {
            assertThat(stranger.api().get(path(job) + rest).comparable())
                    .isEqualTo(stranger.api().get(path(UUID.randomUUID()) + rest).comparable());
        }
    }
}
