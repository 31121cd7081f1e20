package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/// A source that was opened, and what its first bytes say of it.
///
/// @param stream the content after the sample, decompressed
/// @param sample the first bytes of the content
/// @param charset what these are in, should they be text
/// @param option how the user says which encoding a text is in
record SourceContent(
        SourceStream stream, byte[] sample, Charset charset, SourceFormat format, String option)
        implements AutoCloseable {
    private static final int SAMPLE_BYTES = 1 << 18;

    /// @param encoding what is said of it, if anything
    /// @param option how the user says it
    /// @throws FailureException when the source is missing, empty, or of an unknown kind
    static SourceContent open(
            SourceInput input, Optional<String> encoding, String option, ReadOptions options) {
        SourceStream stream = SourceStream.open(input, options);
        try {
            byte[] sample = new byte[SAMPLE_BYTES];
            sample = Arrays.copyOf(sample, stream.fill(sample, 0));
            Charset charset = TextEncoding.of(sample, encoding);
            SourceFormat format = SourceKind.of(input.name(), sample, charset, option);
            return new SourceContent(stream, sample, charset, format, option);
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
    }

    /// The same failure; at the source where it was found nowhere in particular.
    static FailureException located(FailureException e, SourceInput input) {
        return e.failure().place().equals(Place.UNKNOWN)
                ? new FailureException(e.failure().at(Place.of(input.name())), e)
                : e;
    }

    String name() {
        return stream.name();
    }

    /// The dialect of a CSV text, its columns, and its records, cut into stretches.
    ///
    /// @throws FailureException when it has too many columns
    CsvText csv(Optional<Character> delimiter, HeaderFinder headers, ReadOptions.Limits limits) {
        InputStream text = TextEncoding.utf8(stream, sample, charset, option);
        byte[] head = head(text);
        DialectFinder.Found found = new DialectFinder(head, delimiter, headers).find();
        if (found.names().size() > limits.maxColumns()) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.of(name(), 1),
                            "has "
                                    + found.names().size()
                                    + " columns, more than "
                                    + limits.maxColumns(),
                            "keep the columns that are needed"));
        }
        return new CsvText(
                found,
                new Stretches(
                        name(),
                        Arrays.copyOfRange(head, found.dataStart(), head.length),
                        text,
                        found.dialect(),
                        Stretches.USUAL_BYTES,
                        limits.maxRecordBytes()));
    }

    /// A CSV text, of which no record was read yet.
    record CsvText(DialectFinder.Found found, Stretches records) {
        /// Where its columns are named.
        Place header(String source) {
            return Place.of(source, Math.max(1, found.firstLine() - 1));
        }
    }

    /// The lines of a JSON Lines text, cut into stretches.
    Stretches lines(ReadOptions.Limits limits) {
        return new Stretches(
                name(),
                new byte[0],
                TextEncoding.utf8(stream, sample, charset, option),
                null,
                Stretches.USUAL_BYTES,
                limits.maxRecordBytes());
    }

    private byte[] head(InputStream text) {
        byte[] head = new byte[SAMPLE_BYTES];
        int length = 0;
        try {
            while (length < head.length) {
                int count = text.read(head, length, head.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(name()), "cannot be read", "check the file and its disk"),
                    e);
        }
        return Arrays.copyOf(head, length);
    }

    @Override
    public void close() {
        stream.close();
    }
}
