package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Parses CSV in two steps, as simdjson does for JSON: the places of all delimiters, line ends and
/// quotes are found eight bytes at a time; then only these places are visited. Fields that nobody
/// needs cost no more than that.
///
/// The dialect is RFC 4180's, read with lenience where it is harmless: a quote inside an unquoted
/// field is part of its text, blank lines are skipped, `\r\n` and `\n` may be mixed.
final class CsvParser<P extends Parsed> implements StretchParser<P> {
    private static final String AFTER_QUOTE =
            "has text after a closing quote; a quote inside a quoted field is written twice";

    private final IntFunction<? extends RowTaker<P>> takers;
    private final Dialect dialect;
    private final int[] slotOf;

    /// The columns that have slots.
    private final int[] used;

    private final Spans spans;
    private final ByteSearch search = new ByteSearch();

    private @Nullable RowTaker<P> rows;
    private byte[] bytes = new byte[0];
    private int line;
    private int recordLine;
    private int fieldStart;
    private int column;
    private int valueFrom;
    private int valueTo;
    private int closedAt;
    private boolean textAfterQuote;

    /// @param takers gives what takes the rows of the next stretch, by about how many there will be
    /// @param slotOf the slot of each column of the source
    /// @param slots how many slots there are
    CsvParser(IntFunction<? extends RowTaker<P>> takers, Dialect dialect, int[] slotOf, int slots) {
        this.takers = takers;
        this.dialect = dialect;
        this.slotOf = slotOf;
        spans = new Spans(slots);
        used = IntStream.range(0, slotOf.length).filter(c -> slotOf[c] >= 0).toArray();
    }

    @Override
    public P parse(Stretch stretch) {
        rows = null;
        spans.clear();
        bytes = stretch.bytes();
        byte lineEnd = dialect.lineEnd();
        search.find(
                bytes,
                stretch.length(),
                dialect.delimiter(),
                lineEnd,
                stretch.quoted() ? Dialect.QUOTE : lineEnd);
        spans.cells.bytes = bytes;
        spans.cells.mayBeUnicode = search.beyondAscii();
        line = 1;
        startRecord(0);
        int[] places = search.places();
        int count = search.count();
        for (int k = stretch.quoted() ? 0 : regular(places, count, 0); k < count; k++) {
            int place = places[k];
            byte b = bytes[place];
            if (b == dialect.delimiter()) {
                endField(place);
                startField(place + 1);
            } else if (b == lineEnd) {
                line++;
                endRecord(place);
                startRecord(place + 1);
                if (!stretch.quoted()) {
                    k = regular(places, count, k + 1) - 1;
                }
            } else if (place == fieldStart) {
                k = closeQuote(places, k, count);
            }
        }
        // A record with an open quote is none: the source is refused for it.
        if (stretch.openQuote() < 0 && (fieldStart < stretch.length() || column > 0)) {
            endRecord(stretch.length());
        }
        return rows().build(line - 1);
    }

    /// Takes records that are as wide as they should be and have no quotes, from one that starts at
    /// place `k` to the last before one that is not so.
    ///
    /// @return the place at which that one starts
    private int regular(int[] places, int count, int k) {
        int width = slotOf.length;
        if (width == 1) {
            return k;
        }
        int first = k;
        while (first + width <= count && isRegular(places, first)) {
            int row = spans.rows();
            for (int u = 0; u < used.length; u++) {
                int c = used[u];
                int from = c == 0 ? fieldStart : places[first + c - 1] + 1;
                int to = places[first + c];
                if (c == width - 1
                        && to > from
                        && bytes[to - 1] == '\r'
                        && dialect.lineEnd() == '\n') {
                    to--;
                }
                spans.from[slotOf[c]][row] = from;
                spans.to[slotOf[c]][row] = to;
            }
            spans.add(line++);
            first += width;
            fieldStart = places[first - 1] + 1;
        }
        startRecord(fieldStart);
        return first;
    }

    private boolean isRegular(int[] places, int first) {
        int last = first + slotOf.length - 1;
        for (int k = first; k < last; k++) {
            if (bytes[places[k]] != dialect.delimiter()) {
                return false;
            }
        }
        return bytes[places[last]] == dialect.lineEnd();
    }

    /// The rows so far, with all of the spans handed over.
    private RowTaker<P> rows() {
        if (rows == null) {
            rows = takers.apply(spans.rows());
        }
        if (spans.rows() > 0) {
            rows.addAll(spans);
            spans.clear();
        }
        return rows;
    }

    private void startRecord(int at) {
        recordLine = line;
        column = 0;
        textAfterQuote = false;
        startField(at);
    }

    private void startField(int at) {
        fieldStart = at;
        valueFrom = at;
        closedAt = -1;
    }

    private void endField(int end) {
        if (closedAt >= 0) {
            textAfterQuote |= end != closedAt + 1;
        } else {
            valueTo = end;
        }
        if (column < slotOf.length) {
            int slot = slotOf[column];
            if (slot >= 0) {
                spans.from[slot][spans.rows()] = valueFrom;
                spans.to[slot][spans.rows()] = valueTo;
            }
        }
        column++;
    }

    private void endRecord(int place) {
        boolean carriage =
                dialect.lineEnd() == '\n' && place > fieldStart && bytes[place - 1] == '\r';
        endField(carriage ? place - 1 : place);
        if (textAfterQuote) {
            rows().reject(recordLine, AFTER_QUOTE);
        } else if (column == slotOf.length) {
            if (column > 1 || valueTo > valueFrom || closedAt >= 0) {
                spans.add(recordLine);
            }
        } else if (column > 1 || closedAt >= 0 || !isBlank(valueFrom, valueTo)) {
            rows().reject(recordLine, widths());
        }
    }

    private String widths() {
        return "has "
                + column
                + (column == 1 ? " field" : " fields")
                + ", not "
                + slotOf.length
                + (dialect.header() ? " as the header" : " as the first");
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /// Goes to the quote that closes the field that starts at place `k`, and takes doubled quotes
    /// out of its text.
    ///
    /// @return the index of the closing quote among the places
    private int closeQuote(int[] places, int k, int count) {
        valueFrom = places[k] + 1;
        int lastDoubled = -1;
        int at = k + 1;
        while (at < count) {
            byte b = bytes[places[at]];
            if (b == dialect.lineEnd()) {
                line++;
            } else if (b == Dialect.QUOTE) {
                if (at + 1 == count
                        || places[at + 1] != places[at] + 1
                        || bytes[places[at + 1]] != Dialect.QUOTE) {
                    break;
                }
                lastDoubled = ++at;
            }
            at++;
        }
        closedAt = at < count ? places[at] : bytes.length;
        valueTo = at < count ? places[at] : valueFrom;
        if (lastDoubled >= 0 && at < count) {
            halveQuotes();
        }
        return Math.min(at, count);
    }

    private void halveQuotes() {
        int write = valueFrom;
        for (int read = valueFrom; read < valueTo; read++) {
            byte b = bytes[read];
            bytes[write++] = b;
            read += b == Dialect.QUOTE ? 1 : 0;
        }
        valueTo = write;
    }

    /// The failure to read a quote that is never closed.
    static @Nullable Unclosed unclosed(Stretch stretch, byte lineEnd) {
        if (stretch.openQuote() < 0) {
            return null;
        }
        long line = 1;
        long column = 1;
        for (int i = 0; i < stretch.openQuote(); i++) {
            boolean end = stretch.bytes()[i] == lineEnd;
            line += end ? 1 : 0;
            column = end ? 1 : column + 1;
        }
        return new Unclosed(line, column);
    }

    /// Where a quote is opened that nothing closes; the line counts from 1 within the stretch.
    record Unclosed(long line, long column) {
        /// The failure to read the source.
        ///
        /// @param linesBefore lines of the source before the stretch
        FailureException failure(String source, long linesBefore) {
            return new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(source, linesBefore + line, column),
                            "a quote is opened here and never closed",
                            "close it, or double it where it belongs to the text"));
        }
    }
}
