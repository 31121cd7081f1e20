package io.tieout.server.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// A file of signing keys, one a line: id, time it was made, secret in base64. Only its owner may
/// read it. It is replaced as a whole, under a lock that servers on one machine share.
final class KeyFile {
    private static final String HEAD = "# Tieout signs access tokens with these. Keep them secret.";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    // A lock on a file is of the whole JVM, and asking twice for it is an error.
    private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

    private final Path path;

    KeyFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    /// Reads the keys, lets them be changed, and writes them where they were. Gives what it holds
    /// afterwards.
    List<SigningKey> change(UnaryOperator<List<SigningKey>> change) throws IOException {
        Path folder = path.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        IN_THIS_JVM.lock();
        try (FileChannel lock = openForOwner(path.resolveSibling(path.getFileName() + ".lock"));
                FileLock _ = lock.lock()) {
            List<SigningKey> kept = read();
            List<SigningKey> changed = change.apply(kept);
            if (!ids(kept).equals(ids(changed))) {
                write(changed);
            }
            return changed;
        } finally {
            IN_THIS_JVM.unlock();
        }
    }

    private static List<String> ids(List<SigningKey> keys) {
        return keys.stream().map(SigningKey::id).toList();
    }

    private List<SigningKey> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        checkOwnerOnly();
        List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        List<SigningKey> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                keys.add(parse(lines.get(i), i + 1));
            }
        }
        return keys;
    }

    private void checkOwnerOnly() throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        others.removeAll(OWNER_ONLY);
        if (!others.isEmpty()) {
            throw new AccessFailure(
                    "%s may be read or used by others than its owner (mode %s)"
                            .formatted(
                                    path,
                                    PosixFilePermissions.toString(
                                            Files.getPosixFilePermissions(path))),
                    "delete it, which signs everybody out, or `chmod 600` it if nobody read it");
        }
    }

    private SigningKey parse(String line, int number) {
        String[] parts = line.strip().split(" ", -1);
        try {
            if (parts.length == 3 && parts[0].matches("[0-9a-f]{8,64}")) {
                return new SigningKey(
                        parts[0], Instant.parse(parts[1]), Base64.getDecoder().decode(parts[2]));
            }
        } catch (DateTimeException | IllegalArgumentException _) {
            // Told below, without what is in the line.
        }
        throw new AccessFailure(
                path + ", line " + number + ", is no key: id, time and secret in base64",
                "restore the file, or delete it, which signs everybody out");
    }

    private void write(List<SigningKey> keys) throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (SigningKey key : keys) {
            text.append(key.id())
                    .append(' ')
                    .append(key.createdAt())
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(key.secret()))
                    .append('\n');
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel out = openForOwner(fresh)) {
            out.write(StandardCharsets.UTF_8.encode(text.toString()));
            out.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileChannel openForOwner(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
}
