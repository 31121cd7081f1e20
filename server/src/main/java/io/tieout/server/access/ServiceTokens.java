package io.tieout.server.access;

import io.tieout.server.database.Ids;
import io.tieout.server.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Tokens for machines, each of which is a user of its own. Everything here runs as an owner of the
/// project, which the database checks too.
public final class ServiceTokens {
    private static final String MACHINE =
            """
            insert into users (id, kind, name) values (:id, 'service', :name)
            """;
    private static final String ISSUE =
            """
            insert into service_tokens
              (id, project_id, user_id, name, token_hash, created_by, expires_at)
            values (:id, :project_id, :user_id, :name, :hash, tieout_user(), :expires_at)
            """;
    private static final String LIST =
            """
            select id, user_id, name, created_by, created_at, expires_at, last_used_at
              from service_tokens
             where project_id = :project_id and revoked_at is null and id > :after
             order by id
             limit :limit
            """;
    private static final String REVOKE =
            """
            update service_tokens set revoked_at = :now
             where id = :id and project_id = :project_id and revoked_at is null
            """;
    private static final String OWNER =
            """
            select user_id from service_tokens
             where id = :id and project_id = :project_id and revoked_at is null
            """;
    private static final String REVOKE_OF =
            """
            update service_tokens set revoked_at = :now
             where user_id = :user_id and project_id = :project_id and revoked_at is null
            """;

    private final Ids ids;
    private final InstantSource clock;

    ServiceTokens(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// A token that is not revoked, without its secret.
    public record Token(
            UUID id,
            UUID userId,
            String name,
            UUID createdBy,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt) {}

    /// A token that was made.
    ///
    /// @param secret to be shown this once
    public record Issued(UUID id, String secret) {
        @Override
        public String toString() {
            return "Issued[" + id + "]";
        }
    }

    /// Makes a user for a machine, who is a member of nothing yet.
    public UUID machine(Handle handle, String name) {
        UUID id = ids.next();
        handle.createUpdate(MACHINE).bind("id", id).bind("name", name).execute();
        return id;
    }

    /// Makes a token for a machine that is a member of the project.
    public Issued issue(
            Handle handle, UUID projectId, UUID machine, String name, Optional<Instant> expiresAt) {
        UUID id = ids.next();
        OpaqueToken token = OpaqueToken.random(OpaqueToken.Use.SERVICE);
        handle.createUpdate(ISSUE)
                .bind("id", id)
                .bind("project_id", projectId)
                .bind("user_id", machine)
                .bind("name", name)
                .bind("hash", token.hash())
                .bind("expires_at", expiresAt.orElse(null))
                .execute();
        return new Issued(id, token.text());
    }

    /// A project's tokens after one of them, oldest first.
    public List<Token> list(Handle handle, UUID projectId, UUID after, int limit) {
        return handle.createQuery(LIST)
                .bind("project_id", projectId)
                .bind("after", after)
                .bind("limit", limit)
                .map(ServiceTokens::token)
                .list();
    }

    private static Token token(ResultSet row, StatementContext context) throws SQLException {
        return new Token(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "user_id"),
                row.getString("name"),
                Rows.uuid(row, "created_by"),
                Rows.instant(row, "created_at"),
                Rows.optionalInstant(row, "expires_at"),
                Rows.optionalInstant(row, "last_used_at"));
    }

    /// Revokes a token; gives the machine's user, empty where there is no such token.
    public Optional<UUID> revoke(Handle handle, UUID projectId, UUID tokenId) {
        Optional<UUID> machine =
                handle.createQuery(OWNER)
                        .bind("id", tokenId)
                        .bind("project_id", projectId)
                        .mapTo(UUID.class)
                        .findOne();
        int revoked =
                handle.createUpdate(REVOKE)
                        .bind("id", tokenId)
                        .bind("project_id", projectId)
                        .bind("now", clock.instant())
                        .execute();
        return revoked == 1 ? machine : Optional.empty();
    }

    /// Revokes the tokens of a user in a project; a person has none.
    public void revokeOf(Handle handle, UUID projectId, UUID userId) {
        handle.createUpdate(REVOKE_OF)
                .bind("user_id", userId)
                .bind("project_id", projectId)
                .bind("now", clock.instant())
                .execute();
    }
}
