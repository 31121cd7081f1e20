package io.tieout.formats.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds how a CSV text is written: what is said of it first, then which reading of the first
/// records finds known columns, then which is most regular.
final class DialectFinder {
    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int RECORDS_SEEN = 100;
    private static final long KNOWN_WEIGHT = 1_000_000;

    private final byte[] sample;
    private final Optional<Character> stated;
    private final HeaderFinder headers;

    /// @param sample the first bytes of the text, in UTF-8
    /// @param stated the delimiter, where it need not be found
    DialectFinder(byte[] sample, Optional<Character> stated, HeaderFinder headers) {
        this.sample = sample;
        this.stated = stated;
        this.headers = headers;
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
        Optional<Character> named = stated;
        if (named.isEmpty() && startsWithSeparatorLine()) {
            named = Optional.of((char) sample[4]);
            start = 5;
            while (start < sample.length && (sample[start] == '\r' || sample[start] == '\n')) {
                start++;
            }
        }
        byte delimiter = named.isPresent() ? (byte) named.get().charValue() : best(start, lineEnd);
        First first = first(start, delimiter, lineEnd);
        Header header = headers.find(first.records());
        int dataStart = first.starts().get(header.data());
        return new Found(
                new Dialect(delimiter, lineEnd, header.isThere()),
                header.names(),
                dataStart,
                1 + lines(dataStart));
    }

    /// The first records that are not blank, with where each starts and where the last ends.
    private record First(List<List<String>> records, List<Integer> starts) {}

    private First first(int start, byte delimiter, byte lineEnd) {
        CsvRecords reader = new CsvRecords(sample, start, delimiter, lineEnd);
        List<List<String>> records = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        int from = start;
        while (reader.hasNext() && records.size() < HeaderFinder.RECORDS_SEARCHED) {
            from = reader.position();
            List<String> record = reader.next();
            if (!isBlank(record)) {
                records.add(record);
                starts.add(from);
            }
            from = reader.position();
        }
        if (records.isEmpty()) {
            records.add(List.of(""));
            starts.add(start);
        }
        starts.add(from);
        return new First(records, starts);
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

    /// Known columns found in the header count most, then records as wide as it whose quotes are
    /// where they belong.
    private long score(int start, byte delimiter, byte lineEnd) {
        First first = first(start, delimiter, lineEnd);
        Header header = headers.find(first.records());
        int top = first.starts().get(header.top());
        CsvRecords records = new CsvRecords(sample, top, delimiter, lineEnd);
        int width = header.names().size();
        int alike = 0;
        int seen = -1;
        boolean loose = false;
        while (records.hasNext() && seen < RECORDS_SEEN) {
            List<String> record = records.next();
            loose |= seen < 0 && records.isLoose();
            if (records.hasNext() && !isBlank(record)) {
                boolean fits = record.size() == width && !records.isLoose();
                alike += seen >= 0 && fits ? 1 : 0;
                seen++;
            }
        }
        long regular = loose ? 0 : seen <= 0 ? 100 : 100L * alike / seen;
        // Any text is regular where the delimiter does not occur, so that counts for little.
        long shape = width == 1 ? regular / 2 : regular * 100 + Math.min(width, 99);
        return headers.known(first.records().get(header.top())) * KNOWN_WEIGHT + shape;
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
