package io.tieout.server.project;

import io.tieout.server.database.Ids;
import io.tieout.server.database.Rows;
import io.tieout.server.http.Says;
import io.tieout.server.permission.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Projects, as the user of the transaction sees and changes them.
final class Projects {
    private static final String COLUMNS =
            """
            select p.id, p.name, m.role, p.four_eyes, p.created_at, p.version
              from projects p
              left join project_members m on m.project_id = p.id and m.user_id = tieout_user()
            """;
    private static final String LIST =
            COLUMNS
                    + """
                     where p.deleted_at is null and p.id > :after and (:all or m.role is not null)
                     order by p.id
                     limit :limit
                    """;
    private static final String GET = COLUMNS + " where p.deleted_at is null and p.id = :id";
    private static final String INSERT =
            """
            insert into projects (id, name, four_eyes, created_by)
            values (:id, :name, :four_eyes, tieout_user())
            """;
    private static final String CHANGE =
            """
            update projects
               set name = coalesce(:name, name), four_eyes = coalesce(:four_eyes, four_eyes),
                   version = version + 1
             where id = :id and version = :version and deleted_at is null
            """;
    private static final String DELETE =
            """
            update projects set deleted_at = :now, version = version + 1
             where id = :id and deleted_at is null
            """;

    private final Ids ids;
    private final InstantSource clock;

    Projects(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// A project.
    record Project(
            UUID id,
            String name,
            @Says("The caller's; null for an administrator who is no member.") Optional<Role> role,
            @Says("Whether write-offs and manual matches need somebody else's approval.")
                    boolean fourEyes,
            Instant createdAt,
            @Says("The `ETag`, which a change names in `If-Match`.") int version) {}

    /// A change; what is empty stays as it is.
    record ProjectChange(Optional<String> name, Optional<Boolean> fourEyes) {}

    /// Projects after one of them, oldest first.
    ///
    /// @param all whether also those of which the user is no member, where they see such
    List<Project> list(Handle handle, boolean all, UUID after, int limit) {
        return handle.createQuery(LIST)
                .bind("all", all)
                .bind("after", after)
                .bind("limit", limit)
                .map(Projects::project)
                .list();
    }

    Optional<Project> find(Handle handle, UUID id) {
        return handle.createQuery(GET).bind("id", id).map(Projects::project).findOne();
    }

    private static Project project(ResultSet row, StatementContext context) throws SQLException {
        return new Project(
                Rows.uuid(row, "id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("role")).map(ProjectMemberships::role),
                row.getBoolean("four_eyes"),
                Rows.instant(row, "created_at"),
                row.getInt("version"));
    }

    UUID insert(Handle handle, String name, boolean fourEyes) {
        UUID id = ids.next();
        handle.createUpdate(INSERT)
                .bind("id", id)
                .bind("name", name)
                .bind("four_eyes", fourEyes)
                .execute();
        return id;
    }

    /// Whether the project was still of that version, and so was changed.
    boolean change(Handle handle, UUID id, int version, ProjectChange change) {
        return handle.createUpdate(CHANGE)
                        .bind("id", id)
                        .bind("version", version)
                        .bind("name", change.name().orElse(null))
                        .bindByType("four_eyes", change.fourEyes().orElse(null), Boolean.class)
                        .execute()
                == 1;
    }

    /// Whether it was there.
    boolean delete(Handle handle, UUID id) {
        return handle.createUpdate(DELETE).bind("id", id).bind("now", clock.instant()).execute()
                == 1;
    }
}
