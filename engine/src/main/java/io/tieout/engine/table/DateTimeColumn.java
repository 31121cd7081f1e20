package io.tieout.engine.table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/// Moments as microseconds since 1970-01-01T00:00:00Z.
public final class DateTimeColumn implements Column {
    /// Stands for no value; no moment comes near it.
    public static final long ABSENT = Long.MIN_VALUE;

    private final long[] micros;

    private DateTimeColumn(long[] micros) {
        this.micros = micros;
    }

    @Override
    public int rows() {
        return micros.length;
    }

    @Override
    public boolean isAbsent(int row) {
        return micros[row] == ABSENT;
    }

    @Override
    public long hash(int row) {
        return Hash.of(micros[row]);
    }

    @Override
    public boolean same(int row, Column other, int otherRow) {
        return micros[row] == ((DateTimeColumn) other).micros[otherRow];
    }

    @Override
    public String text(int row) {
        return isAbsent(row) ? "" : Instant.EPOCH.plus(micros[row], ChronoUnit.MICROS).toString();
    }

    /// Microseconds since 1970-01-01T00:00:00Z, or [#ABSENT].
    public long micros(int row) {
        return micros[row];
    }

    /// The rows of several columns, one after another.
    public static DateTimeColumn concat(List<DateTimeColumn> parts) {
        long[] all =
                new long[parts.stream().mapToInt(DateTimeColumn::rows).reduce(0, Math::addExact)];
        int at = 0;
        for (DateTimeColumn part : parts) {
            System.arraycopy(part.micros, 0, all, at, part.micros.length);
            at += part.micros.length;
        }
        return new DateTimeColumn(all);
    }

    /// Collects moments in row order. For one thread.
    public static final class Builder {
        private long[] micros;
        private int rows;

        /// @param expectedRows a guess that saves copying
        public Builder(int expectedRows) {
            micros = new long[Math.max(16, expectedRows)];
        }

        /// Adds a moment, or [#ABSENT].
        public void append(long micro) {
            if (rows == micros.length) {
                micros = Arrays.copyOf(micros, (int) Math.min(Integer.MAX_VALUE - 64, rows * 2L));
            }
            micros[rows++] = micro;
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
        public DateTimeColumn build() {
            return new DateTimeColumn(micros.length == rows ? micros : Arrays.copyOf(micros, rows));
        }
    }
}
