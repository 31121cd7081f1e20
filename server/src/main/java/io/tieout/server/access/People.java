package io.tieout.server.access;

import io.tieout.server.database.Database;
import io.tieout.server.database.Rows;
import io.tieout.server.permission.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Users as other features see them.
public final class People {
    private static final String BY_EMAIL =
            """
            select id from users where email = :email and kind = 'person' and disabled_at is null
            """;
    private static final String BY_IDS =
            """
            select id, kind, email, name, disabled_at is not null as disabled
              from users where id = any(:ids)
            """;

    private final Database database;

    People(Database database) {
        this.database = database;
    }

    /// A user.
    ///
    /// @param email empty for a machine
    public record Person(
            UUID id, Caller.Kind kind, Optional<String> email, String name, boolean disabled) {}

    /// The person with an e-mail who may sign in. Asks as the worker: who is not a colleague yet is
    /// not seen by users.
    public Optional<UUID> byEmail(String email) {
        return database.inWorker(
                Acting.request(),
                handle ->
                        handle.createQuery(BY_EMAIL)
                                .bind("email", EmailAddress.normal(email))
                                .mapTo(UUID.class)
                                .findOne());
    }

    /// Those of some users whom the user of the transaction sees, by their ids.
    public static Map<UUID, Person> of(Handle handle, Collection<UUID> ids) {
        return handle
                .createQuery(BY_IDS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(People::person)
                .stream()
                .collect(Collectors.toMap(Person::id, Function.identity()));
    }

    private static Person person(ResultSet row, StatementContext context) throws SQLException {
        return new Person(
                Rows.uuid(row, "id"),
                Caller.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("email")),
                row.getString("name"),
                row.getBoolean("disabled"));
    }
}
