package io.tieout.formats.outcome;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A text that is put together as UTF-8, so that a million rows make no million strings. For one
/// thread.
final class TextBuffer {
    /// As many as a `long` has without its sign.
    static final int MAX_DIGITS = 19;

    private byte[] bytes = new byte[256];
    private int size;

    /// The array that the text lies in, from 0 on. Valid until the next change.
    byte[] bytes() {
        return bytes;
    }

    /// How many bytes the text has.
    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    TextBuffer append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    TextBuffer append(byte[] utf8) {
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    TextBuffer append(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /// Adds `unscaled / 10^scale` with all of its decimals, and with its sign if it is not 0.
    ///
    /// @param unscaled not [Long#MIN_VALUE]
    /// @param scale 0 to 18
    TextBuffer appendSigned(long unscaled, int scale) {
        if (unscaled != 0) {
            append(unscaled < 0 ? '-' : '+');
        }
        return appendUnsigned(Math.abs(unscaled), scale);
    }

    /// Adds `unscaled / 10^scale` with all of its decimals.
    ///
    /// @param unscaled not negative
    /// @param scale 0 to 18
    TextBuffer appendUnsigned(long unscaled, int scale) {
        ensure(2 * MAX_DIGITS + 1);
        int from = size;
        size = putDigits(bytes, size, unscaled);
        if (scale > 0) {
            int missing = scale + 1 - (size - from);
            if (missing > 0) {
                System.arraycopy(bytes, from, bytes, from + missing, size - from);
                Arrays.fill(bytes, from, from + missing, (byte) '0');
                size += missing;
            }
            System.arraycopy(bytes, size - scale, bytes, size - scale + 1, scale);
            bytes[size - scale] = '.';
            size++;
        }
        return this;
    }

    /// Writes a number that is not negative into an array.
    ///
    /// @return where its digits end
    static int putDigits(byte[] target, int at, long number) {
        int digits = 1;
        for (long rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
