package io.tieout.formats.outcome;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folder that an outcome is written to, by one run at a time. All files are written under
/// temporary names, forced to the disk, and only then given their names, the summary last: a folder
/// with a `summary.json` holds a whole outcome. Whatever fails leaves what was there as it was.
public final class OutcomeFolder {
    private static final String REJECTS = "rejects.csv";
    private static final String SUMMARY = "summary.json";
    private static final List<String> NAMES =
            List.of("matches.csv", "breaks.csv", REJECTS, "report.html", SUMMARY);

    private final Path dir;
    private final List<Path> created;
    private final FolderLock lock;
    private final Publication publication;
    private boolean written;
    private boolean over;

    private OutcomeFolder(Path dir, List<Path> created, FolderLock lock) {
        this.dir = dir;
        this.created = created;
        this.lock = lock;
        this.publication = new Publication(dir, NAMES);
    }

    /// Makes sure, before the work starts, that the outcome will be able to be written, and keeps
    /// the folder for this run until [#write(RunRecord)] or [#abandon()].
    ///
    /// @param force whether an outcome that is there may be overwritten
    /// @throws FailureException when the folder cannot be created or written to, holds an outcome
    /// that may not be overwritten, or is being written to by another run
    public static OutcomeFolder prepare(Path dir, boolean force) {
        if (Files.exists(dir, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(dir)) {
            throw unwritable(dir, "is no folder", "name another with --out", null);
        }
        List<Path> created = new ArrayList<>();
        @Nullable FolderLock lock = null;
        boolean prepared = false;
        try {
            create(dir, created);
            lock =
                    FolderLock.take(dir)
                            .orElseThrow(
                                    () ->
                                            unwritable(
                                                    dir,
                                                    "is being written to by another run",
                                                    "wait for it, or name another folder",
                                                    null));
            OutcomeFolder folder = new OutcomeFolder(dir, created, lock);
            folder.publication.recover();
            folder.requireFree(force);
            prepared = true;
            return folder;
        } catch (IOException e) {
            throw unwritable(
                    dir,
                    "cannot be written to" + because(e),
                    "check its permissions and its disk",
                    e);
        } finally {
            if (!prepared) {
                close(lock);
                removeEmpty(created);
            }
        }
    }

    private static void create(Path dir, List<Path> created) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (@Nullable Path path = dir.toAbsolutePath();
                path != null && !Files.exists(path);
                path = path.getParent()) {
            missing.addFirst(path);
        }
        for (Path path : missing) {
            Files.createDirectory(path);
            created.addFirst(path);
        }
    }

    private void requireFree(boolean force) {
        for (String name : NAMES) {
            Path path = dir.resolve(name);
            if (Files.isDirectory(path)) {
                throw unwritable(
                        dir,
                        "holds a folder where " + name + " belongs",
                        "name another with --out",
                        null);
            }
            if (!force && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw unwritable(
                        dir,
                        "holds an outcome (" + name + ")",
                        "name another folder, or overwrite it with --force",
                        null);
            }
        }
    }

    /// Writes everything, or nothing.
    ///
    /// @throws FailureException when a file cannot be written, as when the disk is full
    public void write(RunRecord run) {
        boolean rejects = !run.left().rejects().isEmpty() || !run.right().rejects().isEmpty();
        try {
            OutcomeTables tables = new OutcomeTables(run);
            tables.writeMatches(publication.unfinished("matches.csv"));
            tables.writeBreaks(publication.unfinished("breaks.csv"));
            if (rejects) {
                tables.writeRejects(publication.unfinished(REJECTS));
            }
            try (OutputStream report = open(publication.unfinished("report.html"))) {
                ReportPage.write(run, report);
            }
            try (OutputStream summary = open(publication.unfinished(SUMMARY))) {
                summary.write(Summary.json(run).getBytes(StandardCharsets.UTF_8));
            }
            force(publication.unfinished("report.html"));
            force(publication.unfinished(SUMMARY));
            publication.publish();
            written = true;
        } catch (IOException e) {
            throw unwritable(
                    dir, "cannot be written to" + because(e), "free some space or name another", e);
        } finally {
            abandon();
        }
    }

    private static OutputStream open(Path path) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), 1 << 16);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static String because(IOException e) {
        String reason =
                e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? "" : " (" + reason + ")";
    }

    /// Takes away what is unfinished, and the folder if it was made for this outcome and stays
    /// empty; lets other runs write to it. Harmless when everything was written, and when called
    /// again.
    public void abandon() {
        if (over) {
            return;
        }
        over = true;
        try {
            publication.deleteUnfinished();
        } catch (IOException e) {
            // A disk that cannot delete has been reported by the write that failed.
        }
        close(lock);
        if (!written) {
            removeEmpty(created);
        }
    }

    private static void close(@Nullable FolderLock lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // The system takes the lock back when the process ends.
        }
    }

    /// @param created the innermost first
    private static void removeEmpty(List<Path> created) {
        for (Path path : created) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static FailureException unwritable(
            Path dir, String problem, String remedy, @Nullable Throwable cause) {
        Failure failure = new Failure.UnwritableOutcome(Place.of(dir.toString()), problem, remedy);
        return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
    }
}
