package io.tieout.server.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Which database, and how it is used.
///
/// @param url an own server as `jdbc:postgresql://…` or `postgres://…`; empty: the embedded one
/// @param home `TIEOUT_HOME`, where the embedded one keeps its data
/// @param poolSize connections at most
/// @param connectionTimeout how long a transaction waits for a connection
/// @param statementTimeout how long one statement of a request may take; jobs have no limit
public record DatabaseSettings(
        @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<String> url,
        Path home,
        int poolSize,
        Duration connectionTimeout,
        Duration statementTimeout) {

    private static final int POOL_SIZE = 16;

    public DatabaseSettings {
        if (poolSize < 1) {
            throw new IllegalArgumentException("a pool has at least 1 connection, not " + poolSize);
        }
    }

    /// What is used where nothing else is asked for.
    public static DatabaseSettings of(Optional<String> url, Path home) {
        return new DatabaseSettings(
                url, home, POOL_SIZE, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    @Override
    public String toString() {
        // The URL may hold a password.
        return "DatabaseSettings[" + (url.isPresent() ? "own server" : home) + "]";
    }
}
