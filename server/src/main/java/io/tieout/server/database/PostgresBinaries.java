package io.tieout.server.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL that are part of this program's class path, unpacked once into a
/// folder of the user's own. Never into a shared temporary folder: there somebody else could put
/// programs in our place.
final class PostgresBinaries {
    private static final Object ONE_AT_A_TIME = new Object();

    private PostgresBinaries() {}

    /// The folder with `bin` and `lib`, unpacked below `cache` if it is not there yet. Several
    /// processes may ask for the same one at the same time.
    static Path unpackInto(Path cache) {
        String resource = "/postgres-" + system() + "-" + architecture() + ".txz";
        try {
            Path folder = cache.resolve("postgresql-" + fingerprint(resource));
            if (Files.isDirectory(folder)) {
                return folder;
            }
            Files.createDirectories(cache);
            synchronized (ONE_AT_A_TIME) {
                try (FileChannel channel = openLock(cache);
                        FileLock _ = channel.lock()) {
                    if (!Files.isDirectory(folder)) {
                        unpack(resource, folder);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new DatabaseFailure(
                    "the programs of PostgreSQL cannot be unpacked into "
                            + cache
                            + " ("
                            + reason(e)
                            + ")",
                    "make room there, or let this user write to it",
                    e);
        }
    }

    private static FileChannel openLock(Path cache) throws IOException {
        return FileChannel.open(
                cache.resolve("unpacking.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private static String fingerprint(String resource) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(open(resource), sum)) {
            long size = in.transferTo(java.io.OutputStream.nullOutputStream());
            return "%08x%x".formatted(sum.getValue(), size);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = PostgresBinaries.class.getResourceAsStream(resource);
        if (in == null) {
            throw new DatabaseFailure(
                    "there is no embedded PostgreSQL for " + system() + " " + architecture(),
                    "set DATABASE_URL to a PostgreSQL server");
        }
        return in;
    }

    // A folder of the final name is complete: it gets that name last, and all at once.
    private static void unpack(String resource, Path folder) throws IOException {
        Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
        deleteTree(partial);
        Files.createDirectories(partial);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZInputStream(new BufferedInputStream(open(resource), 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpackEntry(tar, entry, partial);
            }
        }
        Files.move(partial, folder);
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path target = entry.resolveIn(folder);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(parent(target));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0 && supportsModes(target)) {
            Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(target));
            mode.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(target, mode);
        }
    }

    static boolean supportsModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no parent");
        }
        return parent;
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// What went wrong with a file, without the stack and without repeating the path.
    static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "not allowed";
        }
        if (e instanceof java.nio.file.FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : name;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }
}
