package io.tieout.server.access;

import io.tieout.server.database.Ids;
import io.tieout.server.database.Rows;
import io.tieout.server.http.Says;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// People, as administrators see and change them. Runs as the administrator, which the database
/// checks too.
final class Users {
    private static final String LIST =
            """
            select id, email, name, administrator, created_at, disabled_at, version
              from users
             where kind = 'person'
               and (:filter::text is null or strpos(lower(name), lower(:filter::text)) > 0
                    or strpos(email, lower(:filter::text)) > 0)
               and (email collate "C", id) > (:email::text collate "C", :id)
             order by email collate "C", id
             limit :limit
            """;
    private static final String GET =
            """
            select id, email, name, administrator, created_at, disabled_at, version
              from users where id = :id and kind = 'person'
            """;
    private static final String INVITE =
            """
            insert into users (id, kind, email, name) values (:id, 'person', :email, :name)
            on conflict (email) do nothing
            """;
    // The lock that the rule of the last administrator takes; see V1__tables.sql.
    private static final String LOCK =
            """
            select 1 from pg_advisory_xact_lock(hashtextextended('tieout administrators', 0))
            """;
    private static final String STILL =
            """
            select tieout_administrator()
            """;
    private static final String CHANGE =
            """
            update users
               set name = coalesce(:name, name),
                   administrator = coalesce(:administrator, administrator),
                   disabled_at = case :disabled::boolean
                                   when true then coalesce(disabled_at, :now)
                                   when false then null
                                   else disabled_at end,
                   version = version + 1
             where id = :id and kind = 'person' and version = :version
            """;

    private final Ids ids;
    private final InstantSource clock;

    Users(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// A person.
    record User(
            UUID id,
            String email,
            String name,
            boolean administrator,
            Instant createdAt,
            @Says("Since when the user may not sign in; null for who may.")
                    Optional<Instant> disabledAt,
            @Says("The `ETag`, which a change names in `If-Match`.") int version) {}

    /// A change; what is empty stays as it is.
    record UserChange(
            Optional<String> name, Optional<Boolean> administrator, Optional<Boolean> disabled) {}

    /// Whose e-mail or name holds the filter, after a place, by e-mail.
    List<User> list(
            Handle handle, Optional<String> filter, String afterEmail, UUID afterId, int limit) {
        return handle.createQuery(LIST)
                .bind("filter", filter.orElse(null))
                .bind("email", afterEmail)
                .bind("id", afterId)
                .bind("limit", limit)
                .map(Users::user)
                .list();
    }

    Optional<User> find(Handle handle, UUID id) {
        return handle.createQuery(GET).bind("id", id).map(Users::user).findOne();
    }

    private static User user(ResultSet row, StatementContext context) throws SQLException {
        return new User(
                Rows.uuid(row, "id"),
                row.getString("email"),
                row.getString("name"),
                row.getBoolean("administrator"),
                Rows.instant(row, "created_at"),
                Rows.optionalInstant(row, "disabled_at"),
                row.getInt("version"));
    }

    /// Makes a user who has no password yet; empty where somebody has the e-mail already.
    Optional<UUID> invite(Handle handle, String email, String name) {
        UUID id = ids.next();
        int made =
                handle.createUpdate(INVITE)
                        .bind("id", id)
                        .bind("email", email)
                        .bind("name", name)
                        .execute();
        return made == 1 ? Optional.of(id) : Optional.empty();
    }

    /// Lets one administrator at a time change users, and says whether the user of the transaction
    /// still is one: of two who demote each other, the second must not be told something else.
    boolean lock(Handle handle) {
        handle.createQuery(LOCK).mapTo(Integer.class).one();
        return handle.createQuery(STILL).mapTo(Boolean.class).one();
    }

    /// Whether the user was still of that version, and so was changed.
    boolean change(Handle handle, UUID id, int version, UserChange change) {
        return handle.createUpdate(CHANGE)
                        .bind("id", id)
                        .bind("version", version)
                        .bind("name", change.name().orElse(null))
                        .bindByType(
                                "administrator", change.administrator().orElse(null), Boolean.class)
                        .bindByType("disabled", change.disabled().orElse(null), Boolean.class)
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }
}
