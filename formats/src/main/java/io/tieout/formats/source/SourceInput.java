package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the bytes of a source come from. Opened once.
///
/// @param name as the user named it; used in messages and summaries
/// @param opener gives the bytes
/// @param size how many bytes there are, 0 when that is not known before the end
public record SourceInput(String name, Opener opener, long size) {
    /// Gives the bytes of a source; the caller closes them.
    @FunctionalInterface
    public interface Opener {
        /// Gives the bytes, from the first on.
        ///
        /// @throws IOException when they cannot be had
        InputStream open() throws IOException;
    }

    /// A file.
    ///
    /// @throws FailureException when it is missing, a directory, or may not be read
    public static SourceInput file(Path path) {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw unreadable(name, "is a directory", "name a file in it");
        }
        if (!Files.exists(path)) {
            throw unreadable(name, "there is no such file", "check the path");
        }
        if (!Files.isReadable(path)) {
            throw unreadable(name, "may not be read", "change the permissions of the file");
        }
        try {
            return new SourceInput(name, () -> Files.newInputStream(path), Files.size(path));
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(name), "cannot be read", "check the file and its disk"),
                    e);
        }
    }

    /// Bytes that can be read once, such as standard input.
    public static SourceInput stream(String name, InputStream bytes) {
        return new SourceInput(name, () -> bytes, 0);
    }

    static FailureException unreadable(String name, String problem, String remedy) {
        return new FailureException(new Failure.UnreadableSource(Place.of(name), problem, remedy));
    }
}
