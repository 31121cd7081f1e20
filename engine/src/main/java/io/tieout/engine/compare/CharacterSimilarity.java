package io.tieout.engine.compare;

import io.tieout.engine.table.TextColumn;
import java.nio.charset.StandardCharsets;

/// A similarity that compares texts character by character.
abstract sealed class CharacterSimilarity extends TextSimilarity permits Levenshtein, JaroWinkler {
    private char[] left = new char[64];
    private char[] right = new char[64];

    @Override
    public final double between(
            TextColumn leftColumn, int leftRow, TextColumn rightColumn, int rightRow) {
        left = roomFor(left, leftColumn.end(leftRow) - leftColumn.start(leftRow));
        right = roomFor(right, rightColumn.end(rightRow) - rightColumn.start(rightRow));
        int leftLength = decode(leftColumn, leftRow, left);
        int rightLength = decode(rightColumn, rightRow, right);
        return between(left, leftLength, right, rightLength);
    }

    @Override
    public final double between(String one, String other) {
        return between(one.toCharArray(), one.length(), other.toCharArray(), other.length());
    }

    /// The similarity of `one[0..oneLength)` and `other[0..otherLength)`.
    abstract double between(char[] one, int oneLength, char[] other, int otherLength);

    private static char[] roomFor(char[] buffer, int bytes) {
        return buffer.length >= bytes ? buffer : new char[Math.max(bytes, buffer.length * 2)];
    }

    private static int decode(TextColumn column, int row, char[] into) {
        byte[] bytes = column.bytes();
        int start = column.start(row);
        int end = column.end(row);
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0) {
                String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                text.getChars(0, text.length(), into, 0);
                return text.length();
            }
            into[i - start] = (char) bytes[i];
        }
        return end - start;
    }
}
