package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the character encoding of a text and turns it into UTF-8, the one that tables hold.
final class TextEncoding {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private TextEncoding() {}

    /// The encoding of a text: what a byte order mark says, then what the plan says, then what the
    /// first bytes are valid as.
    ///
    /// @param sample the first bytes of the content
    /// @param named what the plan says, if anything
    static Charset of(byte[] sample, Optional<String> named) {
        Charset marked = marked(sample);
        return marked != null
                ? marked
                : named.map(TextEncoding::charset).orElseGet(() -> find(sample));
    }

    /// The start of a text in UTF-8 without a byte order mark; what is no character is replaced.
    static byte[] start(byte[] sample, Charset charset) {
        int mark = markLength(sample);
        return isUtf8(charset)
                ? Arrays.copyOfRange(sample, mark, sample.length)
                : new String(sample, mark, sample.length - mark, charset)
                        .getBytes(StandardCharsets.UTF_8);
    }

    /// The whole text in UTF-8 without a byte order mark.
    ///
    /// @param content the bytes after the sample
    /// @param sample the first bytes of the content, already taken from it
    /// @param option how the user says which encoding a text is in
    static InputStream utf8(SourceStream content, byte[] sample, Charset charset, String option) {
        int mark = markLength(sample);
        InputStream start = new ByteArrayInputStream(sample, mark, sample.length - mark);
        InputStream whole = new SequenceInputStream(start, content);
        return isUtf8(charset) ? whole : new Transcoded(content.name(), whole, charset, option);
    }

    private static boolean isUtf8(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    }

    private static @Nullable Charset marked(byte[] sample) {
        if (SourceStream.startsWith(sample, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (SourceStream.startsWith(sample, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return SourceStream.startsWith(sample, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    /// @throws FailureException when there is no such encoding
    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new FailureException(
                    new Failure.InvalidPlan(
                            Place.UNKNOWN,
                            "there is no encoding `" + name + "`",
                            "name one such as utf-8, windows-1252, iso-8859-15 or utf-16"),
                    e);
        }
    }

    private static int markLength(byte[] sample) {
        Charset marked = marked(sample);
        return marked == null ? 0 : marked.equals(StandardCharsets.UTF_8) ? 3 : 2;
    }

    /// UTF-8, unless no character beyond ASCII is valid as such and all are as Windows-1252.
    private static Charset find(byte[] sample) {
        int valid = 0;
        int invalid = 0;
        boolean windows = true;
        for (int at = 0; at < sample.length; ) {
            if (sample[at] >= 0) {
                at++;
                continue;
            }
            int length = Utf8.length(sample, at, sample.length);
            if (length < 0) {
                break;
            }
            valid += length > 0 ? 1 : 0;
            invalid += length == 0 ? 1 : 0;
            windows &= length > 0 || isWindows1252(sample[at] & 0xFF);
            at += Math.max(1, length);
        }
        return invalid > 0 && valid == 0 && windows ? WINDOWS_1252 : StandardCharsets.UTF_8;
    }

    private static boolean isWindows1252(int b) {
        return b != 0x81 && b != 0x8D && b != 0x8F && b != 0x90 && b != 0x9D;
    }

    /// Reads one encoding and gives UTF-8.
    private static final class Transcoded extends InputStream {
        private static final int CHARS = 1 << 14;

        private final String source;
        private final String option;
        private final InputStream in;
        private final CharsetDecoder decoder;
        private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        private final ByteBuffer encoded = ByteBuffer.allocate(CHARS).limit(0);
        private final CharBuffer chars = CharBuffer.allocate(CHARS);
        private final ByteBuffer utf8 = ByteBuffer.allocate(CHARS * 4).limit(0);
        private boolean ended;
        private long line = 1;
        private long column = 1;

        Transcoded(String source, InputStream in, Charset charset, String option) {
            this.source = source;
            this.option = option;
            this.in = in;
            decoder =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (!utf8.hasRemaining()) {
                if (ended) {
                    return -1;
                }
                transcode();
            }
            int count = Math.min(length, utf8.remaining());
            utf8.get(target, offset, count);
            return count;
        }

        private void transcode() throws IOException {
            encoded.compact();
            int count =
                    in.read(
                            encoded.array(),
                            encoded.position(),
                            encoded.capacity() - encoded.position());
            ended = count < 0;
            encoded.position(encoded.position() + Math.max(0, count)).flip();
            int before = chars.position();
            CoderResult result = decoder.decode(encoded, chars, ended);
            count(before);
            if (result.isError()) {
                throw new FailureException(
                        new Failure.UnreadableSource(
                                Place.of(source, line, column),
                                "holds bytes that are no text in " + decoder.charset().name(),
                                "name the file's encoding with " + option));
            }
            chars.flip();
            utf8.clear();
            encoder.encode(chars, utf8, ended);
            utf8.flip();
            chars.compact();
        }

        private void count(int from) {
            for (int i = from; i < chars.position(); i++) {
                boolean end = chars.array()[i] == '\n';
                line += end ? 1 : 0;
                column = end ? 1 : column + 1;
            }
        }
    }
}
