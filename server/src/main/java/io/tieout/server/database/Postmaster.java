package io.tieout.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A running server process on a data directory, as its `postmaster.pid` tells of it.
final class Postmaster {
    private static final System.Logger LOG = System.getLogger(Postmaster.class.getName());
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    private final ProcessHandle process;
    private final PostgresPrograms programs;

    Postmaster(ProcessHandle process, PostgresPrograms programs) {
        this.process = process;
        this.programs = programs;
    }

    /// What `postmaster.pid` says, where it is complete.
    record Note(long pid, int port, boolean ready) {
        static Optional<Note> of(Path data) {
            List<String> lines;
            try {
                lines = Files.readAllLines(data.resolve("postmaster.pid"));
            } catch (IOException e) {
                return Optional.empty();
            }
            try {
                long pid = Long.parseLong(lines.getFirst().strip());
                int port =
                        lines.size() > PORT_LINE
                                ? Integer.parseInt(lines.get(PORT_LINE).strip())
                                : 0;
                boolean ready =
                        lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
                return Optional.of(new Note(pid, port, ready));
            } catch (java.util.NoSuchElementException | NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /// Ends what an earlier run left running on a data directory. It is ended and not used on: its
    /// port, settings and open transactions are those of a program that is gone, and ending it
    /// takes a fraction of a second.
    static void endOrphan(Path data, PostgresPrograms programs) {
        Optional<Note> note = Note.of(data);
        if (note.isEmpty()) {
            return;
        }
        long pid = note.get().pid();
        Optional<ProcessHandle> process =
                ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(p -> runsOn(p, data));
        if (process.isPresent()) {
            LOG.log(System.Logger.Level.INFO, "ending PostgreSQL process {0} left running", pid);
            new Postmaster(process.get(), programs).stop();
        } else {
            forget(data);
        }
    }

    // The number may by now be somebody else's, and PostgreSQL would then refuse to start.
    private static void forget(Path data) {
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new DatabaseFailure(
                    data + " cannot be written to (" + PostgresBinaries.reason(e) + ")",
                    "let this user write to it",
                    e);
        }
    }

    // PostgreSQL makes its data directory its working directory; where that cannot be seen, its
    // command line names it.
    private static boolean runsOn(ProcessHandle process, Path data) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            if (Files.exists(proc.resolve("cwd"))) {
                return Files.isSameFile(proc.resolve("cwd"), data)
                        && proc.resolve("exe").toRealPath().endsWith("postgres");
            }
        } catch (IOException e) {
            // Not ours to look at: judged by its command line below.
        }
        String command = process.info().commandLine().orElse("");
        return command.contains("postgres") && command.contains(data.toString());
    }

    ProcessHandle process() {
        return process;
    }

    /// Stops it: open transactions are rolled back, everything is on disk, no recovery is needed.
    /// One that does not listen is stopped as a crash would stop it, which recovery makes good.
    void stop() {
        programs.signal("INT", process.pid());
        if (ended(FAST)) {
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "PostgreSQL does not stop; ending it at once");
        programs.signal("QUIT", process.pid());
        if (!ended(AT_ONCE)) {
            process.destroyForcibly();
        }
    }

    private boolean ended(Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
