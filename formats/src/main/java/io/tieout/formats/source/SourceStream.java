package io.tieout.formats.source;

import com.github.luben.zstd.ZstdInputStream;
import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The content of a source: decompressed where its first bytes say that it is compressed, and never
/// more than the limit, whatever a small file unfolds to.
final class SourceStream extends InputStream {
    /// Content up to here may come of anything.
    private static final long TRUSTED_BYTES = 64 << 20;

    /// How many times its own size a file may unfold to. Ledgers come to some 20, columns of one
    /// value to 100; what unfolds further was made to exhaust whoever reads it.
    private static final int MAX_EXPANSION = 250;

    private static final int MAGIC_BYTES = 8;

    private final String name;
    private final RawStream raw;
    private final long maxBytes;
    private final String compression;
    private final InputStream content;
    private long bytes;

    private SourceStream(
            String name, RawStream raw, long maxBytes, String compression, InputStream content) {
        this.name = name;
        this.raw = raw;
        this.maxBytes = maxBytes;
        this.compression = compression;
        this.content = content;
    }

    /// @throws FailureException when the source is empty or cannot be opened
    static SourceStream open(SourceInput input, ReadOptions options) {
        RawStream raw = null;
        try {
            raw = new RawStream(input.name(), input.opener().open(), options.progress());
            byte[] magic = raw.peek(MAGIC_BYTES);
            if (magic.length == 0) {
                throw SourceInput.unreadable(
                        input.name(), "is empty", "give a file with a header and records");
            }
            boolean gzip = startsWith(magic, 0x1F, 0x8B);
            boolean zstd = startsWith(magic, 0x28, 0xB5, 0x2F, 0xFD);
            InputStream content =
                    gzip
                            ? new GZIPInputStream(raw, 1 << 16)
                            : zstd ? new ZstdInputStream(raw) : raw;
            return new SourceStream(
                    input.name(),
                    raw,
                    options.limits().maxBytes(),
                    gzip ? "gzip" : zstd ? "zstd" : "none",
                    content);
        } catch (IOException e) {
            close(raw);
            throw failed(input.name(), raw == null ? "none" : "gzip", e);
        } catch (FailureException e) {
            close(raw);
            throw e;
        }
    }

    static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /// The source's name.
    String name() {
        return name;
    }

    /// `none`, `gzip` or `zstd`.
    String compression() {
        return compression;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// @throws FailureException when the source cannot be read, is damaged, or passes the limit
    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            int count = content.read(target, offset, length);
            bytes += Math.max(0, count);
            if (isTooDense(bytes, raw.bytes())) {
                throw new FailureException(tooDense(name));
            }
            if (bytes > maxBytes) {
                throw new FailureException(
                        new Failure.LimitExceeded(
                                Place.of(name),
                                "holds more than " + maxBytes + " bytes of content",
                                "split the source"));
            }
            return count;
        } catch (IOException e) {
            throw failed(name, compression, e);
        }
    }

    /// Unfolds the beginning of a compressed source and forgets it.
    static void requireNoBomb(SourceInput input) {
        // Nobody hears of it: these bytes come again.
        try (SourceStream stream = open(input, ReadOptions.DEFAULT)) {
            if (stream.compression().equals("none")) {
                return;
            }
            byte[] buffer = new byte[1 << 16];
            int count = 0;
            while (count >= 0 && stream.bytes <= TRUSTED_BYTES) {
                count = stream.read(buffer, 0, buffer.length);
            }
        }
    }

    /// Whether so much content came of so few bytes that it must have been made to.
    static boolean isTooDense(long content, long bytes) {
        return content > TRUSTED_BYTES && content / MAX_EXPANSION > bytes;
    }

    static Failure tooDense(String name) {
        return new Failure.LimitExceeded(
                Place.of(name),
                "unfolds to more than " + MAX_EXPANSION + " times its size",
                "unpack it, and check what it holds");
    }

    /// Fills as much of `target[offset..)` as there is content.
    ///
    /// @return how many bytes were read; fewer than there is room for only at the end
    int fill(byte[] target, int offset) {
        int at = offset;
        while (at < target.length) {
            int count = read(target, at, target.length - at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return at - offset;
    }

    /// What is known of the source, once its content was read.
    SourceInfo info(SourceFormat format, int rows) {
        try {
            raw.drain();
        } catch (IOException e) {
            throw failed(name, compression, e);
        }
        return new SourceInfo(name, format, compression, raw.sha256(), raw.bytes(), rows);
    }

    private static FailureException failed(String name, String compression, IOException cause) {
        String problem =
                compression.equals("none")
                        ? "cannot be read"
                        : "is damaged or cut off inside its " + compression + " compression";
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(name), problem, "check the file and how it was copied"),
                cause);
    }

    private static void close(@Nullable RawStream raw) {
        try {
            if (raw != null) {
                raw.close();
            }
        } catch (IOException e) {
            // The first failure is the one to report.
        }
    }

    @Override
    public void close() {
        close(raw);
    }
}
