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
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The folder that an outcome is written to. All files are written under temporary names, forced
/// to the disk, and only then given their names, the summary last: a folder with a `summary.json`
/// holds a whole outcome. Whatever fails before that leaves what was there as it was.
public final class OutcomeFolder {
    private static final String REJECTS = "rejects.csv";
    private static final String SUMMARY = "summary.json";
    private static final List<String> NAMES =
            List.of("matches.csv", "breaks.csv", REJECTS, "report.html", SUMMARY);
    private static final String TEMPORARY = ".tieout-";

    private final Path dir;
    private final List<Path> created;
    private boolean written;

    private OutcomeFolder(Path dir, List<Path> created) {
        this.dir = dir;
        this.created = created;
    }

    /// Makes sure, before the work starts, that the outcome will be able to be written.
    ///
    /// @param force whether an outcome that is there may be overwritten
    /// @throws FailureException when the folder cannot be created or written to, or holds an
    /// outcome that may not be overwritten
    public static OutcomeFolder prepare(Path dir, boolean force) {
        if (Files.exists(dir) && !Files.isDirectory(dir)) {
            throw unwritable(dir, "is no folder", "name another with --out", null);
        }
        for (String name : NAMES) {
            if (!force && Files.exists(dir.resolve(name))) {
                throw unwritable(
                        dir,
                        "holds an outcome (" + name + ")",
                        "name another folder, or overwrite it with --force",
                        null);
            }
        }
        List<Path> created = new ArrayList<>();
        try {
            for (Path path = dir.toAbsolutePath();
                    path != null && !Files.exists(path);
                    path = path.getParent()) {
                created.addFirst(path);
            }
            for (Path path : created) {
                Files.createDirectory(path);
            }
            Path probe = dir.resolve(TEMPORARY + "probe");
            Files.deleteIfExists(probe);
            Files.createFile(probe);
            Files.delete(probe);
            return new OutcomeFolder(dir, created);
        } catch (IOException e) {
            removeEmpty(created);
            throw unwritable(dir, "cannot be written to", "check its permissions and its disk", e);
        }
    }

    /// Writes everything, or nothing.
    ///
    /// @throws FailureException when a file cannot be written, as when the disk is full
    public void write(RunRecord run) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            files.put(name, dir.resolve(TEMPORARY + name));
        }
        boolean rejects = !run.left().rejects().isEmpty() || !run.right().rejects().isEmpty();
        try {
            removeTemporary();
            OutcomeTables tables = new OutcomeTables(run);
            tables.writeMatches(file(files, "matches.csv"));
            tables.writeBreaks(file(files, "breaks.csv"));
            if (rejects) {
                tables.writeRejects(file(files, REJECTS));
            }
            try (OutputStream report = create(file(files, "report.html"))) {
                ReportPage.write(run, report);
            }
            try (OutputStream summary = create(file(files, SUMMARY))) {
                summary.write(Summary.json(run).getBytes(StandardCharsets.UTF_8));
            }
            force(file(files, "report.html"));
            force(file(files, SUMMARY));
            publish(files, rejects);
            written = true;
        } catch (IOException e) {
            throw unwritable(
                    dir, "cannot be written to" + because(e), "free some space or name another", e);
        } finally {
            abandon();
        }
    }

    private static Path file(Map<String, Path> files, String name) {
        Path path = files.get(name);
        if (path == null) {
            throw new IllegalArgumentException("there is no file " + name);
        }
        return path;
    }

    private static OutputStream create(Path path) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), 1 << 16);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// The old summary goes first and the new one comes last, so that no moment shows a summary
    /// beside files of another run.
    private void publish(Map<String, Path> files, boolean rejects) throws IOException {
        Files.deleteIfExists(dir.resolve(SUMMARY));
        if (!rejects) {
            Files.deleteIfExists(dir.resolve(REJECTS));
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (rejects || !file.getKey().equals(REJECTS)) {
                Files.move(
                        file.getValue(),
                        dir.resolve(file.getKey()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String because(IOException e) {
        String reason =
                e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? "" : " (" + reason + ")";
    }

    /// Takes away what is unfinished, and the folder if it was made for this outcome and stays
    /// empty. Harmless when everything was written, and when called again.
    public void abandon() {
        removeTemporary();
        if (!written) {
            removeEmpty(created);
        }
    }

    private void removeTemporary() {
        for (String name : NAMES) {
            try {
                Files.deleteIfExists(dir.resolve(TEMPORARY + name));
            } catch (IOException e) {
                // A disk that cannot delete has been reported by the write that failed.
            }
        }
    }

    private static void removeEmpty(List<Path> created) {
        List<Path> inner = new ArrayList<>(created);
        Collections.reverse(inner);
        for (Path path : inner) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static FailureException unwritable(
            Path dir,
            String problem,
            String remedy,
            @org.jspecify.annotations.Nullable Throwable cause) {
        Failure failure = new Failure.UnwritableOutcome(Place.of(dir.toString()), problem, remedy);
        return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
    }
}
