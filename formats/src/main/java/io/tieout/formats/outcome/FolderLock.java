package io.tieout.formats.outcome;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps a folder for one run at a time. The system gives the lock back when a process ends,
/// however it ends; the file that is locked is deleted with it, or by the next run.
final class FolderLock implements Closeable {
    static final String NAME = ".tieout-lock";

    private final Path path;
    private final FileChannel channel;
    private boolean closed;

    private FolderLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Locks a folder.
    ///
    /// @return empty when another run holds it
    static Optional<FolderLock> take(Path dir) throws IOException {
        Path path = dir.resolve(NAME);
        while (true) {
            try {
                Files.createFile(path);
            } catch (FileAlreadyExistsException e) {
                // Left by a run that was killed, or held by one that is not over.
            }
            try {
                @Nullable Object before = identity(path);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
                if (!isLocked(channel)) {
                    channel.close();
                    return Optional.empty();
                }
                // Between opening and locking, the holder may have deleted the file and another run
                // may have made a new one: then the lock is one on nothing.
                if (Files.exists(path) && Objects.equals(before, identity(path))) {
                    return Optional.of(new FolderLock(path, channel));
                }
                channel.close();
            } catch (NoSuchFileException e) {
                // The holder has just finished.
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /// Gives the folder back. Harmless when called again.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Files.deleteIfExists(path);
        } finally {
            channel.close();
        }
    }
}
