package io.tieout.server.project;

import io.tieout.server.access.Acting;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.project.Projects.Project;
import io.tieout.server.project.Projects.ProjectChange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// `/api/projects`.
final class ProjectRoutes {
    private static final String TAG = "projects";
    private static final String ONE = "/api/projects/{project_id}";

    private final Database database;
    private final Idempotency idempotency;
    private final Projects projects;
    private final Members members;

    ProjectRoutes(Database database, Idempotency idempotency, Projects projects, Members members) {
        this.database = database;
        this.idempotency = idempotency;
        this.projects = projects;
        this.members = members;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/projects")
                        .forSignedIn()
                        .named("listProjects", TAG, "Lists the projects one is a member of.")
                        .query(ProjectQuery.class)
                        .answers(200, ProjectPage.class, "A page of them, oldest first.")
                        .handle(this::list),
                Route.post("/api/projects")
                        .forSignedIn()
                        .creates()
                        .named("createProject", TAG, "Makes a project, of which one is the owner.")
                        .body(NewProject.class)
                        .answers(201, Project.class, "The project.")
                        .handle(this::create),
                Route.get(ONE)
                        .forMembers(Permission.PROJECT_SEE, Resource.PROJECT)
                        .named("getProject", TAG, "Shows a project.")
                        .answers(200, Project.class, "The project.")
                        .handle(this::get),
                Route.patch(ONE)
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .named(
                                "changeProject",
                                TAG,
                                "Renames a project, or says whether it needs four eyes.")
                        .body(ProjectChange.class)
                        .answers(200, Project.class, "The project as changed.")
                        .handle(this::change),
                Route.delete(ONE)
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .named(
                                "deleteProject",
                                TAG,
                                "Deletes a project; its members lose it at once.")
                        .answersEmpty("It is gone.")
                        .handle(this::delete));
    }

    record ProjectQuery(
            @Says("For administrators: also the projects they are no member of.")
                    Optional<Boolean> all,
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) Optional<String> cursor) {
        PageQuery page() {
            return new PageQuery(limit, cursor);
        }
    }

    record ProjectPage(List<Project> items, Optional<String> nextCursor) {
        ProjectPage {
            items = List.copyOf(items);
        }
    }

    record NewProject(
            String name,
            @Says("Whether write-offs and manual matches need somebody else's approval.")
                    Optional<Boolean> fourEyes) {}

    private Answer list(Call<ProjectQuery, Nothing> call) {
        boolean all = call.query().all().orElse(false);
        if (all && !call.caller().administrator()) {
            throw Problem.forbidden("only administrators may list all projects").exception();
        }
        PageQuery page = call.query().page();
        String list = all ? "all projects" : "projects";
        UUID after = page.after(list);
        List<Project> found =
                database.inApp(
                        Acting.as(call.caller()),
                        Access.READ,
                        handle -> projects.list(handle, all, after, page.fetched()));
        return Answer.ok(
                new ProjectPage(
                        found.subList(0, Math.min(found.size(), page.shown())),
                        page.next(list, found.stream().map(Project::id).toList())));
    }

    private Answer create(Call<Nothing, NewProject> call) {
        if (call.caller().kind() == Caller.Kind.SERVICE) {
            throw Problem.forbidden("a machine works in the one project it is made for")
                    .exception();
        }
        return idempotency.once(
                call,
                handle -> {
                    UUID id =
                            projects.insert(
                                    handle,
                                    call.body().name(),
                                    call.body().fourEyes().orElse(false));
                    members.found(handle, id);
                    AuditTrail.append(handle, AuditEvent.in(id, "project.create", "project", id));
                    Project project = find(handle, id);
                    return Answer.created("/api/projects/" + id, project)
                            .version(project.version());
                });
    }

    private Answer get(Call<Nothing, Nothing> call) {
        Project project =
                database.inApp(
                        Acting.as(call.caller()),
                        Access.READ,
                        handle -> find(handle, call.id(Resource.PROJECT)));
        return Answer.ok(project).version(project.version());
    }

    private Project find(Handle handle, UUID id) {
        return projects.find(handle, id).orElseThrow(() -> Problem.notFound().exception());
    }

    private Answer change(Call<Nothing, ProjectChange> call) {
        ProjectChange change = call.body();
        if (change.name().isEmpty() && change.fourEyes().isEmpty()) {
            throw Problem.invalid("", "changes nothing").exception();
        }
        int version = call.ifMatch();
        UUID id = call.id(Resource.PROJECT);
        Project changed =
                database.inApp(
                        Acting.as(call.caller()),
                        handle -> {
                            if (!projects.change(handle, id, version, change)) {
                                throw Problem.changedMeanwhile().exception();
                            }
                            AuditTrail.append(handle, event(id, change));
                            return find(handle, id);
                        });
        return Answer.ok(changed).version(changed.version());
    }

    private static AuditEvent event(UUID id, ProjectChange change) {
        AuditEvent event = AuditEvent.in(id, "project.change", "project", id);
        if (change.fourEyes().isPresent()) {
            event = event.with("four_eyes", change.fourEyes().get());
        }
        return change.name().isPresent() ? event.with("renamed", true) : event;
    }

    private Answer delete(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.PROJECT);
        database.inApp(
                Acting.as(call.caller()),
                handle -> {
                    if (!projects.delete(handle, id)) {
                        throw Problem.notFound().exception();
                    }
                    AuditTrail.append(handle, AuditEvent.in(id, "project.delete", "project", id));
                    return true;
                });
        return Answer.empty();
    }
}
