package io.tieout.server.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the programs of one unpacked PostgreSQL. They refuse to run as root; root runs them in a
/// user namespace of their own, where they are nobody, and outside of which their files are root's.
final class PostgresPrograms {
    private static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private final Path folder;
    private final List<String> prefix;

    PostgresPrograms(Path folder) {
        this.folder = folder;
        this.prefix = isRoot() ? AS_NOBODY : List.of();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// A process to be started, with the standard streams still to be directed.
    ProcessBuilder process(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Messages are read by us, and times and numbers are those of the database, not the
        // machine.
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }

    Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw prefix.isEmpty()
                    ? new DatabaseFailure(
                            "PostgreSQL cannot be started from " + folder,
                            "allow programs to be run from there, or set DATABASE_URL",
                            e)
                    : rootNeedsNamespaces(e);
        }
    }

    private static DatabaseFailure rootNeedsNamespaces(IOException e) {
        return new DatabaseFailure(
                "PostgreSQL does not run as root, and unshare is not installed",
                "run as another user, install util-linux, or set DATABASE_URL",
                e);
    }

    /// Runs a program to its end with a text as its input.
    ///
    /// @return what it wrote
    /// @throws DatabaseFailure with its last words if it fails
    String run(String program, List<String> arguments, String input) {
        Process process = start(process(program, arguments).redirectErrorStream(true));
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it read everything; its exit status says so.
        }
        try (InputStream in = process.getInputStream()) {
            String words = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw failed(program, words);
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DatabaseFailure(program + " was interrupted", "start again", e);
        }
    }

    private DatabaseFailure failed(String program, String words) {
        if (!prefix.isEmpty() && words.contains("unshare")) {
            return new DatabaseFailure(
                    "PostgreSQL does not run as root, and this system lets nobody make a user namespace",
                    "run as another user, or set DATABASE_URL");
        }
        if (isFullDisk(words)) {
            return fullDisk("for PostgreSQL's data");
        }
        return new DatabaseFailure(
                program + " failed: " + lastWords(words), "remove the cause and start again");
    }

    static boolean isFullDisk(String words) {
        return words.contains("No space left on device") || words.contains("Disk quota exceeded");
    }

    static DatabaseFailure fullDisk(String where) {
        return new DatabaseFailure("the disk is full " + where, "make room and start again");
    }

    /// Sends a signal to a process that may belong to another run of this program.
    void signal(String name, long pid) {
        try {
            Process process =
                    process("pg_ctl", List.of("kill", name, Long.toString(pid)))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The last line that says why, of what PostgreSQL wrote.
    static String lastWords(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        for (String mark : List.of("PANIC:", "FATAL:", "error:", "ERROR:")) {
            for (String line : lines.reversed()) {
                int at = line.indexOf(mark);
                if (at >= 0) {
                    return line.substring(at + mark.length()).strip();
                }
            }
        }
        return lines.isEmpty() ? "it said nothing" : lines.getLast().strip();
    }
}
