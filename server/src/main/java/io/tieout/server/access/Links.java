package io.tieout.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One-time links: for the first administrator, an invitation, a forgotten password. A new one for
/// the same user takes the place of the one before.
final class Links {
    private static final String INSERT =
            """
            insert into invitations (token_hash, purpose, user_id, expires_at)
            values (:hash, :purpose, :user_id, :expires_at)
            """;
    private static final String FIND =
            """
            select i.purpose, i.user_id, u.email
              from invitations i
              left join users u on u.id = i.user_id
             where i.token_hash = :hash and i.used_at is null and i.expires_at > :now
               and u.disabled_at is null
            """;
    private static final String USE =
            """
            update invitations set used_at = :now
             where token_hash = :hash and used_at is null and expires_at > :now
            """;

    private final InstantSource clock;

    Links(InstantSource clock) {
        this.clock = clock;
    }

    /// What a link is for.
    enum Purpose {
        BOOTSTRAP("bootstrap", Duration.ofHours(24)),
        INVITE("invite", Duration.ofDays(7)),
        RESET("reset", Duration.ofHours(24));

        private final String word;
        private final Duration life;

        Purpose(String word, Duration life) {
            this.word = word;
            this.life = life;
        }

        private static Purpose of(String word) {
            for (Purpose purpose : values()) {
                if (purpose.word.equals(word)) {
                    return purpose;
                }
            }
            throw new IllegalStateException("no purpose of a link: " + word);
        }
    }

    /// A link that can be opened.
    ///
    /// @param userId for whom; empty for the first administrator, who is nobody yet
    record Open(Purpose purpose, Optional<UUID> userId, Optional<String> email) {}

    OneTimeLink make(Handle handle, Purpose purpose, @Nullable UUID userId) {
        OpaqueToken token = OpaqueToken.random(OpaqueToken.Use.LINK);
        Instant expiresAt = clock.instant().plus(purpose.life);
        handle.createUpdate(INSERT)
                .bind("hash", token.hash())
                .bind("purpose", purpose.word)
                .bind("user_id", userId)
                .bind("expires_at", expiresAt)
                .execute();
        return new OneTimeLink(token, expiresAt);
    }

    Optional<Open> find(Handle handle, String token) {
        return handle.createQuery(FIND)
                .bind("hash", OpaqueToken.hash(token))
                .bind("now", clock.instant())
                .map(
                        (row, _) ->
                                new Open(
                                        Purpose.of(row.getString("purpose")),
                                        Optional.ofNullable(row.getObject("user_id", UUID.class)),
                                        Optional.ofNullable(row.getString("email"))))
                .findOne();
    }

    /// Whether it could still be used, which it was by this.
    boolean use(Handle handle, String token) {
        return handle.createUpdate(USE)
                        .bind("hash", OpaqueToken.hash(token))
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }
}
