package io.tieout.server.job;

import io.tieout.server.database.Database;
import io.tieout.server.database.DatabaseSettings;
import io.tieout.server.database.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A node in a process of its own, to be killed or stopped.
final class JobNodeProcess implements AutoCloseable {
    /// Where the child finds the URL of the database: others can see arguments.
    private static final String URL = "TIEOUT_TEST_CHILD_DATABASE_URL";

    private final Process process;

    private JobNodeProcess(Process process) {
        this.process = process;
    }

    /// Starts one.
    ///
    /// @param storing how long storing takes, into a table of the test's
    static JobNodeProcess start(JobWorld world, UUID nodeId, Duration heartbeat, Duration storing)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                JobNodeProcess.class.getName(),
                                nodeId.toString(),
                                heartbeat.toString(),
                                storing.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(URL, world.testing().address());
        return new JobNodeProcess(builder.start());
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// The child: runs jobs until it is killed, or its parent is gone.
    public static void main(String[] arguments) throws InterruptedException {
        UUID nodeId = UUID.fromString(arguments[0]);
        JobSettings usual = JobWorld.settings();
        JobSettings settings =
                new JobSettings(
                        nodeId,
                        usual.mostJobs(),
                        usual.memoryMegabytes(),
                        usual.threads(),
                        usual.poll(),
                        Duration.parse(arguments[1]),
                        usual.grace(),
                        usual.mostLosses(),
                        usual.version());
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        DatabaseSettings database =
                new DatabaseSettings(
                        Optional.of(System.getenv(URL)),
                        Path.of("unused"),
                        6,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30));
        InstantSource clock = InstantSource.system();
        try (Database open = Database.open(database);
                JobFeature node =
                        JobWorld.feature(
                                open,
                                settings,
                                Duration.parse(arguments[2]),
                                clock,
                                new Ids(clock))) {
            node.start();
            while (parent.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
