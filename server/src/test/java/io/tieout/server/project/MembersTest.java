package io.tieout.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.AtOnce;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class MembersTest {
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
        return "/api/projects/" + project + "/members";
    }

    private static String path(UUID project, Person member) {
        return path(project) + "/" + member.id();
    }

    private static Map<String, String> role(String role) {
        return Map.of("role", role);
    }

    @Test
    void anOwnerAddsAMemberByEmail() {
        Person owner = server.person();
        Person other = server.person();
        UUID project = server.project(owner);
        Reply added =
                owner.api().post(path(project), Map.of("email", other.email(), "role", "reviewer"));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.header("location")).contains(path(project, other));
        assertThat(added.json().propertyNames())
                .containsExactly(
                        "user_id", "kind", "email", "name", "role", "disabled", "added_at");
        assertThat(added.text("role")).isEqualTo("reviewer");
        assertThat(other.api().get("/api/projects").items()).hasSize(1);
        assertThat(other.api().get(path(project)).items()).hasSize(2);
    }

    @Test
    void nobodyIsAddedTwiceOrUnknown() {
        Person owner = server.person();
        UUID project = server.project(owner);
        Person member = server.member(owner, project, "viewer");
        Reply twice =
                owner.api().post(path(project), Map.of("email", member.email(), "role", "owner"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.problem()).isEqualTo("already-member");
        assertThat(member.api().get("/api/projects/" + project).text("role")).isEqualTo("viewer");
        assertThat(
                        owner.api()
                                .post(
                                        path(project),
                                        Map.of("email", "nobody@example.org", "role", "viewer"))
                                .errors())
                .containsExactly("/email is nobody's; ask an administrator to invite them");
        assertThat(
                        owner.api()
                                .post(path(project), Map.of("email", owner.email(), "role", "king"))
                                .errors())
                .containsExactly("/role is none of viewer, reviewer, editor, owner");
    }

    @Test
    void onlyOwnersAndAdministratorsSayWhoIsAMember() {
        Person owner = server.person();
        UUID project = server.project(owner);
        Person viewer = server.member(owner, project, "viewer");
        Person other = server.person();
        for (String role : List.of("viewer", "reviewer", "editor")) {
            ApiClient api = server.member(owner, project, role).api();
            assertThat(api.get(path(project)).status()).isEqualTo(200);
            assertThat(
                            api.post(
                                            path(project),
                                            Map.of("email", other.email(), "role", "viewer"))
                                    .status())
                    .isEqualTo(403);
            assertThat(api.put(path(project, viewer), role("owner")).status()).isEqualTo(403);
            assertThat(api.delete(path(project, viewer)).status()).isEqualTo(403);
        }
        ApiClient administrator = server.administrator().api();
        assertThat(administrator.get(path(project)).status()).isEqualTo(200);
        assertThat(administrator.put(path(project, viewer), role("owner")).status()).isEqualTo(200);
        assertThat(administrator.delete(path(project, owner)).status()).isEqualTo(204);
        assertThat(owner.api().get(path(project)).status()).isEqualTo(404);
        assertThat(viewer.api().get("/api/projects/" + project).text("role")).isEqualTo("owner");
    }

    @Test
    void anAdministratorGivesAProjectWithoutOneAnOwner() {
        Person owner = server.person();
        UUID project = server.project(owner);
        Person heir = server.person();
        ApiClient administrator = server.administrator().api();
        administrator
                .with("If-Match", "\"1\"")
                .patch("/api/users/" + owner.id(), Map.of("disabled", true));
        assertThat(
                        administrator
                                .post(path(project), Map.of("email", heir.email(), "role", "owner"))
                                .status())
                .isEqualTo(201);
        assertThat(heir.api().delete(path(project, owner)).status()).isEqualTo(204);
    }

    @Test
    void aRoleIsTakenAwayAtOnce() {
        Person owner = server.person();
        UUID project = server.project(owner);
        Person member = server.member(owner, project, "owner");
        assertThat(member.api().put(path(project, member), role("owner")).status()).isEqualTo(200);
        assertThat(owner.api().put(path(project, member), role("viewer")).text("role"))
                .isEqualTo("viewer");
        assertThat(member.api().put(path(project, member), role("owner")).status()).isEqualTo(403);
        assertThat(owner.api().delete(path(project, member)).status()).isEqualTo(204);
        assertThat(member.api().get(path(project)).status()).isEqualTo(404);
        assertThat(owner.api().delete(path(project, member)).status()).isEqualTo(404);
        assertThat(owner.api().put(path(project, member), role("viewer")).status()).isEqualTo(404);
    }

    @Test
    void aProjectKeepsAnOwner() {
        Person owner = server.person();
        UUID project = server.project(owner);
        server.member(owner, project, "editor");
        for (Reply refused :
                List.of(
                        owner.api().delete(path(project, owner)),
                        owner.api().put(path(project, owner), role("editor")))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.problem()).isEqualTo("last-owner");
        }
        Person second = server.member(owner, project, "owner");
        assertThat(owner.api().delete(path(project, owner)).status()).isEqualTo(204);
        assertThat(second.api().delete(path(project, second)).status()).isEqualTo(409);
    }

    @Test
    void aDisabledOwnerIsNoneToKeep() {
        Person owner = server.person();
        UUID project = server.project(owner);
        Person second = server.member(owner, project, "owner");
        server.administrator()
                .api()
                .with("If-Match", "\"1\"")
                .patch("/api/users/" + second.id(), Map.of("disabled", true));
        assertThat(owner.api().delete(path(project, owner)).status()).isEqualTo(409);
    }

    @Test
    void ownersWhoLeaveAtOnceLeaveOne() {
        Person first = server.person();
        Person second = server.person();
        for (int round = 0; round < 10; round++) {
            UUID project = server.project(first);
            first.api().post(path(project), Map.of("email", second.email(), "role", "owner"));
            List<Integer> statuses =
                    AtOnce.all(
                            List.<Callable<Integer>>of(
                                    () -> first.api().delete(path(project, first)).status(),
                                    () ->
                                            second.api()
                                                    .put(path(project, second), role("viewer"))
                                                    .status()));
            assertThat(statuses)
                    .containsExactlyInAnyOrder(
                            statuses.get(0) < 300
                                    ? List.of(204, 409).toArray(Integer[]::new)
                                    : List.of(409, 200).toArray(Integer[]::new));
            assertThat(owners(project)).isEqualTo(1);
        }
    }

    private static int owners(UUID project) {
        return server.database()
                .inWorker(
                        new RequestId("test"),
                        h ->
                                h.select(
                                                "select count(*) from project_members where project_id = ? and role = 'owner'",
                                                project)
                                        .mapTo(Integer.class)
                                        .one());
    }

    @Test
    void whatIsDoneIsOnTheTrailOfTheProject() {
        Person owner = server.person();
        UUID project = server.project(owner);
        Person member = server.member(owner, project, "viewer");
        owner.api().put(path(project, member), role("editor"));
        owner.api().delete(path(project, member));
        List<String> trail =
                server.database()
                        .inWorker(
                                new RequestId("test"),
                                h ->
                                        h.select(
                                                        "select action || coalesce(' ' || (details ->> 'role'), '') from audit_log"
                                                                + " where project_id = ? and actor_id = ? order by number",
                                                        project,
                                                        owner.id())
                                                .mapTo(String.class)
                                                .list());
        assertThat(trail)
                .containsExactly(
                        "project.create",
                        "member.add VIEWER",
                        "member.change EDITOR",
                        "member.remove");
    }
}
