package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingHome;
import io.tieout.server.database.TestingPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Servers of one database, each a process with a home of its own, and their administrator, who
/// signs in once.
final class Platform implements AutoCloseable {
    static final String EMAIL = "first@example.org";
    static final String PASSWORD = "opal tangent veranda 41";

    private static final String NO_LIMIT = "1000000";

    private final Optional<TestingDatabase> shared;
    private final List<ServerProcess> servers = new ArrayList<>();
    private final List<Path> homes = new ArrayList<>();
    private Optional<String> token = Optional.empty();

    private Platform(Optional<TestingDatabase> shared) {
        this.shared = shared;
    }

    /// On a database that servers share.
    static Platform shared() {
        return new Platform(Optional.of(TestingPostgres.database()));
    }

    /// On the database that a server brings.
    static Platform embedded() {
        return new Platform(Optional.empty());
    }

    /// A new home, where a server keeps what is not in the database.
    Path home() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "server-homes"));
            Path home = Files.createTempDirectory(folder.toAbsolutePath(), "home");
            if (shared.isEmpty()) {
                TestingHome.shareBinaries(home);
            }
            homes.add(home);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The address of the database that servers share.
    String database() {
        return shared.orElseThrow().address();
    }

    /// Starts a server on a home and a port that may be free; it takes calls when this returns.
    ServerProcess start(Path home, int port) {
        return start(home, port, Map.of());
    }

    /// Starts one that is told more.
    ServerProcess start(Path home, int port, Map<String, String> more) {
        Map<String, String> environment =
                new HashMap<>(
                        Map.of(
                                "TIEOUT_HOME", home.toString(),
                                "TIEOUT_PORT", Integer.toString(port),
                                "JWT_SECRET", "testing testing testing testing testing",
                                "TIEOUT_BOOTSTRAP_ADMIN_EMAIL", EMAIL,
                                "TIEOUT_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD,
                                "TIEOUT_RATE_LIMIT_USER", NO_LIMIT,
                                "TIEOUT_RATE_LIMIT_ADDRESS", NO_LIMIT,
                                "TIEOUT_RATE_LIMIT_SIGN_IN", NO_LIMIT));
        shared.ifPresent(database -> environment.put("DATABASE_URL", database.address()));
        environment.putAll(more);
        ServerProcess server = ServerProcess.start(environment);
        servers.add(server);
        return server;
    }

    /// Calls a server as the administrator.
    ApiClient client(ServerProcess server) {
        ApiClient anyone = ApiClient.of(server.uri());
        if (token.isEmpty()) {
            ApiClient.Reply reply =
                    anyone.post("/api/auth/login", Map.of("email", EMAIL, "password", PASSWORD));
            token = Optional.of(reply.text("access_token"));
        }
        return anyone.bearing(token.orElseThrow());
    }

    /// The next client signs in anew: what a client shows is good for a quarter of an hour.
    void signInAgain() {
        token = Optional.empty();
    }

    /// A look at the database that servers share.
    Books books() {
        return Books.shared(shared.orElseThrow().database());
    }

    /// A look at the database of a home, or at that which servers share.
    Books books(Path home) {
        return shared.isPresent() ? books() : Books.own(TestingHome.database(home));
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
        homes.forEach(TestingHome::remove);
        shared.ifPresent(TestingDatabase::close);
    }
}
