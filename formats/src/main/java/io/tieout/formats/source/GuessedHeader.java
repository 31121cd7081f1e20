package io.tieout.formats.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the header where nobody says which columns there are: the first record that is as wide as
/// the records after it and does not hold values. A row of data is never passed over for it: where
/// it is not clear that what stands above is none, there is no header.
final class GuessedHeader implements HeaderFinder {
    private static final int LONGEST_NAME = 100;

    /// Digits with what stands between them in numbers, dates and times; or a run of digits as
    /// identifiers have them; or an address.
    private static final Pattern VALUE =
            Pattern.compile("[-+(]?[$£€¥]?[.,]?[0-9][-0-9.,:/' )%€]*|.*([0-9]{4}|@|://).*");

    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "null", "n/a");

    private final Optional<Boolean> stated;
    private final boolean ragged;

    /// @param stated whether there is a header, where that need not be found
    /// @param ragged whether records end with their last value, as in a sheet
    GuessedHeader(Optional<Boolean> stated, boolean ragged) {
        this.stated = stated;
        this.ragged = ragged;
    }

    @Override
    public long known(List<String> names) {
        return 0;
    }

    @Override
    public Header find(List<List<String>> records) {
        int width = width(records);
        if (stated.equals(Optional.of(false))) {
            return Header.none(0, width);
        }
        Sample sample = new Sample(records, width, ragged);
        int top = sample.firstOfWidth();
        int full = top;
        while (full < records.size() && sample.isSparse(full)) {
            full++;
        }
        boolean below = full > top && full < records.size() && isNames(records.get(full));
        if (below
                && (stated.isPresent()
                        || sample.namesAboveValues(full) > 0
                        || sample.isFullAfter(full))) {
            return at(full, records);
        }
        boolean header = stated.orElseGet(() -> isHeader(sample, top));
        return header ? at(top, records) : Header.none(0, width);
    }

    private static boolean isHeader(Sample sample, int row) {
        int values = sample.values(row);
        int evidence = sample.namesAboveValues(row);
        return values == 0 ? evidence > 0 || !sample.isSparse(row) : evidence > values;
    }

    private Header at(int index, List<List<String>> records) {
        Header header = Header.at(index, records);
        return ragged
                ? new Header(header.data(), true, header.names().subList(0, filled(header.names())))
                : header;
    }

    /// The width of the data: of the widths that records have one after another the one that covers
    /// most cells, since what stands above and below the data is narrow.
    private int width(List<List<String>> records) {
        Map<Integer, Integer> counts = new HashMap<>();
        Set<Integer> repeated = new HashSet<>();
        int before = 0;
        for (List<String> record : records) {
            int width = ragged ? Math.max(1, filled(record)) : record.size();
            counts.merge(width, 1, Integer::sum);
            if (width == before) {
                repeated.add(width);
            }
            before = width;
        }
        int best = 1;
        long most = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            int width = entry.getKey();
            boolean runs = repeated.isEmpty() || repeated.contains(width);
            long cells = runs ? (long) width * entry.getValue() : 0;
            if (cells > most || (cells == most && width > best)) {
                most = cells;
                best = width;
            }
        }
        return best;
    }

    /// How many fields there are up to the last that is not empty.
    private static int filled(List<String> record) {
        int count = record.size();
        while (count > 0 && record.get(count - 1).isEmpty()) {
            count--;
        }
        return count;
    }

    /// Whether a record is a name beside a name, none empty and none twice.
    private static boolean isNames(List<String> record) {
        List<String> names = record.subList(0, filled(record));
        return !names.isEmpty()
                && new HashSet<>(names).size() == names.size()
                && names.stream().noneMatch(name -> name.isEmpty() || isValue(name));
    }

    /// Whether a text is more likely a value than a name.
    static boolean isValue(String text) {
        return text.length() > LONGEST_NAME
                || WORDS.contains(text.toLowerCase(Locale.ROOT))
                || VALUE.matcher(text).matches();
    }

    /// The first records, and the width of the data.
    private record Sample(List<List<String>> records, int width, boolean ragged) {
        /// The first record that is as wide as the data.
        int firstOfWidth() {
            int row = 0;
            while (!isOfWidth(row)) {
                row++;
            }
            return row;
        }

        private boolean isOfWidth(int row) {
            return ragged || records.get(row).size() == width;
        }

        private String cell(int row, int column) {
            List<String> record = records.get(row);
            return column < record.size() ? record.get(column) : "";
        }

        /// Whether no more than half of the record is filled, as in the lines above a header.
        boolean isSparse(int row) {
            long filled = records.get(row).stream().filter(text -> !text.isEmpty()).count();
            return width > 1 && (!isOfWidth(row) || filled * 2 <= width);
        }

        /// Whether there are records after one, each of which fills more than half of its columns.
        boolean isFullAfter(int row) {
            for (int r = row + 1; r < records.size(); r++) {
                if (isSparse(r)) {
                    return false;
                }
            }
            return row + 1 < records.size();
        }

        /// How many of the record's texts are values.
        int values(int row) {
            return (int) records.get(row).stream().filter(GuessedHeader::isValue).count();
        }

        /// In how many columns the record has what may be a name, and those after it values.
        int namesAboveValues(int row) {
            int count = 0;
            for (int column = 0; column < width; column++) {
                String text = cell(row, column);
                count += !text.isEmpty() && !isValue(text) && hasValues(column, row + 1) ? 1 : 0;
            }
            return count;
        }

        private boolean hasValues(int column, int from) {
            int values = 0;
            int others = 0;
            for (int row = from; row < records.size(); row++) {
                String text = isOfWidth(row) ? cell(row, column) : "";
                boolean value = isValue(text);
                values += value ? 1 : 0;
                others += value || text.isEmpty() ? 0 : 1;
            }
            // Below the data may stand a line of totals, or a slip among them.
            return values > 0 && others * 10 <= values;
        }
    }
}
