package io.tieout.formats.source;

import io.tieout.engine.clean.Cleaner;
import io.tieout.engine.clean.CleaningStep;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.TextColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the cells of one field into a column, a row at a time. For one thread.
sealed interface FieldReader
        permits DecimalReader, FieldReader.Text, FieldReader.Days, FieldReader.Moments {
    /// Said of a value whose bytes are no text.
    String NOT_UTF_8 =
            "is not valid UTF-8; if the file is in another encoding, name it with `encoding` in the"
                    + " plan";

    /// Adds the row's value, absent when its cells are blank.
    ///
    /// @return null, or what is wrong with the value, which then was not added
    @Nullable String append(Cells cells);

    /// Adds the values of many rows, up to the first that is wrong.
    ///
    /// @return how many were added; as many as there are rows when none is wrong
    int appendAll(Spans rows);

    /// The slot to blame for the last refusal.
    int slot();

    /// Takes back the last values.
    void removeLast(int count);

    /// The column; the reader must not be used afterwards.
    Column build();

    /// The reader of a field.
    static FieldReader of(Field field, Layout layout, int expectedRows) {
        return switch (field.type()) {
            case FieldType.Text _ -> new Text(slot(field, layout), field.clean(), expectedRows);
            case FieldType.Amount _, FieldType.Quantity _ ->
                    new DecimalReader(field, layout, expectedRows);
            case FieldType.Date date ->
                    new Days(slot(field, layout), date.patterns(layout.side()), expectedRows);
            case FieldType.DateTime moment ->
                    new Moments(slot(field, layout), moment.patterns(layout.side()), expectedRows);
        };
    }

    private static int slot(Field field, Layout layout) {
        return switch (field.columns(layout.side())) {
            case Field.Columns.One one -> layout.slot(one.column());
            case Field.Columns.DebitCredit _ ->
                    throw new IllegalArgumentException(
                            "field " + field.name() + ": only decimals have debit and credit");
        };
    }

    /// Text, cleaned.
    final class Text implements FieldReader {
        private static final String NO_KEY = "is empty, but names the record";

        private final int slot;
        private final boolean required;
        private final boolean unchanged;
        private final Cleaner cleaner;
        private final TextColumn.Builder column;

        Text(int slot, List<CleaningStep> steps, int expectedRows) {
            this(slot, steps, expectedRows, false);
        }

        private Text(int slot, List<CleaningStep> steps, int expectedRows, boolean required) {
            this.slot = slot;
            this.required = required;
            unchanged = steps.isEmpty();
            cleaner = new Cleaner(steps);
            column = new TextColumn.Builder(expectedRows, 0);
        }

        /// The reader of the texts that name records.
        static Text key(int slot, int expectedRows) {
            return new Text(slot, List.of(), expectedRows, true);
        }

        @Override
        public int appendAll(Spans rows) {
            Cells cells = rows.cells;
            column.reserve(rows.bytes(slot));
            boolean asIs = unchanged && !cells.mayBeUnicode;
            for (int row = 0; row < rows.rows(); row++) {
                rows.show(row, slot);
                boolean right =
                        asIs
                                ? appendAscii(cells.bytes, cells.from[slot], cells.to[slot])
                                : append(cells) == null;
                if (!right) {
                    return row;
                }
            }
            return rows.rows();
        }

        private boolean appendAscii(byte[] bytes, int from, int to) {
            int first = from;
            int last = to;
            while (first < last && isSpace(bytes[first])) {
                first++;
            }
            while (last > first && isSpace(bytes[last - 1])) {
                last--;
            }
            if (required && first == last) {
                return false;
            }
            column.append(bytes, first, last);
            return true;
        }

        /// As the cleaner sees it, which takes them off too.
        private static boolean isSpace(byte b) {
            return b <= ' ' && (b == ' ' || (b >= '\t' && b <= '\r'));
        }

        @Override
        public @Nullable String append(Cells cells) {
            if (!cells.isReadable(slot)) {
                return NOT_UTF_8;
            }
            int length = cleaner.clean(cells.bytes, cells.from[slot], cells.to[slot]);
            if (required && length == 0) {
                return NO_KEY;
            }
            column.append(cleaner.bytes(), 0, length);
            return null;
        }

        @Override
        public int slot() {
            return slot;
        }

        @Override
        public void removeLast(int count) {
            column.removeLast(count);
        }

        @Override
        public TextColumn build() {
            return column.build();
        }
    }

    /// Calendar days.
    final class Days implements FieldReader {
        private final int slot;
        private final DatePattern[] patterns;
        private final String wrong;
        private final DateColumn.Builder column;

        Days(int slot, List<String> patterns, int expectedRows) {
            this.slot = slot;
            this.patterns = patterns.stream().map(DatePattern::of).toArray(DatePattern[]::new);
            wrong =
                    "is not a date written as "
                            + (patterns.isEmpty() ? "yyyy-MM-dd" : String.join(" or ", patterns));
            column = new DateColumn.Builder(expectedRows);
        }

        @Override
        public int appendAll(Spans rows) {
            for (int row = 0; row < rows.rows(); row++) {
                rows.show(row, slot);
                if (append(rows.cells) != null) {
                    return row;
                }
            }
            return rows.rows();
        }

        @Override
        public @Nullable String append(Cells cells) {
            int from = cells.firstVisible(slot);
            int to = cells.lastVisible(slot);
            if (from >= to) {
                column.append(DateColumn.ABSENT);
                return null;
            }
            long day = parse(cells.bytes, from, to, cells.kinds[slot]);
            if (day == Calendar.NONE) {
                return wrong;
            }
            column.append((int) day);
            return null;
        }

        private long parse(byte[] bytes, int from, int to, byte kind) {
            if (kind == CellKind.DATE || (kind == CellKind.TEXT && patterns.length == 0)) {
                return isoDay(bytes, from, to);
            }
            for (DatePattern pattern : patterns) {
                long day = pattern.parse(bytes, from, to);
                if (day != Calendar.NONE) {
                    return day;
                }
            }
            return kind == CellKind.SERIAL
                    ? new DatePattern.Serial().parse(bytes, from, to)
                    : Calendar.NONE;
        }

        /// A day, or the day of a date-time as it is written.
        private static long isoDay(byte[] bytes, int from, int to) {
            if (to - from < 10) {
                return Calendar.NONE;
            }
            if (to - from > 10 && MomentParser.iso(bytes, from, to) == Calendar.NONE) {
                return Calendar.NONE;
            }
            return Calendar.isoDay(bytes, from);
        }

        @Override
        public int slot() {
            return slot;
        }

        @Override
        public void removeLast(int count) {
            column.removeLast(count);
        }

        @Override
        public DateColumn build() {
            return column.build();
        }
    }

    /// Moments in time.
    final class Moments implements FieldReader {
        private final int slot;
        private final MomentParser written;
        private final String wrong;
        private final DateTimeColumn.Builder column;

        Moments(int slot, List<String> patterns, int expectedRows) {
            this.slot = slot;
            written = new MomentParser(patterns);
            wrong =
                    "is not a date-time written as "
                            + (patterns.isEmpty()
                                    ? "yyyy-MM-ddTHH:mm:ss, with or without an offset"
                                    : String.join(" or ", patterns));
            column = new DateTimeColumn.Builder(expectedRows);
        }

        @Override
        public int appendAll(Spans rows) {
            for (int row = 0; row < rows.rows(); row++) {
                rows.show(row, slot);
                if (append(rows.cells) != null) {
                    return row;
                }
            }
            return rows.rows();
        }

        @Override
        public @Nullable String append(Cells cells) {
            int from = cells.firstVisible(slot);
            int to = cells.lastVisible(slot);
            if (from >= to) {
                column.append(DateTimeColumn.ABSENT);
                return null;
            }
            long micros =
                    cells.kinds[slot] == CellKind.DATE
                            ? MomentParser.iso(cells.bytes, from, to)
                            : written.parse(cells.bytes, from, to);
            if (micros == Calendar.NONE) {
                return wrong;
            }
            column.append(micros);
            return null;
        }

        @Override
        public int slot() {
            return slot;
        }

        @Override
        public void removeLast(int count) {
            column.removeLast(count);
        }

        @Override
        public DateTimeColumn build() {
            return column.build();
        }
    }
}
