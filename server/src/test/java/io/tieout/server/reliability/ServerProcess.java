package io.tieout.server.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server in a JVM of its own, to be killed, stopped, woken and told to end. What it says is kept
/// in a file.
final class ServerProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 40;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Process process;
    private final Path output;
    private final int port;

    private ServerProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /// Starts one, and waits until it takes calls.
    ///
    /// @param environment what the server is told
    static ServerProcess start(Map<String, String> environment) {
        try {
            Path output = outputs().resolve("server-" + NUMBER.incrementAndGet() + ".log");
            ProcessBuilder builder = new ProcessBuilder(command()).redirectError(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TIEOUT_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            BufferedReader said = process.inputReader(UTF_8);
            String line = said.readLine();
            if (line == null || !line.startsWith("ready ")) {
                process.destroyForcibly();
                throw new AssertionError("a server does not start: " + Files.readString(output));
            }
            return new ServerProcess(process, output, Integer.parseInt(line.substring(6)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path outputs() throws IOException {
        return Files.createDirectories(
                Path.of("target", "servers", Long.toString(ProcessHandle.current().pid())));
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(ServerProgram.class.getName());
        return command;
    }

    /// A port that nobody has now.
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it is called.
    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// `kill -9`; it is gone when this returns.
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// `kill -STOP`: it does nothing, and does not know.
    void freeze() {
        signal("STOP");
    }

    /// `kill -CONT`.
    void wake() {
        signal("CONT");
    }

    /// `kill -TERM`; it has ended in order when this returns.
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("a server does not end: " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void signal(String name) {
        try {
            String pid = Long.toString(process.pid());
            int status = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
            if (status != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// What it has said so far.
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
