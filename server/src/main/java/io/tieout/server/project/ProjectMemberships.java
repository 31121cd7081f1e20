package io.tieout.server.project;

import io.tieout.server.access.Memberships;
import io.tieout.server.access.ProjectFinder;
import io.tieout.server.database.Rows;
import io.tieout.server.permission.Role;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Tells what a user is in a project, in one query.
public final class ProjectMemberships implements Memberships {
    /// The project that a path names itself.
    public static final ProjectFinder PROJECT = ProjectFinder.by("select cast(:id as uuid)");

    // What a finder says is a constant of the program; ids go in as parameters.
    private static final String FIND =
            """
            select p.id, m.role
              from projects p
              left join project_members m on m.project_id = p.id and m.user_id = tieout_user()
             where p.deleted_at is null and p.id =
            """;

    @Override
    public Optional<Membership> find(Handle handle, ProjectFinder.Lookup project) {
        Query query = handle.createQuery(FIND + "(" + project.sql() + ")");
        project.values().forEach(query::bind);
        return query.map(
                        (row, _) ->
                                new Membership(
                                        Rows.uuid(row, "id"),
                                        Optional.ofNullable(row.getString("role"))
                                                .map(ProjectMemberships::role)))
                .findOne();
    }

    static Role role(String word) {
        return Role.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
