package io.tieout.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A project with sources, reconciliations that were run undisturbed, and a job with many breaks.
final class Scene {
    private static final int SMALL = 4_000;
    private static final int LARGE = 52_000;
    private static final int BREAKS = 6_000;

    final UUID project;
    final Trial small;
    final Trial large;
    final UUID reviewed;
    private final List<UUID> open = new ArrayList<>();
    private String cursor = "";
    private int number;

    /// A reconciliation and what it comes to when nothing disturbs it.
    record Trial(UUID reconciliation, String digest, long results) {}

    Scene(ApiClient api) {
        project = Calls.project(api, "scene");
        UUID left = source(api, 0, LARGE);
        small = trial(api, source(api, 0, SMALL), source(api, 100, SMALL + 100));
        large = trial(api, left, source(api, 100, LARGE + 100));
        UUID many = Calls.reconciliation(api, project, source(api, 0, BREAKS), small(api));
        reviewed = Calls.done(() -> api.post("/api/reconciliations/" + many + "/jobs")).id("id");
        Calls.over(api, job(reviewed));
    }

    private UUID small(ApiClient api) {
        return source(api, BREAKS - 10, BREAKS + 10);
    }

    private UUID source(ApiClient api, int from, int to) {
        return Calls.source(api, project, "s", Sample.csv(from, to, false));
    }

    static String job(UUID id) {
        return "/api/jobs/" + id;
    }

    private Trial trial(ApiClient api, UUID left, UUID right) {
        UUID id = Calls.reconciliation(api, project, left, right);
        UUID job = Calls.done(() -> api.post("/api/reconciliations/" + id + "/jobs")).id("id");
        Reply over = Calls.over(api, job(job));
        assertThat(over.text("status")).as(over.body()).isEqualTo("succeeded");
        return new Trial(id, over.text("digest"), over.json().get("result_count").longValue());
    }

    /// A name that nothing else has.
    String name() {
        return "n" + ++number;
    }

    /// Results that are open breaks and were not given before.
    List<UUID> openBreaks(ApiClient api, int count) {
        while (open.size() < count) {
            Reply page =
                    Calls.done(
                            () ->
                                    api.get(
                                            job(reviewed)
                                                    + "/results?kind=break&status=open&limit=200"
                                                    + cursor));
            for (JsonNode item : page.items()) {
                open.add(UUID.fromString(item.get("id").stringValue()));
            }
            cursor = "&cursor=" + page.text("next_cursor");
        }
        List<UUID> given = List.copyOf(open.subList(0, count));
        open.subList(0, count).clear();
        return given;
    }
}
