package io.tieout.server.access;

import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.database.Rows;
import io.tieout.server.permission.Caller;
import io.tieout.server.problem.Problem;
import io.tieout.server.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Finds out who calls: from an access token of a session, or from a service token. Each time the
/// database is asked whether session, token and user still are what they were.
final class Authenticator {
    private static final String SCHEME = "Bearer ";
    private static final Duration USE_NOTED_EVERY = Duration.ofHours(1);

    private static final String SESSION =
            """
            select u.id, u.administrator, s.id as session_id
              from sessions s
              join users u on u.id = s.user_id and u.disabled_at is null and u.kind = 'person'
             where s.id = :session_id and s.user_id = :user_id
               and s.revoked_at is null and s.expires_at > :now
            """;
    private static final String SERVICE =
            """
            select u.id, t.last_used_at
              from service_tokens t
              join users u on u.id = t.user_id and u.disabled_at is null and u.kind = 'service'
              join projects p on p.id = t.project_id and p.deleted_at is null
             where t.token_hash = :hash and t.revoked_at is null
               and (t.expires_at is null or t.expires_at > :now)
            """;
    private static final String NOTE_USE =
            """
            update service_tokens set last_used_at = :now where token_hash = :hash
            """;
    private static final String STILL =
            """
            select u.id, u.administrator, s.id as session_id
              from users u
              left join sessions s
                on s.id = :session_id and s.user_id = u.id
                   and s.revoked_at is null and s.expires_at > :now
             where u.id = :user_id and u.disabled_at is null
               and (:session_id::uuid is null or s.id is not null)
               and (u.kind = 'person' or exists (
                      select from service_tokens t
                       where t.user_id = u.id and t.revoked_at is null
                         and (t.expires_at is null or t.expires_at > :now)))
            """;

    private final Database database;
    private final AccessTokens tokens;
    private final InstantSource clock;

    Authenticator(Database database, AccessTokens tokens, InstantSource clock) {
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// Who calls.
    ///
    /// @param authorization the header
    /// @throws ProblemException 401 where it is nobody; why, it does not say
    Caller authenticate(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            throw Problem.unauthenticated("sign in and send `Authorization: Bearer …`").exception();
        }
        String header = authorization.get();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw invalid();
        }
        String token = header.substring(SCHEME.length()).strip();
        Optional<Caller> caller =
                OpaqueToken.Use.SERVICE.marks(token) ? service(token) : person(token);
        return caller.orElseThrow(Authenticator::invalid);
    }

    static ProblemException invalid() {
        return Problem.unauthenticated("the token is not valid, or not any more; sign in again")
                .with("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .exception();
    }

    private Optional<Caller> person(String token) {
        Optional<AccessTokens.Verified> verified = tokens.verify(token);
        if (verified.isEmpty()) {
            return Optional.empty();
        }
        return database.inWorker(
                Acting.request(),
                Access.READ,
                handle ->
                        handle.createQuery(SESSION)
                                .bind("session_id", verified.get().sessionId())
                                .bind("user_id", verified.get().userId())
                                .bind("now", clock.instant())
                                .map(Authenticator::personOf)
                                .findOne());
    }

    private static Caller personOf(ResultSet row, StatementContext context) throws SQLException {
        return new Caller(
                Rows.uuid(row, "id"),
                Caller.Kind.PERSON,
                row.getBoolean("administrator"),
                Optional.ofNullable(row.getObject("session_id", UUID.class)));
    }

    private record Machine(UUID userId, Optional<Instant> lastUsedAt) {}

    private Optional<Caller> service(String token) {
        byte[] hash = OpaqueToken.hash(token);
        Instant now = clock.instant();
        Optional<Machine> machine =
                database.inWorker(
                        Acting.request(), Access.READ, handle -> machine(handle, hash, now));
        machine.filter(found -> isDue(found, now))
                .ifPresent(
                        _ ->
                                database.inWorker(
                                        Acting.request(),
                                        handle ->
                                                handle.createUpdate(NOTE_USE)
                                                        .bind("hash", hash)
                                                        .bind("now", now)
                                                        .execute()));
        return machine.map(
                found -> new Caller(found.userId(), Caller.Kind.SERVICE, false, Optional.empty()));
    }

    private static Optional<Machine> machine(Handle handle, byte[] hash, Instant now) {
        return handle.createQuery(SERVICE)
                .bind("hash", hash)
                .bind("now", now)
                .map(
                        (row, _) ->
                                new Machine(
                                        Rows.uuid(row, "id"),
                                        Rows.optionalInstant(row, "last_used_at")))
                .findOne();
    }

    // Not at each call: it would make every read a write.
    private static boolean isDue(Machine machine, Instant now) {
        return machine.lastUsedAt()
                .map(last -> now.isAfter(last.plus(USE_NOTED_EVERY)))
                .orElse(true);
    }

    /// The caller as of now: whether they still are let in, and as what.
    ///
    /// @throws ProblemException 401 where they are not
    Caller still(Caller caller) {
        return database.inWorker(
                        Acting.request(),
                        Access.READ,
                        handle ->
                                handle.createQuery(STILL)
                                        .bind("user_id", caller.userId())
                                        .bind("session_id", caller.sessionId().orElse(null))
                                        .bind("now", clock.instant())
                                        .map(
                                                (row, _) ->
                                                        new Caller(
                                                                caller.userId(),
                                                                caller.kind(),
                                                                row.getBoolean("administrator"),
                                                                caller.sessionId()))
                                        .findOne())
                .orElseThrow(Authenticator::invalid);
    }
}
