package io.tieout.server.access;

import io.tieout.server.database.Ids;
import io.tieout.server.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// What signing in needs to know of people: as the worker, who alone sees what is kept of
/// passwords.
final class Accounts {
    private static final String BY_EMAIL =
            """
            select id, email, password_hash, disabled_at is not null as disabled
              from users where email = :email and kind = 'person'
            """;
    private static final String BY_ID =
            """
            select id, email, password_hash, disabled_at is not null as disabled
              from users where id = :id and kind = 'person'
            """;
    private static final String CHANGE_HASH =
            """
            update users set password_hash = :new
             where id = :id and password_hash = :old and disabled_at is null
            """;
    private static final String SET_HASH =
            """
            update users set password_hash = :new, name = coalesce(:name, name)
             where id = :id and disabled_at is null
            """;
    private static final String LOCK =
            """
            select 1 from pg_advisory_xact_lock(hashtextextended('tieout first administrator', 0))
            """;
    private static final String HAS_USERS =
            """
            select exists (select from users)
            """;
    private static final String HAS_ADMINISTRATOR =
            """
            select exists (select from users where administrator)
            """;
    private static final String FIRST =
            """
            insert into users (id, kind, email, name, password_hash, administrator)
            values (:id, 'person', :email, :name, :hash, true)
            on conflict (email) do nothing
            """;

    private final Ids ids;

    Accounts(Ids ids) {
        this.ids = ids;
    }

    /// @param hash of the password, empty for who has none yet
    record Account(UUID id, String email, Optional<String> hash, boolean disabled) {}

    Optional<Account> byEmail(Handle handle, String email) {
        return handle.createQuery(BY_EMAIL).bind("email", email).map(Accounts::account).findOne();
    }

    Optional<Account> byId(Handle handle, UUID id) {
        return handle.createQuery(BY_ID).bind("id", id).map(Accounts::account).findOne();
    }

    private static Account account(ResultSet row, StatementContext context) throws SQLException {
        return new Account(
                Rows.uuid(row, "id"),
                row.getString("email"),
                Optional.ofNullable(row.getString("password_hash")),
                row.getBoolean("disabled"));
    }

    /// Whether the hash was still the old one.
    boolean changeHash(Handle handle, UUID id, String from, String to) {
        return handle.createUpdate(CHANGE_HASH)
                        .bind("id", id)
                        .bind("old", from)
                        .bind("new", to)
                        .execute()
                == 1;
    }

    /// Whether the user is there and not disabled.
    boolean setHash(Handle handle, UUID id, String hash, @Nullable String name) {
        return handle.createUpdate(SET_HASH)
                        .bind("id", id)
                        .bind("new", hash)
                        .bind("name", name)
                        .execute()
                == 1;
    }

    /// Lets one server at a time see whether there is an administrator, and make one.
    void lockFirst(Handle handle) {
        handle.createQuery(LOCK).mapTo(Integer.class).one();
    }

    boolean hasUsers(Handle handle) {
        return handle.createQuery(HAS_USERS).mapTo(Boolean.class).one();
    }

    boolean hasAdministrator(Handle handle) {
        return handle.createQuery(HAS_ADMINISTRATOR).mapTo(Boolean.class).one();
    }

    /// Makes the first administrator; empty where somebody has the e-mail already.
    Optional<UUID> first(Handle handle, String email, String name, String hash) {
        UUID id = ids.next();
        int made =
                handle.createUpdate(FIRST)
                        .bind("id", id)
                        .bind("email", email)
                        .bind("name", name)
                        .bind("hash", hash)
                        .execute();
        return made == 1 ? Optional.of(id) : Optional.empty();
    }
}
