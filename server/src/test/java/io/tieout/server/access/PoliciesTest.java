package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The second wall: with every check of the code gone, SQL in the name of a user raises nothing
/// that the user may do.
final class PoliciesTest {
    private static final String ADD =
            "insert into project_members (project_id, user_id, role, added_by) values (?, ?, ?, ?)";

    private static TestingServer server;
    private static Person owner;
    private static Person stranger;
    private static Person editor;
    private static UUID project;
    private static Map<String, Person> members;

    @BeforeAll
    static void start() {
        server = TestingServer.start();
        owner = server.person();
        stranger = server.person();
        project = server.project(owner);
        editor = server.member(owner, project, "editor");
        members =
                Map.of(
                        "viewer", server.member(owner, project, "viewer"),
                        "reviewer", server.member(owner, project, "reviewer"),
                        "editor", editor);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int sql(Person person, String sql, Object... values) {
        return server.database().inApp(server.as(person), h -> h.execute(sql, values));
    }

    private static void refused(Person person, String sql, Object... values) {
        assertThatThrownBy(() -> sql(person, sql, values))
                .isInstanceOf(JdbiException.class)
                .hasMessageMatching("(?s).*(permission denied|row-level security).*");
    }

    private static List<Person> notOwners() {
        List<Person> persons = new ArrayList<>(members.values());
        persons.add(stranger);
        return persons;
    }

    private static String roleOf(Person person) {
        return server.database()
                .inWorker(
                        new RequestId("test"),
                        h ->
                                h.select(
                                                "select role from project_members where project_id = ? and user_id = ?",
                                                project,
                                                person.id())
                                        .mapTo(String.class)
                                        .findOne()
                                        .orElse("none"));
    }

    @Test
    void nobodyPromotesThemselves() {
        members.forEach(
                (role, member) -> {
                    assertThat(
                                    sql(
                                            member,
                                            "update project_members set role = 'owner' where user_id = ?",
                                            member.id()))
                            .isZero();
                    assertThat(roleOf(member)).isEqualTo(role);
                });
    }

    @Test
    void nobodyButOwnersAddsChangesOrRemovesMembers() {
        Person other = server.person();
        for (Person person : notOwners()) {
            refused(person, ADD, project, other.id(), "viewer", person.id());
            refused(person, ADD, project, person.id(), "owner", person.id());
            assertThat(sql(person, "update project_members set role = 'viewer'")).isZero();
            assertThat(sql(person, "delete from project_members")).isZero();
        }
        assertThat(roleOf(owner)).isEqualTo("owner");
    }

    @Test
    void anOwnerAddsInTheirOwnNameOnlyAndMovesNothing() {
        Person other = server.person();
        refused(owner, ADD, project, other.id(), "viewer", stranger.id());
        refused(owner, "update project_members set user_id = ?", other.id());
        refused(owner, "update project_members set project_id = ?", UUID.randomUUID());
        assertThat(sql(owner, ADD, project, other.id(), "viewer", owner.id())).isEqualTo(1);
    }

    @Test
    void whoMadeAProjectAndLeftItDoesNotComeBack() {
        Person founder = server.person();
        UUID theirs = server.project(founder);
        Person second = server.member(founder, theirs, "owner");
        second.api().delete("/api/projects/" + theirs + "/members/" + founder.id());
        refused(founder, ADD, theirs, founder.id(), "owner", founder.id());
        assertThat(sql(founder, "update projects set name = 'mine' where id = ?", theirs)).isZero();
    }

    @Test
    void onlyOwnersChangeAProjectAndNotWhoseItIs() {
        for (Person person : notOwners()) {
            assertThat(sql(person, "update projects set name = 'x', deleted_at = now()")).isZero();
        }
        refused(owner, "update projects set created_by = ?", stranger.id());
        refused(owner, "delete from projects where id = ?", project);
        Person deleter = server.person();
        UUID theirs = server.project(deleter);
        deleter.api().delete("/api/projects/" + theirs);
        assertThat(sql(deleter, "update projects set deleted_at = null where id = ?", theirs))
                .isZero();
    }

    @Test
    void aDisabledUserMakesNothing() {
        Person disabled = server.person();
        server.administrator()
                .api()
                .with("If-Match", "\"1\"")
                .patch("/api/users/" + disabled.id(), Map.of("disabled", true));
        refused(
                disabled,
                "insert into projects (id, name, created_by) values (?, 'x', ?)",
                UUID.randomUUID(),
                disabled.id());
    }

    @Test
    void aProjectIsMadeInOnesOwnNameAndNotDeadAlready() {
        refused(
                stranger,
                "insert into projects (id, name, created_by) values (?, 'x', ?)",
                UUID.randomUUID(),
                owner.id());
    }

    @Test
    void nobodyMakesThemselvesAnAdministrator() {
        for (Person person : List.of(owner, stranger)) {
            assertThat(sql(person, "update users set administrator = true")).isZero();
            refused(person, "update users set password_hash = 'x'");
            refused(person, "update users set kind = 'service'");
            refused(
                    person,
                    "insert into users (id, kind, email, name) values (?, 'person', ?, 'x')",
                    UUID.randomUUID(),
                    UUID.randomUUID() + "@example.org");
            refused(
                    person,
                    "insert into users (id, kind, name, administrator) values (?, 'service', 'x', true)",
                    UUID.randomUUID());
            refused(person, "delete from users");
        }
    }

    @Test
    void nobodyButAdministratorsMakesLinksAndNoneForTheFirst() {
        String link =
                "insert into invitations (token_hash, purpose, user_id, expires_at) values (?, ?, ?, now())";
        for (Person person : List.of(owner, stranger)) {
            refused(person, link, new byte[] {1}, "reset", person.id());
            refused(person, "select * from invitations");
        }
        refused(
                server.administrator(),
                "insert into invitations (token_hash, purpose, expires_at) values (?, 'bootstrap', now())",
                new byte[] {2});
    }

    @Test
    void noTokenIsMadeForAPersonOrForAMachineOfAnotherProject() {
        String token =
                "insert into service_tokens (id, project_id, user_id, name, token_hash, created_by)"
                        + " values (?, ?, ?, 'x', ?, ?)";
        byte[] hash = OpaqueToken.hash("tieout_st_known");
        UUID id = UUID.randomUUID();
        refused(owner, token, id, project, server.administrator().id(), hash, owner.id());
        refused(owner, token, id, project, editor.id(), hash, owner.id());
        Person other = server.person();
        UUID theirs = server.project(other);
        UUID machine =
                other.api()
                        .post(
                                "/api/projects/" + theirs + "/service-tokens",
                                Map.of("name", "m", "role", "editor"))
                        .id("user_id");
        refused(owner, token, id, project, machine, hash, owner.id());
        refused(owner, token, id, theirs, machine, hash, owner.id());
        assertThatThrownBy(() -> sql(owner, ADD, project, machine, "viewer", owner.id()))
                .hasMessageContaining("a machine works in one project");
        for (Person person : notOwners()) {
            refused(person, token, id, project, person.id(), hash, person.id());
            assertThat(sql(person, "update service_tokens set revoked_at = now()")).isZero();
        }
    }

    @Test
    void aRevokedTokenStaysRevoked() {
        String path = "/api/projects/" + project + "/service-tokens";
        String id = owner.api().post(path, Map.of("name", "m", "role", "viewer")).text("id");
        owner.api().delete(path + "/" + id);
        refused(
                owner,
                "update service_tokens set revoked_at = null where id = ?",
                UUID.fromString(id));
    }

    @Test
    void aMachineOwnsNothingEvenForTheWorker() {
        UUID machine =
                owner.api()
                        .post(
                                "/api/projects/" + project + "/service-tokens",
                                Map.of("name", "m", "role", "editor"))
                        .id("user_id");
        assertThatThrownBy(
                        () ->
                                worker(
                                        "update project_members set role = 'owner' where user_id = ?",
                                        machine))
                .hasMessageContaining("owns none");
        assertThatThrownBy(
                        () -> worker("update users set administrator = true where id = ?", machine))
                .hasMessageContaining("check constraint");
    }

    private static int worker(String sql, Object... values) {
        return server.database().inWorker(new RequestId("test"), h -> h.execute(sql, values));
    }

    @Test
    void ofTwoChangesInTheAirTheSecondSeesWhatTheFirstLeft() throws Exception {
        Person second = server.person();
        worker("update users set administrator = true where id = ?", second.id());
        UUID theirs = server.project(owner);
        worker(
                "insert into project_members (project_id, user_id, role, added_by) values (?, ?, 'owner', ?)",
                theirs,
                second.id(),
                owner.id());
        String administrator = "update users set administrator = false where id = ?";
        inTheAir(
                "an administrator remains",
                administrator,
                server.administrator().id(),
                second.id());
        worker("update users set administrator = true where id = ?", server.administrator().id());
        String member =
                "delete from project_members where project_id = '" + theirs + "' and user_id = ?";
        inTheAir("a project keeps an owner", member, owner.id(), second.id());
    }

    /// Runs a statement for one id, and while it is not committed for another, which must fail.
    private static void inTheAir(String rule, String sql, UUID first, UUID second)
            throws InterruptedException {
        AtomicReference<String> failure = new AtomicReference<>("none");
        Thread other =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    try {
                                        worker(sql, second);
                                    } catch (JdbiException e) {
                                        failure.set(String.valueOf(e.getMessage()));
                                    }
                                });
        server.database()
                .inWorker(
                        new RequestId("test"),
                        h -> {
                            h.execute(sql, first);
                            other.start();
                            // Long enough for the other to come to its rule and wait, or pass it.
                            LockSupport.parkNanos(300_000_000);
                            return true;
                        });
        other.join();
        assertThat(failure.get()).contains(rule);
    }

    @Test
    void sessionsAreReadAndNotTouched() {
        int others =
                server.database()
                        .inApp(
                                server.as(stranger),
                                h ->
                                        h.select(
                                                        "select count(*) from sessions where user_id <> ?",
                                                        stranger.id())
                                                .mapTo(Integer.class)
                                                .one());
        assertThat(others).isZero();
        refused(stranger, "update sessions set revoked_at = null");
        refused(
                stranger,
                "insert into sessions (id, user_id, expires_at) values (?, ?, now())",
                UUID.randomUUID(),
                owner.id());
        refused(stranger, "select * from refresh_tokens");
    }
}
