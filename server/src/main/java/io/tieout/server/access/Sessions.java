package io.tieout.server.access;

import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Ids;
import io.tieout.server.database.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Sessions of people, and the tokens that prolong them. A refresh token works once and is replaced
/// by the next. One that comes a second time was copied by somebody, and nobody knows who has the
/// newest, so the session ends.
final class Sessions {
    static final Duration LIFE = Duration.ofDays(30);
    static final Duration IDLE = Duration.ofDays(7);

    // The lock lets a change of the password or the user come either wholly before or wholly after.
    private static final String LOCK_USER =
            """
            select id from users
             where id = :user_id and disabled_at is null and password_hash = :password_hash
               for share
            """;
    private static final String SWEEP =
            """
            delete from sessions where user_id = :user_id and expires_at < :now
            """;
    private static final String BEGIN =
            """
            insert into sessions (id, user_id, created_at, last_used_at, expires_at)
            values (:id, :user_id, :now, :now, :expires_at)
            """;
    private static final String ISSUE =
            """
            insert into refresh_tokens (token_hash, session_id, issued_at, expires_at)
            select :hash, id, :now, least(:idle_at, expires_at) from sessions where id = :session_id
            """;
    private static final String FIND =
            """
            select t.session_id, s.user_id, t.used_at is not null as used, t.expires_at > :now as fresh
              from refresh_tokens t
              join sessions s on s.id = t.session_id and s.revoked_at is null and s.expires_at > :now
              join users u on u.id = s.user_id and u.disabled_at is null
             where t.token_hash = :hash
            """;
    private static final String USE =
            """
            update refresh_tokens set used_at = :now where token_hash = :hash and used_at is null
            """;
    private static final String TOUCH =
            """
            update sessions set last_used_at = :now where id = :session_id
            """;
    private static final String REVOKE =
            """
            update sessions set revoked_at = :now, revoked_why = :why
             where id = :session_id and revoked_at is null
            """;
    private static final String REVOKE_ALL =
            """
            update sessions set revoked_at = :now, revoked_why = :why
             where user_id = :user_id and revoked_at is null
            """;

    private final Ids ids;
    private final InstantSource clock;

    Sessions(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Why a session ended before its time.
    enum Why {
        LOGOUT,
        REUSE,
        PASSWORD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A session with the token that will prolong it next.
    record Prolonged(UUID userId, UUID sessionId, OpaqueToken next) {}

    /// Begins a session; empty where the user was disabled or the password changed since it was
    /// checked.
    Optional<Prolonged> begin(Handle handle, UUID userId, String checkedHash) {
        boolean still =
                handle.createQuery(LOCK_USER)
                        .bind("user_id", userId)
                        .bind("password_hash", checkedHash)
                        .mapTo(UUID.class)
                        .findOne()
                        .isPresent();
        if (!still) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        UUID sessionId = ids.next();
        handle.createUpdate(SWEEP).bind("user_id", userId).bind("now", now).execute();
        handle.createUpdate(BEGIN)
                .bind("id", sessionId)
                .bind("user_id", userId)
                .bind("now", now)
                .bind("expires_at", now.plus(LIFE))
                .execute();
        return Optional.of(new Prolonged(userId, sessionId, issue(handle, sessionId, now)));
    }

    private static OpaqueToken issue(Handle handle, UUID sessionId, Instant now) {
        OpaqueToken token = OpaqueToken.random(OpaqueToken.Use.REFRESH);
        handle.createUpdate(ISSUE)
                .bind("hash", token.hash())
                .bind("session_id", sessionId)
                .bind("now", now)
                .bind("idle_at", now.plus(IDLE))
                .execute();
        return token;
    }

    private record Found(UUID sessionId, UUID userId, boolean used, boolean fresh) {}

    /// Takes a refresh token and gives the next; empty where it is none that still works. Ends the
    /// session where it had been taken before: the transaction must be committed then too.
    Optional<Prolonged> prolong(Handle handle, String token) {
        byte[] hash = OpaqueToken.hash(token);
        Instant now = clock.instant();
        Optional<Found> found = find(handle, hash, now);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        UUID sessionId = found.get().sessionId();
        if (found.get().used()) {
            revoke(handle, sessionId, Why.REUSE);
            Acting.inNameOf(handle, found.get().userId());
            AuditTrail.append(
                    handle, AuditEvent.of("session.reuse", "session", sessionId.toString()));
            return Optional.empty();
        }
        // Of two that come with one token at once, both saw it unused; one is first here. The
        // other is turned away, but no thief: it may be two tabs of one browser.
        if (!found.get().fresh()
                || handle.createUpdate(USE).bind("hash", hash).bind("now", now).execute() == 0) {
            return Optional.empty();
        }
        handle.createUpdate(TOUCH).bind("session_id", sessionId).bind("now", now).execute();
        return Optional.of(
                new Prolonged(found.get().userId(), sessionId, issue(handle, sessionId, now)));
    }

    private static Optional<Found> find(Handle handle, byte[] hash, Instant now) {
        return handle.createQuery(FIND)
                .bind("hash", hash)
                .bind("now", now)
                .map(
                        (row, _) ->
                                new Found(
                                        Rows.uuid(row, "session_id"),
                                        Rows.uuid(row, "user_id"),
                                        row.getBoolean("used"),
                                        row.getBoolean("fresh")))
                .findOne();
    }

    /// Ends a session.
    void revoke(Handle handle, UUID sessionId, Why why) {
        handle.createUpdate(REVOKE)
                .bind("session_id", sessionId)
                .bind("now", clock.instant())
                .bind("why", why.word())
                .execute();
    }

    /// Ends all sessions of a user.
    void revokeAll(Handle handle, UUID userId, Why why) {
        handle.createUpdate(REVOKE_ALL)
                .bind("user_id", userId)
                .bind("now", clock.instant())
                .bind("why", why.word())
                .execute();
    }
}
