package io.tieout.formats.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds how a CSV text is written: what the plan says first, then which reading of the first
/// records finds the plan's columns, then which is most regular.
final class DialectFinder {
    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int RECORDS_SEEN = 100;
    private static final long KNOWN_WEIGHT = 1_000_000;

    private final byte[] sample;
    private final Layout layout;

    /// @param sample the first bytes of the text, in UTF-8
    DialectFinder(byte[] sample, Layout layout) {
        this.sample = sample;
        this.layout = layout;
    }

    /// What was found.
    ///
    /// @param names the columns' names, from the header or by position
    /// @param dataStart where the first record of data starts in the sample
    /// @param firstLine the line on which it starts, from 1
    record Found(Dialect dialect, List<String> names, int dataStart, long firstLine) {}

    Found find() {
        byte lineEnd = lineEnd();
        int start = 0;
        Optional<Character> named = layout.plan().source(layout.side()).delimiter();
        if (named.isEmpty() && startsWithSeparatorLine()) {
            named = Optional.of((char) sample[4]);
            start = 5;
            while (start < sample.length && (sample[start] == '\r' || sample[start] == '\n')) {
                start++;
            }
        }
        byte delimiter = named.isPresent() ? (byte) named.get().charValue() : best(start, lineEnd);
        CsvRecords records = new CsvRecords(sample, start, delimiter, lineEnd);
        List<String> first = records.hasNext() ? records.next() : List.of();
        while (isBlank(first) && records.hasNext()) {
            start = records.position();
            first = records.next();
        }
        boolean header = hasHeader(first);
        int dataStart = header ? records.position() : start;
        List<String> names = header ? first : positions(first.size());
        return new Found(
                new Dialect(delimiter, lineEnd, header), names, dataStart, 1 + lines(dataStart));
    }

    private static boolean isBlank(List<String> record) {
        return record.size() == 1 && record.getFirst().isEmpty();
    }

    /// Spreadsheets write `sep=;` as a first line of its own.
    private boolean startsWithSeparatorLine() {
        return SourceStream.startsWith(sample, 's', 'e', 'p', '=')
                && sample.length > 6
                && (sample[5] == '\r' || sample[5] == '\n');
    }

    private byte lineEnd() {
        boolean carriageReturn = false;
        for (byte b : sample) {
            if (b == '\n') {
                return '\n';
            }
            carriageReturn |= b == '\r';
        }
        return carriageReturn ? (byte) '\r' : (byte) '\n';
    }

    private byte best(int start, byte lineEnd) {
        byte best = DELIMITERS[0];
        long highest = -1;
        for (byte delimiter : DELIMITERS) {
            long score = score(start, delimiter, lineEnd);
            if (score > highest) {
                highest = score;
                best = delimiter;
            }
        }
        return best;
    }

    /// The plan's columns found in the first record count most, then records as wide as the first.
    private long score(int start, byte delimiter, byte lineEnd) {
        CsvRecords records = new CsvRecords(sample, start, delimiter, lineEnd);
        if (!records.hasNext()) {
            return 0;
        }
        List<String> first = records.next();
        long known = layout.known(first);
        int width = first.size();
        if (width == 1) {
            return known * KNOWN_WEIGHT;
        }
        int alike = 0;
        int seen = 0;
        while (records.hasNext() && seen < RECORDS_SEEN) {
            int columns = records.next().size();
            if (records.hasNext()) {
                seen++;
                alike += columns == width ? 1 : 0;
            }
        }
        long regular = seen == 0 ? 100 : 100L * alike / seen;
        return known * KNOWN_WEIGHT + regular * 100 + Math.min(width, 99);
    }

    private boolean hasHeader(List<String> first) {
        return layout.plan()
                .source(layout.side())
                .header()
                .orElseGet(() -> !layout.isByPosition() || layout.known(first) == layout.slots());
    }

    private static List<String> positions(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    private long lines(int end) {
        byte lineEnd = lineEnd();
        long lines = 0;
        for (int i = 0; i < end; i++) {
            lines += sample[i] == lineEnd ? 1 : 0;
        }
        return lines;
    }
}
