package io.tieout.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.access.Memberships;
import io.tieout.server.database.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProjectsTest {
    private static TestingServer server;

    @BeforeAll
    static void start() {
        server = TestingServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String path(UUID project) {
        return "/api/projects/" + project;
    }

    @Test
    void whoeverMakesAProjectOwnsIt() {
        Person person = server.person();
        Reply made = person.api().post("/api/projects", Map.of("name", "Month end"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("location")).contains(path(made.id("id")));
        assertThat(made.header("etag")).contains("\"1\"");
        assertThat(made.json().propertyNames())
                .containsExactly("id", "name", "role", "four_eyes", "created_at", "version");
        assertThat(made.text("role")).isEqualTo("owner");
        assertThat(made.text("four_eyes")).isEqualTo("false");
        assertThat(person.api().get(path(made.id("id"))).body()).isEqualTo(made.body());
    }

    @Test
    void makingItTwiceWithOneKeyMakesOne() {
        Person person = server.person();
        ApiClient keyed = person.api().with("Idempotency-Key", "p1");
        Reply first = keyed.post("/api/projects", Map.of("name", "Once"));
        Reply again = keyed.post("/api/projects", Map.of("name", "Once"));
        assertThat(again.id("id")).isEqualTo(first.id("id"));
        assertThat(person.api().get("/api/projects").items()).hasSize(1);
    }

    @Test
    void aListShowsOnesOwnPageByPage() {
        Person person = server.person();
        server.project(server.person());
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(server.project(person).toString());
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            Reply page = person.api().get("/api/projects?limit=2" + next);
            page.items().forEach(item -> seen.add(item.path("id").asString()));
            next =
                    page.json().path("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.text("next_cursor");
        } while (!next.isEmpty());
        assertThat(seen).isEqualTo(made);
    }

    @Test
    void onlyAdministratorsListAll() {
        UUID project = server.project(server.person());
        assertThat(server.person().api().get("/api/projects?all=true").status()).isEqualTo(403);
        ApiClient administrator = server.administrator().api();
        assertThat(administrator.get("/api/projects").items())
                .noneMatch(item -> item.path("id").asString().equals(project.toString()));
        assertThat(administrator.get("/api/projects?all=true&limit=200").items())
                .filteredOn(item -> item.path("id").asString().equals(project.toString()))
                .singleElement()
                .satisfies(item -> assertThat(item.path("role").isNull()).isTrue());
    }

    @Test
    void anOwnerRenamesItAndAsksForFourEyes() {
        Person owner = server.person();
        UUID project = server.project(owner);
        ApiClient first = owner.api().with("If-Match", "\"1\"");
        assertThat(owner.api().patch(path(project), Map.of("name", "N")).status()).isEqualTo(428);
        assertThat(first.patch(path(project), Map.of()).status()).isEqualTo(422);
        Reply changed = first.patch(path(project), Map.of("four_eyes", true));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("four_eyes")).isEqualTo("true");
        assertThat(changed.text("name")).isEqualTo("Project");
        assertThat(changed.header("etag")).contains("\"2\"");
        assertThat(first.patch(path(project), Map.of("name", "N")).status()).isEqualTo(412);
    }

    @Test
    void othersDoNot() {
        Person owner = server.person();
        UUID project = server.project(owner);
        for (String role : List.of("viewer", "reviewer", "editor")) {
            ApiClient member = server.member(owner, project, role).api();
            assertThat(member.get(path(project)).text("role")).isEqualTo(role);
            assertThat(
                            member.with("If-Match", "\"1\"")
                                    .patch(path(project), Map.of("name", "N"))
                                    .status())
                    .isEqualTo(403);
            assertThat(member.delete(path(project)).status()).isEqualTo(403);
        }
        ApiClient administrator = server.administrator().api();
        assertThat(administrator.get(path(project)).status()).isEqualTo(200);
        assertThat(administrator.delete(path(project)).status()).isEqualTo(404);
    }

    @Test
    void aDeletedProjectIsGoneForEverybodyAtOnce() {
        Person owner = server.person();
        UUID project = server.project(owner);
        Person viewer = server.member(owner, project, "viewer");
        assertThat(owner.api().delete(path(project)).status()).isEqualTo(204);
        for (ApiClient api : List.of(owner.api(), viewer.api(), server.administrator().api())) {
            assertThat(api.get(path(project)).status()).isEqualTo(404);
            assertThat(api.get(path(project) + "/members").status()).isEqualTo(404);
        }
        assertThat(owner.api().delete(path(project)).status()).isEqualTo(404);
        assertThat(owner.api().get("/api/projects").items()).isEmpty();
    }

    // The worker sees every row: here nobody but the gate keeps what is deleted from being found.
    @Test
    void theGateDoesNotFindADeletedProjectEvenWhereItsRowIsSeen() {
        Person owner = server.person();
        UUID project = server.project(owner);
        assertThat(membership(project)).isPresent();
        assertThat(owner.api().delete(path(project)).status()).isEqualTo(204);
        assertThat(membership(project)).isEmpty();
    }

    private static Optional<Memberships.Membership> membership(UUID project) {
        return server.database()
                .inWorker(
                        new RequestId("look"),
                        handle ->
                                new ProjectMemberships()
                                        .find(handle, ProjectMemberships.PROJECT.of(project)));
    }
}
