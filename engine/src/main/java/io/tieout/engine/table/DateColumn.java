package io.tieout.engine.table;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/// Calendar days as days since 1970-01-01.
public final class DateColumn implements Column {
    /// Stands for no value; no date comes near it.
    public static final int ABSENT = Integer.MIN_VALUE;

    private final int[] days;

    private DateColumn(int[] days) {
        this.days = days;
    }

    @Override
    public int rows() {
        return days.length;
    }

    @Override
    public boolean isAbsent(int row) {
        return days[row] == ABSENT;
    }

    @Override
    public long hash(int row) {
        return Hash.of(days[row]);
    }

    @Override
    public boolean same(int row, Column other, int otherRow) {
        return days[row] == ((DateColumn) other).days[otherRow];
    }

    @Override
    public String text(int row) {
        return isAbsent(row) ? "" : LocalDate.ofEpochDay(days[row]).toString();
    }

    /// Days since 1970-01-01, or [#ABSENT].
    public int day(int row) {
        return days[row];
    }

    /// The rows of several columns, one after another.
    public static DateColumn concat(List<DateColumn> parts) {
        int[] all = new int[parts.stream().mapToInt(DateColumn::rows).reduce(0, Math::addExact)];
        int at = 0;
        for (DateColumn part : parts) {
            System.arraycopy(part.days, 0, all, at, part.days.length);
            at += part.days.length;
        }
        return new DateColumn(all);
    }

    /// Collects days in row order. For one thread.
    public static final class Builder {
        private int[] days;
        private int rows;

        /// @param expectedRows a guess that saves copying
        public Builder(int expectedRows) {
            days = new int[Math.max(16, expectedRows)];
        }

        /// Adds a day, or [#ABSENT].
        public void append(int day) {
            if (rows == days.length) {
                days = Arrays.copyOf(days, (int) Math.min(Integer.MAX_VALUE - 64, rows * 2L));
            }
            days[rows++] = day;
        }

        /// Takes back the last value.
        public void removeLast() {
            removeLast(1);
        }

        /// Takes back the last values.
        public void removeLast(int count) {
            rows -= count;
        }

        /// The column; the builder must not be used afterwards.
        public DateColumn build() {
            return new DateColumn(days.length == rows ? days : Arrays.copyOf(days, rows));
        }
    }
}
