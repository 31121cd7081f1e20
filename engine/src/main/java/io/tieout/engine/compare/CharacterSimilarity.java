package io.tieout.engine.compare;

import io.tieout.engine.table.TextColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A similarity that compares texts character by character.
///
/// Texts of ASCII alone are compared as the bytes they are, those of up to 64 characters with a bit
/// for each; all others are decoded first.
abstract sealed class CharacterSimilarity extends TextSimilarity permits Levenshtein, JaroWinkler {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    /// Characters that a `long` has bits for.
    static final int BITS = Long.SIZE;

    /// Where each ASCII character occurs in a text: bit `i` for place `i`. All zero between uses.
    final long[] places = new long[128];

    private char[] left = new char[64];
    private char[] right = new char[64];

    @Override
    public final double between(
            TextColumn leftColumn, int leftRow, TextColumn rightColumn, int rightRow) {
        return between(
                leftColumn.bytes(),
                leftColumn.start(leftRow),
                leftColumn.end(leftRow) - leftColumn.start(leftRow),
                rightColumn.bytes(),
                rightColumn.start(rightRow),
                rightColumn.end(rightRow) - rightColumn.start(rightRow));
    }

    @Override
    public final double between(String one, String other) {
        byte[] ones = one.getBytes(StandardCharsets.UTF_8);
        byte[] others = other.getBytes(StandardCharsets.UTF_8);
        return between(ones, 0, ones.length, others, 0, others.length);
    }

    private double between(
            byte[] one, int oneFrom, int oneLength, byte[] other, int otherFrom, int otherLength) {
        if (Arrays.equals(
                one, oneFrom, oneFrom + oneLength, other, otherFrom, otherFrom + otherLength)) {
            return 1;
        }
        if (Math.max(oneLength, otherLength) <= BITS
                && isAscii(one, oneFrom, oneLength)
                && isAscii(other, otherFrom, otherLength)) {
            return oneLength <= otherLength
                    ? ofAscii(one, oneFrom, oneLength, other, otherFrom, otherLength)
                    : ofAscii(other, otherFrom, otherLength, one, oneFrom, oneLength);
        }
        left = roomFor(left, oneLength);
        right = roomFor(right, otherLength);
        int ones = decode(one, oneFrom, oneLength, left);
        int others = decode(other, otherFrom, otherLength, right);
        return ones <= others ? of(left, ones, right, others) : of(right, others, left, ones);
    }

    /// The similarity of two different texts of ASCII, the longer of up to [#BITS] characters.
    abstract double ofAscii(
            byte[] shorter, int shortFrom, int m, byte[] longer, int longFrom, int n);

    /// The similarity of two different texts, `shorter[0..m)` and `longer[0..n)`.
    abstract double of(char[] shorter, int m, char[] longer, int n);

    private static boolean isAscii(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        long seen = 0;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            seen |= (long) LONG.get(bytes, at);
        }
        for (; at < end; at++) {
            seen |= bytes[at];
        }
        return (seen & HIGH_BITS) == 0;
    }

    private static char[] roomFor(char[] buffer, int bytes) {
        return buffer.length >= bytes ? buffer : new char[Math.max(bytes, buffer.length * 2)];
    }

    private static int decode(byte[] bytes, int from, int length, char[] into) {
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] < 0) {
                String text = new String(bytes, from, length, StandardCharsets.UTF_8);
                text.getChars(0, text.length(), into, 0);
                return text.length();
            }
            into[i] = (char) bytes[from + i];
        }
        return length;
    }
}
