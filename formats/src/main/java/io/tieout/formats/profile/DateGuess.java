package io.tieout.formats.profile;

import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.DatePattern;
import io.tieout.formats.source.MomentParser;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds out by which patterns all values of a column are dates or moments. A column has few shapes
/// of dates, `99/99/9999` or `9 aaa 9999`, so what can be read by which pattern is kept by shape.
final class DateGuess {
    private static final int MAX_SHAPES = 8;
    private static final int MAX_BYTES = 40;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private final List<DateShape> shapes = new ArrayList<>();

    /// Ends of what the format itself marks as dates.
    private final Range marked = new Range();

    /// Ends of moments in ISO 8601.
    private final Range moments = new Range();

    private boolean refused;

    /// The values are no dates.
    void refuse() {
        refused = true;
        shapes.clear();
    }

    void add(byte[] bytes, int from, int to, byte kind) {
        if (refused) {
            return;
        }
        if (kind != CellKind.TEXT && kind != CellKind.DATE) {
            refuse();
        } else if (kind == CellKind.DATE && to - from == 10) {
            marked.take(DatePattern.of(DateShape.ISO).parse(bytes, from, to));
        } else if (!take(bytes, from, to)) {
            refuse();
        }
    }

    private boolean take(byte[] bytes, int from, int to) {
        if (to - from < 6 || to - from > MAX_BYTES) {
            return false;
        }
        if (isIsoMoment(bytes, from, to)) {
            long micros = MomentParser.iso(bytes, from, to);
            moments.take(micros);
            return micros != DatePattern.NONE;
        }
        long hash = DateShape.hash(bytes, from, to);
        for (DateShape shape : shapes) {
            if (shape.hash() == hash) {
                return shape.take(bytes, from, to);
            }
        }
        if (shapes.size() == MAX_SHAPES) {
            return false;
        }
        DateShape shape = new DateShape(hash, bytes, from, to);
        shapes.add(shape);
        return shape.take(bytes, from, to);
    }

    private static boolean isIsoMoment(byte[] bytes, int from, int to) {
        return to - from > 10
                && bytes[from + 4] == '-'
                && bytes[from + 7] == '-'
                && (bytes[from + 10] == 'T' || bytes[from + 10] == ' ');
    }

    /// The type, where all values are dates or moments.
    Optional<ColumnType> type() {
        if (refused || (shapes.isEmpty() && marked.isEmpty() && moments.isEmpty())) {
            return Optional.empty();
        }
        List<String> chosen = new ArrayList<>();
        List<String> alternatives = new ArrayList<>();
        for (String time : DateShape.TIMES) {
            choose(time, chosen, alternatives);
        }
        boolean timed = shapes.stream().anyMatch(shape -> !shape.time().isEmpty());
        boolean iso = chosen.stream().allMatch(DateShape.ISO::equals);
        if (!moments.isEmpty() && !iso) {
            // No plan reads both at once.
            return Optional.empty();
        }
        List<String> patterns = iso ? List.of() : chosen;
        return Optional.of(
                timed || !moments.isEmpty()
                        ? new ColumnType.DateTime(patterns, alternatives)
                        : new ColumnType.Date(patterns, alternatives));
    }

    /// Chooses patterns until each shape with this time is read: always the one that reads most of
    /// those left, of equally good ones the first.
    private void choose(String time, List<String> chosen, List<String> alternatives) {
        List<DateShape> left =
                new ArrayList<>(shapes.stream().filter(s -> s.time().equals(time)).toList());
        while (!left.isEmpty()) {
            int best = 0;
            long most = -1;
            for (int pattern = 0; pattern < DateShape.PATTERNS.size(); pattern++) {
                int p = pattern;
                long reads = left.stream().filter(shape -> shape.reads(p)).count();
                if (reads > most) {
                    most = reads;
                    best = pattern;
                }
            }
            int pattern = best;
            List<DateShape> read = left.stream().filter(shape -> shape.reads(pattern)).toList();
            chosen.add(DateShape.PATTERNS.get(pattern) + time);
            OptionalInt swapped = DateShape.swapped(pattern);
            if (swapped.isPresent()
                    && read.stream().allMatch(shape -> shape.reads(swapped.getAsInt()))
                    && read.stream().anyMatch(shape -> shape.differs())) {
                alternatives.add(DateShape.PATTERNS.get(swapped.getAsInt()) + time);
            }
            read.forEach(shape -> shape.choose(pattern));
            left.removeAll(read);
        }
    }

    /// The first day or moment in ISO 8601; only where there is a type.
    String min() {
        return ends().min();
    }

    /// The last day or moment in ISO 8601; only where there is a type.
    String max() {
        return ends().max();
    }

    private record Ends(String min, String max) {}

    private Ends ends() {
        boolean timed =
                !moments.isEmpty() || shapes.stream().anyMatch(shape -> !shape.time().isEmpty());
        long unit = timed ? 86_400L * MICROS_PER_SECOND : 1;
        Range all = new Range();
        all.take(marked, unit);
        all.take(moments, 1);
        for (DateShape shape : shapes) {
            all.take(shape.range(), shape.time().isEmpty() ? unit : 1);
        }
        return new Ends(text(all.least, timed), text(all.greatest, timed));
    }

    private static String text(long value, boolean timed) {
        return timed
                ? Instant.ofEpochSecond(
                                Math.floorDiv(value, MICROS_PER_SECOND),
                                Math.floorMod(value, MICROS_PER_SECOND) * 1000L)
                        .toString()
                : LocalDate.ofEpochDay(value).toString();
    }

    /// The least and the greatest of some days or microseconds.
    static final class Range {
        private long least = Long.MAX_VALUE;
        private long greatest = Long.MIN_VALUE;

        boolean isEmpty() {
            return least > greatest;
        }

        void take(long value) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }

        void take(Range other, long unit) {
            if (!other.isEmpty()) {
                take(other.least * unit);
                take(other.greatest * unit);
            }
        }
    }
}
