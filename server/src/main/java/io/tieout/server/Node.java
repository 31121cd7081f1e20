package io.tieout.server;

import io.tieout.server.database.Database;
import io.tieout.server.database.DatabaseUnavailable;
import io.tieout.server.database.RequestId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Which of several servers this is, and its sign of life to the others. The id belongs to the
/// home: a server that is started again on it finds what it left.
final class Node implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Node.class.getName());
    private static final RequestId REQUEST = new RequestId("node");
    private static final int SEEN_EVERY_SECONDS = 10;
    private static final String SEEN =
            """
            insert into nodes (id, started_at, seen_at, version) values (:id, now(), now(), :version)
            on conflict (id) do update set seen_at = now(), version = excluded.version
            """;

    private final Database database;
    private final UUID id;
    private final String version;
    private final ScheduledExecutorService timer;

    private Node(Database database, UUID id, String version) {
        this.database = database;
        this.id = id;
        this.version = version;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("node").factory());
    }

    /// Takes the home's id, made at first, and begins to give signs of life.
    static Node start(Database database, Path home, String version) {
        Node node = new Node(database, idOf(home), version);
        node.seen();
        var _ =
                node.timer.scheduleWithFixedDelay(
                        node::seen, SEEN_EVERY_SECONDS, SEEN_EVERY_SECONDS, TimeUnit.SECONDS);
        return node;
    }

    UUID id() {
        return id;
    }

    private static UUID idOf(Path home) {
        Path file = home.resolve("node-id");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(home);
                Files.writeString(file, UUID.randomUUID() + "\n", StandardCharsets.UTF_8);
            }
            return UUID.fromString(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read or written", e);
        } catch (IllegalArgumentException _) {
            throw new ConfigurationException(
                    file.toString(), "is damaged; remove it, and uploads not yet loaded are lost");
        }
    }

    private void seen() {
        try {
            database.inWorker(
                    REQUEST,
                    handle ->
                            handle.createUpdate(SEEN)
                                    .bind("id", id)
                                    .bind("version", version)
                                    .execute());
        } catch (DatabaseUnavailable e) {
            LOG.log(Level.WARNING, "no sign of life can be given", e);
        } catch (RuntimeException e) {
            // An exception would end the timer.
            LOG.log(Level.SEVERE, "giving a sign of life met a defect", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
