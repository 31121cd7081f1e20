package io.tieout.server.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Holds a `TIEOUT_HOME` for one process. The operating system lets go of it however the process
/// ends.
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws DatabaseFailure if another process holds it, or the folder cannot be written to
    static HomeLock acquire(Path home) {
        try {
            Files.createDirectories(home);
            FileChannel channel =
                    FileChannel.open(
                            home.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String holder = read(channel);
                channel.close();
                throw new DatabaseFailure(
                        home + " is in use by process " + holder,
                        "stop that process, or set TIEOUT_HOME to another folder");
            }
            write(channel, Long.toString(ProcessHandle.current().pid()));
            return new HomeLock(channel);
        } catch (IOException e) {
            throw new DatabaseFailure(
                    home + " cannot be written to (" + PostgresBinaries.reason(e) + ")",
                    "let this user write to it, or set TIEOUT_HOME to another folder",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            // Far behind the text, so that the holder's name stays readable where locks are
            // mandatory.
            return channel.tryLock(1L << 30, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is let go of when the process ends.
        }
    }
}
