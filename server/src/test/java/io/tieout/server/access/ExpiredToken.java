package io.tieout.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// An access token that was right an hour ago.
public final class ExpiredToken {
    private ExpiredToken() {}

    public static String of(String secret, UUID user) {
        InstantSource then = InstantSource.fixed(Instant.now().minus(Duration.ofHours(1)));
        return new AccessTokens(new ConfiguredKeys(secret, Optional.empty()), then)
                .issue(user, UUID.randomUUID());
    }
}
