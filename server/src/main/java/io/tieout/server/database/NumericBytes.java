package io.tieout.server.database;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/// PostgreSQL's binary `numeric`: digits to the base 10,000, the weight of the first, a sign, and
/// how many decimals to show. Holds one value at a time and is used again for the next.
final class NumericBytes {
    private static final int BASE = 10_000;
    private static final int GROUP = 4;
    private static final int HEADER_BYTES = 8;
    private static final short NEGATIVE = 0x4000;
    // 10^16 has whole groups only, and times ten to the missing decimals it stays within a long.
    private static final int MAX_FAST_SCALE = 16;
    private static final int MAX_SCALE = 16_383;
    private static final long[] POWERS = new long[MAX_FAST_SCALE + 1];
    private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    // Least significant first.
    private int[] digits = new int[16];
    private int count;
    private int first;
    private int weight;
    private boolean negative;
    private int scale;

    void set(long unscaled, int decimals) {
        if (decimals < 0 || decimals > MAX_FAST_SCALE || unscaled == Long.MIN_VALUE) {
            set(BigDecimal.valueOf(unscaled, decimals));
            return;
        }
        begin(unscaled < 0, decimals);
        long magnitude = Math.abs(unscaled);
        int groups = groups(decimals);
        long fraction = magnitude % POWERS[decimals] * POWERS[groups * GROUP - decimals];
        for (int i = 0; i < groups; i++) {
            add((int) (fraction % BASE));
            fraction /= BASE;
        }
        for (long whole = magnitude / POWERS[decimals]; whole > 0; whole /= BASE) {
            add((int) (whole % BASE));
        }
        end(groups);
    }

    void set(BigDecimal value) {
        BigDecimal decimal = value.scale() < 0 ? value.setScale(0) : value;
        if (decimal.scale() > MAX_SCALE) {
            throw new IllegalArgumentException(
                    "at most " + MAX_SCALE + " decimals, not " + decimal.scale());
        }
        begin(decimal.signum() < 0, decimal.scale());
        int groups = groups(decimal.scale());
        BigInteger rest =
                decimal.unscaledValue()
                        .abs()
                        .multiply(BigInteger.TEN.pow(groups * GROUP - decimal.scale()));
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(BIG_BASE);
            add(parts[1].intValue());
            rest = parts[0];
        }
        end(groups);
    }

    private static int groups(int decimals) {
        return (decimals + GROUP - 1) / GROUP;
    }

    private void begin(boolean isNegative, int decimals) {
        negative = isNegative;
        scale = decimals;
        count = 0;
        first = 0;
    }

    private void add(int digit) {
        if (count == digits.length) {
            digits = Arrays.copyOf(digits, count * 2);
        }
        digits[count++] = digit;
    }

    // Zeros at either end are not written.
    private void end(int fractionGroups) {
        while (count > 0 && digits[count - 1] == 0) {
            count--;
        }
        while (first < count && digits[first] == 0) {
            first++;
        }
        weight = count == 0 ? 0 : count - 1 - fractionGroups;
        negative &= count > 0;
    }

    /// Bytes of the value held.
    int size() {
        return HEADER_BYTES + 2 * (count - first);
    }

    /// Writes the value held.
    ///
    /// @return where the next byte goes
    int copyTo(byte[] target, int at) {
        BigEndian.SHORT.set(target, at, (short) (count - first));
        BigEndian.SHORT.set(target, at + 2, (short) weight);
        BigEndian.SHORT.set(target, at + 4, negative ? NEGATIVE : (short) 0);
        BigEndian.SHORT.set(target, at + 6, (short) scale);
        int next = at + HEADER_BYTES;
        for (int i = count - 1; i >= first; i--) {
            BigEndian.SHORT.set(target, next, (short) digits[i]);
            next += 2;
        }
        return next;
    }

    /// The value that is written at a place.
    static BigDecimal read(byte[] source, int at) {
        int digits = (short) BigEndian.SHORT.get(source, at);
        int weight = (short) BigEndian.SHORT.get(source, at + 2);
        int sign = (short) BigEndian.SHORT.get(source, at + 4);
        int scale = (short) BigEndian.SHORT.get(source, at + 6);
        if (sign != 0 && sign != NEGATIVE) {
            throw new ArithmeticException("not a number");
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            int digit = (short) BigEndian.SHORT.get(source, at + HEADER_BYTES + 2 * i);
            value = value.multiply(BIG_BASE).add(BigInteger.valueOf(digit));
        }
        BigDecimal magnitude = new BigDecimal(value, (digits - 1 - weight) * GROUP).setScale(scale);
        return sign == NEGATIVE ? magnitude.negate() : magnitude;
    }
}
