package io.tieout.server.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A PostgreSQL that is part of this program: started with it, stopped with it, its data kept in a
/// folder of the user's, reached over the loopback interface by password.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MILLIS = 500;
    private static final long POLL_MILLIS = 5;
    private static final long SAY_SO_NANOS = 10_000_000_000L;
    private static final long LOG_BYTES = 8L << 20;

    private final PostgresPrograms programs;
    private final Cluster cluster;
    private final Path log;
    private final Map<String, String> settings;
    private final String password;
    private final Postmaster postmaster;
    private final int port;

    private EmbeddedPostgres(Path home, Path binaries, Map<String, String> settings) {
        this.settings = settings;
        this.log = home.resolve("postgres.log");
        this.programs = new PostgresPrograms(PostgresBinaries.unpackInto(binaries));
        this.cluster = new Cluster(home.resolve("postgres"), programs);
        Postmaster.endOrphan(cluster.folder(), programs);
        this.password = cluster.prepare("on".equals(settings.get("fsync")));
        this.postmaster = startPatiently();
        this.port = Postmaster.Note.of(cluster.folder()).orElseThrow().port();
    }

    /// Starts the database of a home; on the first start it is made. The caller holds the home's
    /// lock, and closes what this returns before it lets go of it.
    ///
    /// @throws DatabaseFailure if it cannot be started
    static EmbeddedPostgres start(Path home) {
        return start(home, home, PostgresSettings.durable());
    }

    /// @param binaries where the programs are unpacked
    static EmbeddedPostgres start(Path home, Path binaries, Map<String, String> settings) {
        return new EmbeddedPostgres(home, binaries, settings);
    }

    /// Where and as whom it is reached.
    DatabaseUrl url(String database) {
        return DatabaseUrl.loopback(port, database, Cluster.ROLE, password);
    }

    DatabaseUrl url() {
        return url(Cluster.DATABASE);
    }

    long pid() {
        return postmaster.process().pid();
    }

    // A port may be taken between being found and being used, and backends of a server that was
    // killed need a moment to notice: both pass by themselves.
    private Postmaster startPatiently() {
        for (int attempt = 1; ; attempt++) {
            Optional<String> problem;
            rotateLog();
            long from = size(log);
            Process process = launch(freePort());
            problem = waitUntilReady(process, from);
            if (problem.isEmpty()) {
                return new Postmaster(process.toHandle(), programs);
            }
            boolean passes =
                    problem.get().contains("could not create any TCP/IP sockets")
                            || problem.get().contains("shared memory block")
                            || problem.get().contains("lock file");
            if (!passes || attempt == ATTEMPTS) {
                throw explain(problem.get());
            }
            pause(PAUSE_MILLIS);
        }
    }

    private Process launch(int freePort) {
        List<String> arguments = new ArrayList<>(List.of("-D", cluster.folder().toString()));
        arguments.addAll(List.of("-c", "port=" + freePort));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        ProcessBuilder builder = programs.process("postgres", arguments);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return programs.start(builder);
    }

    /// @return empty when it takes connections; what it said if it ended
    private Optional<String> waitUntilReady(Process process, long logFrom) {
        long nextWord = System.nanoTime() + SAY_SO_NANOS;
        while (process.isAlive()) {
            Optional<Postmaster.Note> note = Postmaster.Note.of(cluster.folder());
            if (note.isPresent() && note.get().pid() == process.pid() && note.get().ready()) {
                return Optional.empty();
            }
            if (System.nanoTime() > nextWord) {
                nextWord += SAY_SO_NANOS;
                LOG.log(System.Logger.Level.INFO, "PostgreSQL is still recovering from a crash");
            }
            pause(POLL_MILLIS);
        }
        return Optional.of(tail(logFrom));
    }

    private DatabaseFailure explain(String words) {
        if (PostgresPrograms.isFullDisk(words)) {
            return PostgresPrograms.fullDisk("where " + cluster.folder() + " is");
        }
        if (words.contains("database files are incompatible with server")) {
            return new DatabaseFailure(
                    cluster.folder()
                            + " was made by PostgreSQL "
                            + versionOfData()
                            + ", which is not the version of this program",
                    "start it with the version of Tieout that made it and take a backup, or move it away");
        }
        return new DatabaseFailure(
                "PostgreSQL did not start: " + PostgresPrograms.lastWords(words), "see " + log);
    }

    private String versionOfData() {
        try {
            return Files.readString(cluster.folder().resolve("PG_VERSION")).strip();
        } catch (IOException e) {
            return "an unknown version";
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DatabaseFailure(
                    "no port of 127.0.0.1 is free (" + PostgresBinaries.reason(e) + ")",
                    "let this user open ports, or set DATABASE_URL",
                    e);
        }
    }

    private void rotateLog() {
        try {
            if (size(log) > LOG_BYTES) {
                Files.move(
                        log,
                        log.resolveSibling("postgres.log.1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the log of PostgreSQL cannot be put aside", e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private String tail(long from) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(from, channel.size() - LOG_BYTES));
            byte[] bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseFailure("starting PostgreSQL was interrupted", "start again", e);
        }
    }

    /// Stops it. Open transactions are rolled back.
    @Override
    public void close() {
        postmaster.stop();
    }
}
