package io.tieout.formats.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Splits the first records of a CSV text into strings, one at a time, for what is decided before
/// the fast reader starts: the delimiter and the header.
final class CsvRecords {
    private enum State {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        CLOSED
    }

    private final byte[] bytes;
    private final byte delimiter;
    private final byte lineEnd;
    private int at;
    private boolean loose;

    CsvRecords(byte[] bytes, int from, byte delimiter, byte lineEnd) {
        this.bytes = bytes;
        this.at = from;
        this.delimiter = delimiter;
        this.lineEnd = lineEnd;
    }

    /// Where the next record starts.
    int position() {
        return at;
    }

    /// Whether there is another record, which may be cut off.
    boolean hasNext() {
        return at < bytes.length;
    }

    /// Whether the last record has quotes where none belong, or text after one that closes: a sign
    /// that it is not parted by this delimiter.
    boolean isLoose() {
        return loose;
    }

    /// The next record, each field without its quotes and outer blanks.
    List<String> next() {
        List<String> fields = new ArrayList<>();
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        State state = State.FIELD_START;
        boolean ended = false;
        loose = false;
        while (!ended && at < bytes.length) {
            byte b = bytes[at++];
            if (state != State.QUOTED && (b == delimiter || b == lineEnd)) {
                fields.add(field.toString(StandardCharsets.UTF_8).strip());
                field.reset();
                state = State.FIELD_START;
                ended = b == lineEnd;
            } else if (state == State.FIELD_START) {
                state = b == Dialect.QUOTE ? State.QUOTED : State.UNQUOTED;
                if (b != Dialect.QUOTE) {
                    field.write(b);
                }
            } else if (b == Dialect.QUOTE && state != State.UNQUOTED) {
                if (state == State.CLOSED) {
                    field.write(b);
                }
                state = state == State.QUOTED ? State.CLOSED : State.QUOTED;
            } else {
                loose |= state == State.CLOSED ? b != '\r' && b != ' ' : b == Dialect.QUOTE;
                field.write(b);
            }
        }
        if (!ended) {
            fields.add(field.toString(StandardCharsets.UTF_8).strip());
        }
        return fields;
    }
}
