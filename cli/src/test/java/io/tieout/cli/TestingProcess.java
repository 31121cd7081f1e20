package io.tieout.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The command as a process of its own, with the classes that this test runs with.
final class TestingProcess implements AutoCloseable {
    static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final CompletableFuture<String> err;

    private TestingProcess(Process process) {
        this.process = process;
        this.err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    }

    static TestingProcess start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (canResetSignals()) {
            // A shell starts what it leaves in the background with interrupts ignored.
            command.addAll(List.of("env", "--default-signal=INT,PIPE"));
        }
        command.addAll(java());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new TestingProcess(new ProcessBuilder(command).start());
    }

    /// What starts the command, without its arguments.
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path", ""),
                "io.tieout.cli.Tieout");
    }

    private static boolean canResetSignals() {
        try {
            return new ProcessBuilder("env", "--default-signal=INT", "true")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /// Sends a signal as `kill` names it.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// The status with which the process ends.
    int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    String out() {
        return text(process.getInputStream());
    }

    String err() {
        return err.join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
