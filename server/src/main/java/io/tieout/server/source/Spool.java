package io.tieout.server.source;

import io.tieout.server.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Uploads on disk, between their last byte and their records: a slow sender holds no connection to
/// the database, and what was acknowledged outlives a server that dies.
final class Spool {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long SPARE_BYTES = 256L << 20;
    private static final Pattern NAME = Pattern.compile("([0-9a-f-]{36})\\.upload");

    private final Path folder;
    private final long maxBytes;
    private final Set<UUID> beingTaken = ConcurrentHashMap.newKeySet();

    /// @param folder made if missing, for its owner only
    /// @param maxBytes how large an upload may be
    Spool(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of uploads cannot be made", e);
        }
    }

    /// An upload that is on the disk.
    record Spooled(UUID id, long bytes, byte[] digest) {}

    /// Takes an upload to its end and forces it to the disk.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is too large, empty, or the disk
    /// is full; nothing is left then
    Spooled take(UUID id, InputStream body) {
        Path file = file(id);
        boolean kept = false;
        beingTaken.add(id);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            MessageDigest digest = sha256();
            long bytes =
                    copy(body, new DigestOutputStream(Channels.newOutputStream(channel), digest));
            channel.force(true);
            forceFolder();
            kept = true;
            return new Spooled(id, bytes, digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("the upload cannot be written to the disk", e);
        } finally {
            if (!kept) {
                drop(id);
            }
        }
    }

    private long copy(InputStream body, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            total += n;
            if (total > maxBytes) {
                throw Problem.tooLarge(
                                "the upload has more than the "
                                        + maxBytes
                                        + " bytes allowed; split it, or raise TIEOUT_UPLOAD_MAX_BYTES")
                        .exception();
            }
            if (total % (64L << 20) < n) {
                requireSpace();
            }
            out.write(buffer, 0, n);
        }
        if (total == 0) {
            throw Problem.invalid("", "is empty; send the bytes of a file as the body").exception();
        }
        return total;
    }

    private void requireSpace() throws IOException {
        FileStore store = Files.getFileStore(folder);
        if (store.getUsableSpace() < SPARE_BYTES) {
            throw Problem.of(
                            "disk-full",
                            "The server's disk is full",
                            507,
                            "tell your administrator to make room")
                    .exception();
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /// Where an upload is; empty where it is not here.
    Optional<Path> find(UUID id) {
        return Optional.of(file(id)).filter(Files::isRegularFile);
    }

    /// Whether an upload is on its way in, and may not be acknowledged yet.
    boolean isBeingTaken(UUID id) {
        return beingTaken.contains(id);
    }

    /// The upload is acknowledged, so that it will be asked for.
    void acknowledged(UUID id) {
        beingTaken.remove(id);
    }

    /// Forgets an upload.
    void drop(UUID id) {
        beingTaken.remove(id);
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException("an upload cannot be removed", e);
        }
    }

    /// The uploads that are here.
    List<UUID> ids() {
        List<UUID> ids = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    ids.add(UUID.fromString(name.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of uploads cannot be read", e);
        }
        return ids;
    }

    private Path file(UUID id) {
        return folder.resolve(id + ".upload");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
