package io.tieout.formats.outcome;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Gives the files of an outcome their names, all of them or none. The old files go aside, the
/// summary first; the new ones take their places, the summary last; then the old ones are deleted.
/// So a summary never stands beside files of another run, and what a failure or the end of the
/// process leaves can be told and undone:
///
/// | `summary.json` | old files aside | then |
/// |---|---|---|
/// | there | some | everything has its name; the old ones are to be deleted |
/// | gone | some | it did not come to its end; they are to be put back |
final class Publication {
    /// Begins the names of files that are being written.
    private static final String NEW = ".tieout-";

    /// Begins the names of files that were there before.
    private static final String OLD = ".tieout-old-";

    private final Path dir;
    private final List<String> names;

    /// @param names what an outcome may hold, in the order in which they are published: one that
    /// every outcome has first, the one that says that it is whole last
    Publication(Path dir, List<String> names) {
        this.dir = dir;
        this.names = List.copyOf(names);
    }

    /// Where a file is written until it is published.
    Path unfinished(String name) {
        return dir.resolve(NEW + name);
    }

    private Path old(String name) {
        return dir.resolve(OLD + name);
    }

    /// Publishes what has been written; of a name that has not, nothing will be there.
    ///
    /// @throws IOException when it cannot; what was there before is there again
    void publish() throws IOException {
        List<String> aside = new ArrayList<>();
        List<String> placed = new ArrayList<>();
        try {
            for (String name : names.reversed()) {
                moveIfThere(dir.resolve(name), old(name));
                aside.addFirst(name);
            }
            for (String name : names) {
                moveIfThere(unfinished(name), dir.resolve(name));
                placed.add(name);
            }
        } catch (IOException e) {
            for (String name : placed) {
                Files.deleteIfExists(dir.resolve(name));
            }
            putBack(aside);
            throw e;
        }
        forceFolder();
        deleteOld();
    }

    /// Undoes or completes what an earlier run was in the midst of when it ended.
    void recover() throws IOException {
        if (isThere(dir.resolve(names.getLast()))) {
            deleteOld();
        } else if (names.stream().anyMatch(name -> isThere(old(name)))) {
            // New files come only after all old ones went, the first name first.
            if (!isThere(unfinished(names.getFirst()))) {
                for (String name : names) {
                    Files.deleteIfExists(dir.resolve(name));
                }
            }
            putBack(names);
        }
        deleteUnfinished();
    }

    /// Takes away what was not published.
    void deleteUnfinished() throws IOException {
        for (String name : names) {
            Files.deleteIfExists(unfinished(name));
        }
    }

    private void deleteOld() throws IOException {
        for (String name : names) {
            Files.deleteIfExists(old(name));
        }
    }

    private void putBack(List<String> aside) throws IOException {
        for (String name : aside) {
            moveIfThere(old(name), dir.resolve(name));
        }
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (isThere(from)) {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Asks the disk to keep the names too, where the system can be asked that of a folder.
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Windows opens no folders; it keeps names by itself.
        }
    }
}
