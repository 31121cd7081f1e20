package io.tieout.engine.compare;

import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.TextColumn;
import java.nio.charset.StandardCharsets;

/// A similarity of two texts, from 0 to 1 and symmetric. Characters are UTF-16 code units. Owns
/// buffers, so each thread makes its own.
public abstract class TextSimilarity {
    private char[] left = new char[64];
    private char[] right = new char[64];

    TextSimilarity() {}

    /// The kernel of a plan's similarity.
    public static TextSimilarity of(Similarity similarity) {
        return switch (similarity) {
            case LEVENSHTEIN -> new Levenshtein();
            case JARO_WINKLER -> new JaroWinkler();
            case JACCARD -> new Tokens(Tokens.Cut.PIECES, Tokens.Measure.OF_ALL);
            case COSINE -> new Tokens(Tokens.Cut.WORDS, Tokens.Measure.ANGLE);
            case TOKEN_SET -> new Tokens(Tokens.Cut.WORDS, Tokens.Measure.OF_SHORTER);
            case SOUNDEX -> new Tokens(Tokens.Cut.SOUNDEX, Tokens.Measure.OF_ALL);
            case METAPHONE -> new Tokens(Tokens.Cut.METAPHONE, Tokens.Measure.OF_ALL);
        };
    }

    /// The similarity of two rows' texts; 1 for two empty ones.
    public final double between(
            TextColumn leftColumn, int leftRow, TextColumn rightColumn, int rightRow) {
        byte[] leftBytes = leftColumn.bytes();
        int leftLength = leftColumn.end(leftRow) - leftColumn.start(leftRow);
        left = roomFor(left, leftLength);
        leftLength = decode(leftBytes, leftColumn.start(leftRow), leftColumn.end(leftRow), left);
        int rightLength = rightColumn.end(rightRow) - rightColumn.start(rightRow);
        right = roomFor(right, rightLength);
        rightLength =
                decode(
                        rightColumn.bytes(),
                        rightColumn.start(rightRow),
                        rightColumn.end(rightRow),
                        right);
        return between(left, leftLength, right, rightLength);
    }

    /// The similarity of two texts.
    public final double between(String one, String other) {
        return between(one.toCharArray(), one.length(), other.toCharArray(), other.length());
    }

    abstract double between(char[] one, int oneLength, char[] other, int otherLength);

    private static char[] roomFor(char[] buffer, int bytes) {
        return buffer.length >= bytes ? buffer : new char[Math.max(bytes, buffer.length * 2)];
    }

    private static int decode(byte[] bytes, int start, int end, char[] into) {
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
