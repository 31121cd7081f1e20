package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.run.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes of a source as they come: counted, digested, reported, and cancelled here.
final class RawStream extends InputStream {
    private static final int BUFFER_BYTES = 1 << 18;

    private final String name;
    private final InputStream in;
    private final Progress progress;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private long bytes;
    private boolean ended;

    RawStream(String name, InputStream in, Progress progress) {
        this.name = name;
        this.in = in;
        this.progress = progress;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Up to `count` of the next bytes, left in place; fewer only at the end.
    byte[] peek(int count) throws IOException {
        if (end - at < count) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
            while (end < count && fill(end) > 0) {
                // Pipes give a little at a time.
            }
        }
        return Arrays.copyOfRange(buffer, at, Math.min(end, at + count));
    }

    private int fill(int offset) throws IOException {
        int count = take(buffer, offset, buffer.length - offset);
        end = Math.max(end, offset + count);
        return count;
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        if (progress.isCancelled()) {
            throw new FailureException(
                    new Failure.Cancelled(
                            Place.of(name), "reading was cancelled", "start again when you like"));
        }
        // Whoever reads to the end may close the source there; it is not asked again.
        int count = ended ? -1 : in.read(target, offset, length);
        ended = count < 0;
        if (count > 0) {
            digest.update(target, offset, count);
            bytes += count;
            progress.advance(count);
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        if (at == end && !refill()) {
            return -1;
        }
        return buffer[at++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == end && length >= BUFFER_BYTES) {
            // Straight to where it goes, and no more than the digest still finds in the cache.
            return take(target, offset, BUFFER_BYTES);
        }
        if (at == end && !refill()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(buffer, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean refill() throws IOException {
        at = 0;
        end = 0;
        return fill(0) > 0;
    }

    /// At least 1 unless the end is reached: readers of several compressed members ask, and a pipe
    /// that has nothing yet is not at its end.
    @Override
    public int available() throws IOException {
        return at < end || refill() ? end - at : 0;
    }

    /// Reads what the format left over, so that digest and count cover the whole source.
    void drain() throws IOException {
        do {
            at = end;
        } while (refill());
    }

    /// Bytes so far.
    long bytes() {
        return bytes;
    }

    /// 64 hexadecimal digits over all bytes; ends the digest.
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
