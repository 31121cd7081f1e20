package io.tieout.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The embedded database of a home whose server is another process.
public final class TestingHome {
    private TestingHome() {}

    /// It, as another program on the same database sees it.
    public static Database database(Path home) {
        try {
            String password = Files.readString(home.resolve("postgres-password")).strip();
            return Database.at(
                    DatabaseUrl.loopback(note(home).port(), "tieout", "tieout", password),
                    TestingPostgres.settings(Duration.ofSeconds(30)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Postmaster.Note note(Path home) {
        return Postmaster.Note.of(home.resolve("postgres")).orElseThrow();
    }

    /// `kill -9` to its first process; the others notice.
    public static void kill(Path home) {
        ProcessHandle process = ProcessHandle.of(note(home).pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Ends it, where it still runs.
    public static void end(Path home) {
        PostgresPrograms programs =
                new PostgresPrograms(PostgresBinaries.unpackInto(TestingPostgres.binaries()));
        Postmaster.endOrphan(home.resolve("postgres"), programs);
    }

    /// Ends it, and removes the home with all that is in it.
    public static void remove(Path home) {
        end(home);
        try {
            PostgresBinaries.deleteTree(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets a home use the programs that the tests have unpacked.
    public static void shareBinaries(Path home) {
        Path programs = PostgresBinaries.unpackInto(TestingPostgres.binaries());
        try {
            Files.createSymbolicLink(home.resolve(programs.getFileName()), programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
