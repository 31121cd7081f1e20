package io.tieout.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import io.tieout.server.job.JobApi;
import io.tieout.server.job.JobApi.World;
import io.tieout.server.project.ProjectMemberships;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reconciliations over real HTTP.
final class ReconciliationsTest {
    @TempDir private static Path home;
    private static JobApi platform;
    private World world;
    private ApiClient api;

    @BeforeAll
    static void start() {
        platform = new JobApi(home, Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void world() {
        world = platform.world();
        api = world.api();
    }

    private static String path(UUID id) {
        return "/api/reconciliations/" + id;
    }

    @Test
    void aPlanIsTakenAsTextAndAsObjectAndMeansTheSame() {
        Reply text = platform.create(world, JobApi.PLAN, Map.of());
        assertThat(text.status()).as(text.body()).isEqualTo(201);
        assertThat(text.header("location")).contains(path(text.id("id")));
        assertThat(text.header("etag")).contains("\"1\"");
        assertThat(text.text("plan_text")).isEqualTo(JobApi.PLAN);
        assertThat(text.json().at("/plan/fields/amount/type").stringValue()).isEqualTo("amount");
        Reply object =
                platform.create(
                        world,
                        Map.of(
                                "version",
                                1,
                                "left",
                                Map.of("key", "id"),
                                "right",
                                Map.of("key", "id"),
                                "fields",
                                new java.util.TreeMap<>(
                                        Map.of(
                                                "reference",
                                                "ref",
                                                "amount",
                                                Map.of(
                                                        "left", "amount", "right", "amount", "type",
                                                        "amount"))),
                                "passes",
                                List.of(
                                        Map.of(
                                                "name",
                                                "same",
                                                "match",
                                                Map.of("amount", "exact")))),
                        Map.of());
        assertThat(object.status()).as(object.body()).isEqualTo(201);
        assertThat(api.get(path(object.id("id"))).json()).isEqualTo(object.json());
    }

    @Test
    void aMistakeIsLocatedInTheBodyAndInTheText() {
        String wrong = JobApi.PLAN.replace("amount: exact", "amuont: exact");
        Reply text = platform.create(world, wrong, Map.of());
        assertThat(text.status()).isEqualTo(422);
        assertThat(text.errors().getFirst())
                .startsWith("/plan/passes/0/match")
                .contains("line 8, column ")
                .contains("did you mean `amount`?");
        Reply neither = platform.create(world, 7, Map.of());
        assertThat(neither.errors())
                .containsExactly("/plan is neither an object nor a text in YAML or JSON");
    }

    @Test
    void everyColumnThatIsNotThereIsNamedWithItsNearest() {
        String wrong =
                JobApi.PLAN
                        .replace("reference: ref", "reference: reff")
                        .replace("key: id", "key: no");
        Reply reply = platform.create(world, wrong, Map.of());
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.errors())
                .hasSize(4)
                .contains(
                        "/plan/fields/reference the left data source has no column `reff`; did you mean `ref`?")
                .anyMatch(
                        e ->
                                e.startsWith(
                                        "/plan/right/key the right data source has no column `no`"));
    }

    @Test
    void aForeignSourceReadsLikeOneThatIsNotThere() {
        UUID foreign = platform.world().left();
        List<String> answers = new ArrayList<>();
        for (UUID id : List.of(foreign, UUID.randomUUID())) {
            Reply reply =
                    platform.create(
                            world, JobApi.PLAN, Map.of("left_data_source_id", id.toString()));
            answers.add(reply.comparable());
            assertThat(reply.errors())
                    .containsExactly("/left_data_source_id is no data source of this project");
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1));
    }

    @Test
    void aPlanThatChangesIsAVersionOfItsOwn() {
        UUID id = platform.create(world);
        String other = JobApi.PLAN.replace("name: same", "name: equal");
        Reply unversioned = api.patch(path(id), Map.of("plan", other));
        assertThat(unversioned.status()).isEqualTo(428);
        Reply changed = api.with("If-Match", "\"1\"").patch(path(id), Map.of("plan", other));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("plan_version").intValue()).isEqualTo(2);
        assertThat(changed.header("etag")).contains("\"2\"");
        Reply late = api.with("If-Match", "\"1\"").patch(path(id), Map.of("name", "late"));
        assertThat(late.status()).isEqualTo(412);
        Reply renamed = api.with("If-Match", "\"2\"").patch(path(id), Map.of("name", "new"));
        assertThat(renamed.text("name")).isEqualTo("new");
        assertThat(renamed.json().get("plan_version").intValue()).isEqualTo(2);
        Reply versions = api.get(path(id) + "/plans?limit=1");
        assertThat(versions.items().getFirst().get("version").intValue()).isEqualTo(2);
        Reply second = api.get(path(id) + "/plans?limit=1&cursor=" + versions.text("next_cursor"));
        assertThat(second.items().getFirst().get("version").intValue()).isEqualTo(1);
        assertThat(second.json().get("next_cursor").isNull()).isTrue();
        assertThat(api.get(path(id) + "/plan?version=1").body()).isEqualTo(JobApi.PLAN);
        assertThat(api.get(path(id) + "/plan").body()).isEqualTo(other);
        assertThat(api.get(path(id) + "/plan?version=3").errors())
                .containsExactly("?version is none of the versions 1 to 2");
    }

    @Test
    void aScheduleIsUnderstoodOrRefused() {
        Reply wrong =
                platform.create(
                        world, JobApi.PLAN, Map.of("schedule", "0 25 * * *", "time_zone", "UTC"));
        assertThat(wrong.errors().getFirst())
                .startsWith("/schedule is not understood in its hour;");
        Reply zone =
                platform.create(
                        world, JobApi.PLAN, Map.of("schedule", "0 5 * * *", "time_zone", "Mars"));
        assertThat(zone.errors().getFirst()).startsWith("/time_zone is no time zone");
        Reply right =
                platform.create(
                        world,
                        JobApi.PLAN,
                        Map.of("schedule", "0 5 * * *", "time_zone", "Europe/Berlin"));
        assertThat(right.status()).as(right.body()).isEqualTo(201);
        assertThat(right.text("next_run_at")).matches(".*T0[34]:00:00Z");
        Reply renamed =
                api.with("If-Match", "\"1\"").patch(path(right.id("id")), Map.of("name", "x"));
        assertThat(renamed.text("next_run_at")).isEqualTo(right.text("next_run_at"));
        Map<String, Object> none = new HashMap<>();
        none.put("schedule", null);
        Reply off = api.with("If-Match", "\"2\"").patch(path(right.id("id")), none);
        assertThat(off.status()).as(off.body()).isEqualTo(200);
        assertThat(off.json().get("next_run_at").isNull()).isTrue();
    }

    @Test
    void carryForwardNeedsKeys() {
        String keyless = JobApi.PLAN.replace("left: {key: id}\n", "");
        Reply reply = platform.create(world, keyless, Map.of("carry_forward", true));
        assertThat(reply.errors())
                .containsExactly(
                        "/carry_forward needs a key on the left side; name its column with `left.key` in the plan");
        assertThat(platform.create(world, JobApi.PLAN, Map.of("carry_forward", true)).status())
                .isEqualTo(201);
    }

    @Test
    void aCheckSaysWhatAJobWouldMeet() {
        Reply good = api.post(path(platform.create(world)) + "/check");
        assertThat(good.status()).as(good.body()).isEqualTo(200);
        assertThat(good.json().get("valid").booleanValue()).isTrue();
        assertThat(good.json().at("/estimates/0/pass").stringValue()).isEqualTo("same");
        assertThat(good.json().at("/estimates/0/pairs").longValue()).isBetween(45L, 60L);
        String checks = "/api/projects/" + world.project() + "/plan-checks";
        Reply alone = api.post(checks, Map.of("plan", JobApi.PLAN));
        assertThat(alone.json().get("valid").booleanValue()).isTrue();
        assertThat(alone.text("note")).isEqualTo("no left data source is named");
        Reply wrong = api.post(checks, Map.of("plan", "version: 2"));
        assertThat(wrong.json().get("valid").booleanValue()).isFalse();
        assertThat(wrong.json().at("/errors/0/pointer").stringValue()).isEqualTo("/plan/version");
        UUID bad = platform.load(world.owner(), world.project(), "bad", "id,ref,amount\na,b,c\n");
        Reply rejects =
                api.post(
                        checks,
                        Map.of(
                                "plan",
                                JobApi.PLAN,
                                "left_data_source_id",
                                bad.toString(),
                                "right_data_source_id",
                                world.right().toString()));
        assertThat(rejects.json().at("/errors/0/problem").stringValue())
                .startsWith("bad:2: the value of `amount`");
        Reply foreign =
                api.post(
                        checks,
                        Map.of(
                                "plan",
                                JobApi.PLAN,
                                "left_data_source_id",
                                platform.world().left().toString()));
        assertThat(foreign.json().at("/errors/0/problem").stringValue())
                .isEqualTo("is no data source of this project");
    }

    @Test
    void makingOneIsRepeatableByAKey() {
        ApiClient keyed = api.with("Idempotency-Key", "k1");
        World same =
                new World(
                        new Person(
                                world.owner().id(),
                                world.owner().email(),
                                world.owner().refreshToken(),
                                keyed),
                        world.project(),
                        world.left(),
                        world.right());
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            ids.add(platform.create(same));
        }
        assertThat(ids).hasSize(1);
        assertThat(api.get("/api/projects/" + world.project() + "/reconciliations").items())
                .hasSize(1);
    }

    @Test
    void aDeletedOneIsGone() {
        UUID id = platform.create(world);
        assertThat(api.delete(path(id)).status()).isEqualTo(428);
        assertThat(api.with("If-Match", "\"1\"").delete(path(id)).status()).isEqualTo(204);
        assertThat(api.get(path(id)).status()).isEqualTo(404);
        assertThat(api.post(path(id) + "/jobs").status()).isEqualTo(404);
        assertThat(api.get("/api/projects/" + world.project() + "/reconciliations").items())
                .isEmpty();
        assertThat(foundByTheGate(id)).isFalse();
    }

    @Test
    void aDataSourceIsKeptAsLongAsAReconciliationNamesIt() {
        UUID id = platform.create(world);
        String source = "/api/data-sources/" + world.left();
        Reply refused = api.delete(source);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("title")).isEqualTo("It is in use");
        assertThat(api.get(source).status()).isEqualTo(200);
        assertThat(api.with("If-Match", "\"1\"").delete(path(id)).status()).isEqualTo(204);
        assertThat(api.delete(source).status()).isEqualTo(204);
    }

    private boolean foundByTheGate(UUID id) {
        return platform.server()
                .database()
                .inWorker(
                        new RequestId("look"),
                        handle ->
                                new ProjectMemberships()
                                        .find(handle, ReconciliationRoutes.FINDER.of(id))
                                        .isPresent());
    }

    @Test
    void theListPagesThroughEveryOneOnce() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(platform.create(world));
        }
        String list = "/api/projects/" + world.project() + "/reconciliations?limit=2";
        List<UUID> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = api.get(list + cursor);
            page.items().forEach(item -> seen.add(UUID.fromString(item.get("id").stringValue())));
            cursor =
                    page.json().get("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.text("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(made.reversed());
    }

    @Test
    void whoMayNotWriteMayRead() {
        UUID id = platform.create(world);
        Person viewer = platform.server().member(world.owner(), world.project(), "viewer");
        assertThat(viewer.api().get(path(id)).status()).isEqualTo(200);
        assertThat(viewer.api().post(path(id) + "/check").status()).isEqualTo(200);
        assertThat(
                        viewer.api()
                                .with("If-Match", "\"1\"")
                                .patch(path(id), Map.of("name", "x"))
                                .status())
                .isEqualTo(403);
        assertThat(viewer.api().post(path(id) + "/jobs").status()).isEqualTo(403);
        Person stranger = platform.server().person();
        assertThat(stranger.api().get(path(id)).comparable())
                .isEqualTo(stranger.api().get(path(UUID.randomUUID())).comparable());
    }
}
