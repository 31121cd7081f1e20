package io.tieout.server.project;

import io.tieout.server.access.People;
import io.tieout.server.access.People.Person;
import io.tieout.server.database.Rows;
import io.tieout.server.http.Says;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Who is in a project, as the user of the transaction sees and changes it.
final class Members {
    private static final String LIST =
            """
            select user_id, role, added_at from project_members
             where project_id = :project_id and user_id > :after
             order by user_id
             limit :limit
            """;
    private static final String GET =
            """
            select user_id, role, added_at from project_members
             where project_id = :project_id and user_id = :user_id
            """;
    // Without a conflict clause, for which the founder would have to see the row beforehand.
    private static final String FOUND =
            """
            insert into project_members (project_id, user_id, role, added_by)
            values (:project_id, tieout_user(), 'owner', tieout_user())
            """;
    private static final String ADD =
            """
            insert into project_members (project_id, user_id, role, added_by)
            values (:project_id, :user_id, :role, tieout_user())
            on conflict (project_id, user_id) do nothing
            """;
    private static final String CHANGE =
            """
            update project_members set role = :role
             where project_id = :project_id and user_id = :user_id
            """;
    private static final String REMOVE =
            """
            delete from project_members where project_id = :project_id and user_id = :user_id
            """;

    /// A member.
    record Member(
            UUID userId,
            @Says("A person, or a machine with a service token.") Caller.Kind kind,
            Optional<String> email,
            String name,
            Role role,
            @Says("Whether the user may not sign in.") boolean disabled,
            Instant addedAt) {}

    private record Row(UUID userId, Role role, Instant addedAt) {}

    /// Members after one of them, in the order of their ids.
    List<Member> list(Handle handle, UUID projectId, UUID after, int limit) {
        List<Row> rows =
                handle.createQuery(LIST)
                        .bind("project_id", projectId)
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, _) -> row(row))
                        .list();
        Map<UUID, Person> people = People.of(handle, rows.stream().map(Row::userId).toList());
        return rows.stream()
                .flatMap(
                        row ->
                                Optional.ofNullable(people.get(row.userId())).stream()
                                        .map(person -> member(row, person)))
                .toList();
    }

    Optional<Member> find(Handle handle, UUID projectId, UUID userId) {
        Optional<Row> found =
                handle.createQuery(GET)
                        .bind("project_id", projectId)
                        .bind("user_id", userId)
                        .map((row, _) -> row(row))
                        .findOne();
        return found.flatMap(
                row ->
                        Optional.ofNullable(People.of(handle, List.of(userId)).get(userId))
                                .map(person -> member(row, person)));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Rows.uuid(row, "user_id"),
                ProjectMemberships.role(row.getString("role")),
                Rows.instant(row, "added_at"));
    }

    private static Member member(Row row, Person person) {
        return new Member(
                row.userId(),
                person.kind(),
                person.email(),
                person.name(),
                row.role(),
                person.disabled(),
                row.addedAt());
    }

    /// Makes whoever made a project its first member and owner.
    void found(Handle handle, UUID projectId) {
        handle.createUpdate(FOUND).bind("project_id", projectId).execute();
    }

    /// Whether the user was no member before.
    boolean add(Handle handle, UUID projectId, UUID userId, Role role) {
        return handle.createUpdate(ADD)
                        .bind("project_id", projectId)
                        .bind("user_id", userId)
                        .bind("role", ProjectMemberships.word(role))
                        .execute()
                == 1;
    }

    /// Whether the user is a member.
    boolean change(Handle handle, UUID projectId, UUID userId, Role role) {
        return handle.createUpdate(CHANGE)
                        .bind("project_id", projectId)
                        .bind("user_id", userId)
                        .bind("role", ProjectMemberships.word(role))
                        .execute()
                == 1;
    }

    /// Whether the user was a member.
    boolean remove(Handle handle, UUID projectId, UUID userId) {
        return handle.createUpdate(REMOVE)
                        .bind("project_id", projectId)
                        .bind("user_id", userId)
                        .execute()
                == 1;
    }
}
