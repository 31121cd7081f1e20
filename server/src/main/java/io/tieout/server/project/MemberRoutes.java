package io.tieout.server.project;

import io.tieout.server.access.Acting;
import io.tieout.server.access.People;
import io.tieout.server.access.ServiceTokens;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Text;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.permission.Role;
import io.tieout.server.problem.Problem;
import io.tieout.server.problem.ProblemException;
import io.tieout.server.project.Members.Member;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// `/api/projects/{project_id}/members`.
final class MemberRoutes {
    private static final String TAG = "members";
    private static final String ALL = "/api/projects/{project_id}/members";
    private static final String ONE = ALL + "/{user_id}";
    private static final String ID = "user_id";

    private final Database database;
    private final Idempotency idempotency;
    private final Members members;
    private final People people;
    private final ServiceTokens serviceTokens;

    MemberRoutes(
            Database database,
            Idempotency idempotency,
            Members members,
            People people,
            ServiceTokens serviceTokens) {
        this.database = database;
        this.idempotency = idempotency;
        this.members = members;
        this.people = people;
        this.serviceTokens = serviceTokens;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get(ALL)
                        .forMembers(Permission.PROJECT_SEE, Resource.PROJECT)
                        .named(
                                "listMembers",
                                TAG,
                                "Lists who is in a project, people and machines.")
                        .query(PageQuery.class)
                        .answers(200, MemberPage.class, "A page of them.")
                        .handle(this::list),
                Route.post(ALL)
                        .forMembers(Permission.MEMBERS_MANAGE, Resource.PROJECT)
                        .creates()
                        .named("addMember", TAG, "Makes a user a member, by e-mail.")
                        .body(NewMember.class)
                        .answers(201, Member.class, "The member.")
                        .handle(this::add),
                Route.put(ONE)
                        .forMembers(Permission.MEMBERS_MANAGE, Resource.PROJECT)
                        .named("changeMember", TAG, "Gives a member another role.")
                        .body(NewRole.class)
                        .answers(200, Member.class, "The member.")
                        .handle(this::change),
                Route.delete(ONE)
                        .forMembers(Permission.MEMBERS_MANAGE, Resource.PROJECT)
                        .named(
                                "removeMember",
                                TAG,
                                "Removes a member, who loses the project at once; a machine's tokens are revoked.")
                        .answersEmpty("They are no member.")
                        .handle(this::remove));
    }

    record MemberPage(List<Member> items, Optional<String> nextCursor) {
        MemberPage {
            items = List.copyOf(items);
        }
    }

    record NewMember(@Text(max = 254) String email, Role role) {}

    record NewRole(Role role) {}

    private Answer list(Call<PageQuery, Nothing> call) {
        UUID project = call.admission().project();
        String list = "members " + project;
        UUID after = call.query().after(list);
        List<Member> found =
                database.inApp(
                        Acting.as(call.caller()),
                        Access.READ,
                        handle -> members.list(handle, project, after, call.query().fetched()));
        return Answer.ok(
                new MemberPage(
                        found.subList(0, Math.min(found.size(), call.query().shown())),
                        call.query().next(list, found.stream().map(Member::userId).toList())));
    }

    private Answer add(Call<Nothing, NewMember> call) {
        UUID project = call.admission().project();
        Role role = call.body().role();
        Optional<UUID> found = people.byEmail(call.body().email());
        return idempotency.once(
                call,
                handle -> {
                    UUID user = found.orElseThrow(MemberRoutes::unknown);
                    if (!members.add(handle, project, user, role)) {
                        throw Problem.conflict(
                                        "already-member",
                                        "The user is a member already",
                                        "change their role with PUT")
                                .exception();
                    }
                    AuditTrail.append(
                            handle,
                            AuditEvent.in(project, "member.add", "user", user).with("role", role));
                    return Answer.created(
                            "/api/projects/" + project + "/members/" + user,
                            find(handle, project, user));
                });
    }

    private static ProblemException unknown() {
        return Problem.invalid("/email", "is nobody's; ask an administrator to invite them")
                .exception();
    }

    private Member find(Handle handle, UUID project, UUID user) {
        return members.find(handle, project, user)
                .orElseThrow(() -> Problem.notFound().exception());
    }

    private Answer change(Call<Nothing, NewRole> call) {
        UUID project = call.admission().project();
        UUID user = call.id(ID);
        Role role = call.body().role();
        return database.inApp(
                Acting.as(call.caller()),
                handle -> {
                    if (!members.change(handle, project, user, role)) {
                        throw Problem.notFound().exception();
                    }
                    AuditTrail.append(
                            handle,
                            AuditEvent.in(project, "member.change", "user", user)
                                    .with("role", role));
                    return Answer.ok(find(handle, project, user));
                });
    }

    private Answer remove(Call<Nothing, Nothing> call) {
        UUID project = call.admission().project();
        UUID user = call.id(ID);
        database.inApp(
                Acting.as(call.caller()),
                handle -> {
                    serviceTokens.revokeOf(handle, project, user);
                    if (!members.remove(handle, project, user)) {
                        throw Problem.notFound().exception();
                    }
                    AuditTrail.append(
                            handle, AuditEvent.in(project, "member.remove", "user", user));
                    return true;
                });
        return Answer.empty();
    }
}
