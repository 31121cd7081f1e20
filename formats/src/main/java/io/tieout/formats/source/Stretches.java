package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a text into stretches of whole records. A stretch without quotes ends at its last line end;
/// one with quotes is walked through, for a line end in quotes ends no record. Several workers take
/// from it in turn.
final class Stretches {
    /// Large enough that cutting costs nothing beside parsing, small enough for a core's cache.
    static final int USUAL_BYTES = 1 << 20;

    private final String source;
    private final InputStream text;
    private final byte lineEnd;
    private final @Nullable Dialect dialect;
    private final int stretchBytes;
    private final int maxRecordBytes;
    private byte[] rest;
    private int next;
    private boolean ended;

    /// @param head bytes of the text that were taken from it already
    /// @param dialect null: every line end ends a record
    Stretches(
            String source,
            byte[] head,
            InputStream text,
            @Nullable Dialect dialect,
            int stretchBytes,
            int maxRecordBytes) {
        this.source = source;
        this.rest = head;
        this.text = text;
        this.dialect = dialect;
        this.lineEnd = dialect == null ? (byte) '\n' : dialect.lineEnd();
        this.stretchBytes = stretchBytes;
        this.maxRecordBytes = maxRecordBytes;
    }

    /// The next stretch, or null at the end.
    ///
    /// @param reuse an array of an earlier stretch that is done with, or null
    synchronized @Nullable Stretch next(byte @Nullable [] reuse) {
        if (ended) {
            return null;
        }
        int capacity = Math.max(stretchBytes, rest.length * 2);
        byte[] bytes = reuse != null && reuse.length >= capacity ? reuse : new byte[capacity];
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        int length = rest.length;
        while (true) {
            length += fill(bytes, length);
            boolean last = length < bytes.length;
            Walk walk = new Walk(bytes, length);
            boolean quoted = false;
            if (dialect != null && ByteSearch.indexOf(bytes, Dialect.QUOTE, 0, length) >= 0) {
                quoted = true;
                walk.mindingQuotes(dialect.delimiter());
            } else {
                walk.backwards();
            }
            // A buffer may be large for an earlier record: the limit is on what this quote began.
            boolean tooLong = length >= maxRecordBytes && walk.lastEnd == 0;
            boolean openAtEnd = walk.openQuote >= 0 && (last || tooLong);
            int end = last || openAtEnd ? length : walk.lastEnd;
            if (end > 0 || last) {
                rest = Arrays.copyOfRange(bytes, end, length);
                ended = last || openAtEnd;
                int openQuote = openAtEnd ? walk.openQuote : -1;
                return end == 0 ? null : new Stretch(next++, bytes, end, quoted, openQuote);
            }
            if (length >= maxRecordBytes) {
                throw tooLong();
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxRecordBytes, bytes.length * 2L));
        }
    }

    /// Hands out nothing more.
    synchronized void end() {
        ended = true;
    }

    private int fill(byte[] bytes, int offset) {
        int at = offset;
        try {
            while (at < bytes.length) {
                int count = text.read(bytes, at, bytes.length - at);
                if (count < 0) {
                    break;
                }
                at += count;
            }
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(source), "cannot be read", "check the file and its disk"),
                    e);
        }
        return at - offset;
    }

    private FailureException tooLong() {
        return new FailureException(
                new Failure.LimitExceeded(
                        Place.of(source),
                        "a record has more than " + maxRecordBytes + " bytes",
                        "check that this is a text of records, one a line"));
    }

    /// Finds where the last whole record ends. Kept to plain steps: it is the one part of reading
    /// that workers wait for.
    private final class Walk {
        private final byte[] bytes;
        private final int length;
        private int lastEnd;
        private int openQuote = -1;

        Walk(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        void backwards() {
            int i = length;
            while (i > 0 && bytes[i - 1] != lineEnd) {
                i--;
            }
            lastEnd = i;
        }

        void mindingQuotes(byte delimiter) {
            boolean fieldStart = true;
            for (int i = 0; i < length; i++) {
                byte b = bytes[i];
                if (b == Dialect.QUOTE && fieldStart) {
                    openQuote = i;
                    i = closing(i + 1);
                    if (i == length) {
                        return;
                    }
                    openQuote = -1;
                    fieldStart = false;
                } else {
                    fieldStart = b == delimiter || b == lineEnd;
                    if (b == lineEnd) {
                        lastEnd = i + 1;
                    }
                }
            }
        }

        /// The place of the quote that closes, or `length`.
        private int closing(int from) {
            int at = ByteSearch.indexOf(bytes, Dialect.QUOTE, from, length);
            while (at >= 0 && at + 1 < length && bytes[at + 1] == Dialect.QUOTE) {
                at = ByteSearch.indexOf(bytes, Dialect.QUOTE, at + 2, length);
            }
            return at < 0 ? length : at;
        }
    }
}
