package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.source.SourceInput;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The digest of a source's bytes, as `summary.json` keeps it.
final class FileDigest {
    private static final int BUFFER_BYTES = 1 << 18;

    private FileDigest() {}

    /// The digest of everything that an input gives.
    ///
    /// @return 64 hexadecimal digits
    static String sha256(SourceInput input) {
        try (InputStream in = input.opener().open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(input.name()),
                            "cannot be read",
                            "check the file and its disk"),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
