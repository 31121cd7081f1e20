package io.tieout.engine.table;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Exact decimals, as whole numbers of the smallest unit that the column needs, each with a
/// currency. The value of a row is `unscaled(row) / 10^scale()`. A number is an amount without a
/// currency.
public final class AmountColumn implements Column {
    /// Stands for no value; no amount takes it.
    public static final long ABSENT = Long.MIN_VALUE;

    /// Most digits after the decimal mark.
    public static final int MAX_SCALE = 18;

    /// What an amount without a currency is said to be in: ISO 4217's code for "no currency".
    public static final String NO_CURRENCY = "XXX";

    private static final long[] TEN = new long[MAX_SCALE + 1];

    static {
        TEN[0] = 1;
        for (int i = 1; i <= MAX_SCALE; i++) {
            TEN[i] = TEN[i - 1] * 10;
        }
    }

    private final long[] unscaled;
    private final int scale;
    private final short[] codes;
    private final String[] currencies;
    private final long[] currencyHashes;

    /// @param codes index into `currencies` by row, or empty when all rows are in `currencies[0]`
    private AmountColumn(long[] unscaled, int scale, short[] codes, String[] currencies) {
        this.unscaled = unscaled;
        this.scale = scale;
        this.codes = codes;
        this.currencies = currencies;
        this.currencyHashes = new long[currencies.length];
        for (int i = 0; i < currencies.length; i++) {
            byte[] code = currencies[i].getBytes(StandardCharsets.UTF_8);
            currencyHashes[i] = Hash.of(code, 0, code.length);
        }
    }

    @Override
    public int rows() {
        return unscaled.length;
    }

    @Override
    public boolean isAbsent(int row) {
        return unscaled[row] == ABSENT;
    }

    @Override
    public long hash(int row) {
        return Hash.of(unscaled[row] ^ currencyHashes[code(row)]);
    }

    @Override
    public boolean same(int row, Column other, int otherRow) {
        AmountColumn that = (AmountColumn) other;
        return unscaled[row] == that.unscaled[otherRow] && sameCurrency(row, that, otherRow);
    }

    /// Whether two amounts are in one currency.
    public boolean sameCurrency(int row, AmountColumn other, int otherRow) {
        int mine = code(row);
        int theirs = other.code(otherRow);
        return currencyHashes[mine] == other.currencyHashes[theirs]
                && currencies[mine].equals(other.currencies[theirs]);
    }

    /// Compares two amounts by value, then by currency code; absent ones come first.
    ///
    /// @param other a column of the same scale
    public int compare(int row, AmountColumn other, int otherRow) {
        int byValue = Long.compare(unscaled[row], other.unscaled[otherRow]);
        return byValue != 0 || isAbsent(row)
                ? byValue
                : currency(row).compareTo(other.currency(otherRow));
    }

    @Override
    public String text(int row) {
        return isAbsent(row) ? "" : BigDecimal.valueOf(unscaled[row], scale).toPlainString();
    }

    /// The value in units of `10^-scale()`, or [#ABSENT].
    public long unscaled(int row) {
        return unscaled[row];
    }

    /// Digits after the decimal mark, 0 to [#MAX_SCALE].
    public int scale() {
        return scale;
    }

    /// The row's currency code; [#NO_CURRENCY] where none is known.
    public String currency(int row) {
        return currencies[code(row)];
    }

    /// The hash of the row's currency code, equal across columns for equal codes.
    public long currencyHash(int row) {
        return currencyHashes[code(row)];
    }

    /// The row's currency as an index into [#currencies()].
    public int code(int row) {
        return codes.length == 0 ? 0 : codes[row];
    }

    /// The currency codes that occur, in no particular order.
    public List<String> currencies() {
        return List.of(currencies);
    }

    /// The same amounts in smaller units.
    ///
    /// @param finer a scale not below this column's
    /// @throws FailureException when an amount does not fit
    public AmountColumn atScale(int finer) {
        if (finer == scale) {
            return this;
        }
        long[] scaled = new long[unscaled.length];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = unscaled[row] == ABSENT ? ABSENT : rescale(unscaled[row], scale, finer);
        }
        return new AmountColumn(scaled, finer, codes, currencies);
    }

    /// The rows of several columns, one after another, at the finest scale among them.
    public static AmountColumn concat(List<AmountColumn> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int scale = 0;
        int rows = 0;
        List<String> names = new ArrayList<>();
        for (AmountColumn part : parts) {
            scale = Math.max(scale, part.scale);
            rows = Math.addExact(rows, part.rows());
            for (String currency : part.currencies) {
                if (!names.contains(currency)) {
                    names.add(currency);
                }
            }
        }
        requireFew(names.size());
        long[] unscaled = new long[rows];
        short[] codes = names.size() > 1 ? new short[rows] : new short[0];
        int at = 0;
        for (AmountColumn part : parts) {
            AmountColumn scaled = part.atScale(scale);
            System.arraycopy(scaled.unscaled, 0, unscaled, at, scaled.rows());
            int[] codeIn = Arrays.stream(part.currencies).mapToInt(names::indexOf).toArray();
            for (int row = 0; codes.length > 0 && row < scaled.rows(); row++) {
                codes[at + row] = (short) codeIn[part.code(row)];
            }
            at += scaled.rows();
        }
        return new AmountColumn(unscaled, scale, codes, names.toArray(String[]::new));
    }

    private static long rescale(long value, int from, int to) {
        long factor = TEN[to - from];
        if (Math.multiplyHigh(value, factor) != (value * factor) >> 63
                || value * factor == ABSENT) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.UNKNOWN,
                            "an amount of "
                                    + digits(value)
                                    + " digits does not fit beside one of "
                                    + to
                                    + " decimals: together at most 18 digits",
                            "round the column to the decimals that its currency has"));
        }
        return value * factor;
    }

    private static int digits(long value) {
        return BigDecimal.valueOf(value).precision();
    }

    private static void requireFew(int currencies) {
        if (currencies > Short.MAX_VALUE) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.UNKNOWN,
                            "an amount column has "
                                    + currencies
                                    + " currencies, more than "
                                    + Short.MAX_VALUE,
                            "check that the plan's `currency` names the right column"));
        }
    }

    /// Collects amounts in row order. For one thread.
    public static final class Builder {
        private long[] unscaled;
        private short[] codes;
        private int rows;
        private int scale;
        private String[] currencies = new String[0];
        private int lastCode;

        /// @param expectedRows a guess that saves copying
        public Builder(int expectedRows) {
            unscaled = new long[Math.max(16, expectedRows)];
            codes = new short[Math.max(16, expectedRows)];
        }

        /// Adds an amount of `value / 10^valueScale`.
        ///
        /// @param value not [AmountColumn#ABSENT]
        /// @param valueScale 0 to [AmountColumn#MAX_SCALE]
        /// @param currency a code in upper case, [AmountColumn#NO_CURRENCY] where none is known
        /// @throws FailureException when the amounts so far and this one have no common scale that
        /// fits
        public void append(long value, int valueScale, String currency) {
            if (valueScale > scale) {
                refine(valueScale);
            }
            add(rescale(value, valueScale, scale), codeOf(currency));
        }

        private void refine(int finer) {
            // All of them fit, or none is changed.
            for (int row = 0; row < rows; row++) {
                if (unscaled[row] != ABSENT) {
                    rescale(unscaled[row], scale, finer);
                }
            }
            for (int row = 0; row < rows; row++) {
                if (unscaled[row] != ABSENT) {
                    unscaled[row] = rescale(unscaled[row], scale, finer);
                }
            }
            scale = finer;
        }

        /// Adds an absent value; its currency does not matter.
        public void appendAbsent() {
            add(ABSENT, rows == 0 ? codeOf(NO_CURRENCY) : lastCode);
        }

        private void add(long value, int code) {
            if (rows == unscaled.length) {
                int more = (int) Math.min(Integer.MAX_VALUE - 64, rows * 2L);
                unscaled = Arrays.copyOf(unscaled, more);
                codes = Arrays.copyOf(codes, more);
            }
            codes[rows] = (short) code;
            unscaled[rows++] = value;
        }

        private int codeOf(String currency) {
            if (lastCode < currencies.length && currencies[lastCode].equals(currency)) {
                return lastCode;
            }
            for (int i = 0; i < currencies.length; i++) {
                if (currencies[i].equals(currency)) {
                    lastCode = i;
                    return i;
                }
            }
            requireFew(currencies.length + 1);
            currencies = Arrays.copyOf(currencies, currencies.length + 1);
            currencies[currencies.length - 1] = currency;
            lastCode = currencies.length - 1;
            return lastCode;
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
        public AmountColumn build() {
            String[] names = currencies.length == 0 ? new String[] {NO_CURRENCY} : currencies;
            return new AmountColumn(
                    unscaled.length == rows ? unscaled : Arrays.copyOf(unscaled, rows),
                    scale,
                    names.length == 1
                            ? new short[0]
                            : codes.length == rows ? codes : Arrays.copyOf(codes, rows),
                    names);
        }
    }
}
