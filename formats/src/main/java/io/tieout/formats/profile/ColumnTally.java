package io.tieout.formats.profile;

import io.tieout.engine.table.Hash;
import io.tieout.formats.source.CellKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What was seen of one column so far.
final class ColumnTally {
    private static final int SAMPLES = 5;

    private final DistinctCount distinct;
    private final DecimalGuess decimals = new DecimalGuess();
    private final DateGuess dates = new DateGuess();
    private final List<String> samples = new ArrayList<>();
    private byte[] least = new byte[0];
    private byte[] greatest = new byte[0];
    private long values;
    private long nested;
    private int longest;

    /// @param index of the column, from 0
    ColumnTally(int index) {
        distinct = new DistinctCount(index);
    }

    /// Takes a value that is not blank.
    void add(byte[] bytes, int from, int to, byte kind) {
        if (kind == CellKind.OBJECT) {
            values++;
            nested++;
            return;
        }
        // Mixed once more: an estimate needs every bit to be as good as random.
        long hash = Hash.of(Hash.of(bytes, from, to));
        if (distinct.add(hash) && samples.size() < SAMPLES) {
            samples.add(shown(bytes, from, to));
        }
        keepEnds(bytes, from, to);
        if (to - from > longest) {
            longest = Math.max(longest, characters(bytes, from, to));
        }
        values++;
        if (kind == CellKind.ARRAY) {
            nested++;
            decimals.refuse();
            dates.refuse();
        } else {
            decimals.add(bytes, from, to, kind);
            dates.add(bytes, from, to, kind);
        }
    }

    private void keepEnds(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + ColumnProfile.MAX_TEXT_BYTES);
        if (least.length == 0
                || Arrays.compareUnsigned(bytes, from, end, least, 0, least.length) < 0) {
            least = Arrays.copyOfRange(bytes, from, end);
        }
        if (Arrays.compareUnsigned(bytes, from, end, greatest, 0, greatest.length) > 0) {
            greatest = Arrays.copyOfRange(bytes, from, end);
        }
    }

    private static int characters(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /// The text, cut off where it is long, before a character that would not be whole.
    private static String shown(byte[] bytes, int from, int to) {
        int end = to;
        if (to - from > ColumnProfile.MAX_TEXT_BYTES) {
            end = from + ColumnProfile.MAX_TEXT_BYTES;
            while (end > from && (bytes[end] & 0xC0) == 0x80) {
                end--;
            }
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /// @param rows of the source in all
    ColumnProfile profile(String name, long rows) {
        ColumnType type = type();
        Optional<String> min = Optional.empty();
        Optional<String> max = Optional.empty();
        switch (type) {
            case ColumnType.Empty _, ColumnType.Nested _ -> {}
            case ColumnType.Text _ -> {
                min = Optional.of(end(least));
                max = Optional.of(end(greatest));
            }
            case ColumnType.Decimal _ -> {
                min = Optional.of(decimals.min());
                max = Optional.of(decimals.max());
            }
            case ColumnType.Date _, ColumnType.DateTime _ -> {
                min = Optional.of(dates.min());
                max = Optional.of(dates.max());
            }
        }
        return new ColumnProfile(
                name,
                type,
                rows,
                rows - values,
                Math.min(values, distinct.count()),
                distinct.isExact(),
                min,
                max,
                samples,
                longest);
    }

    private static String end(byte[] text) {
        int length = text.length;
        // A character that was cut off is not shown.
        int start = length;
        while (start > 0 && (text[start - 1] & 0xC0) == 0x80) {
            start--;
        }
        if (start > 0 && length == ColumnProfile.MAX_TEXT_BYTES) {
            int first = text[start - 1] & 0xFF;
            int whole = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            length = start - 1 + whole > length ? start - 1 : length;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private ColumnType type() {
        if (values == 0) {
            return new ColumnType.Empty();
        }
        if (nested == values) {
            return new ColumnType.Nested();
        }
        if (nested > 0) {
            return new ColumnType.Text();
        }
        return dates.type().or(decimals::type).orElseGet(ColumnType.Text::new);
    }
}
