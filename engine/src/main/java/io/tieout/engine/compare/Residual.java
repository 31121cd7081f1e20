package io.tieout.engine.compare;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.TextColumn;
import java.util.Arrays;

/// A comparison resolved over two columns: what is left to check for a pair whose key already
/// agrees. Owns buffers: each thread makes its own.
public interface Residual {
    /// The score of a pair, 0 to 1; negative when it does not agree.
    double score(int leftRow, int rightRow);

    /// Resolves a comparison.
    ///
    /// @throws IllegalArgumentException for `exact`, which belongs in the key, and `sum`, which is
    /// of groups
    static Residual of(Comparison comparison, Column left, Column right) {
        return switch (comparison) {
            case Comparison.Within within -> within(within, left, right);
            case Comparison.Similar similar ->
                    similar(
                            similar.similarity(),
                            similar.atLeast(),
                            (TextColumn) left,
                            (TextColumn) right);
            case Comparison.Contains _ ->
                    part(Part.ANYWHERE, (TextColumn) left, (TextColumn) right);
            case Comparison.StartsWith _ -> part(Part.START, (TextColumn) left, (TextColumn) right);
            case Comparison.EndsWith _ -> part(Part.END, (TextColumn) left, (TextColumn) right);
            case Comparison.Exact _, Comparison.Sum _ ->
                    throw new IllegalArgumentException(
                            "not a comparison of two records: " + comparison);
        };
    }

    private static Residual within(Comparison.Within within, Column left, Column right) {
        Bounds bounds = Bounds.of(within, left);
        Values leftValues = Values.of(left);
        Values rightValues = Values.of(right);
        return (l, r) ->
                left.isAbsent(l) || right.isAbsent(r)
                        ? -1
                        : bounds.score(leftValues.at(l), rightValues.at(r));
    }

    private static Residual similar(
            Similarity similarity, double atLeast, TextColumn left, TextColumn right) {
        TextSimilarity kernel = TextSimilarity.of(similarity);
        return (l, r) -> {
            if (left.isAbsent(l) || right.isAbsent(r)) {
                return -1;
            }
            double score = kernel.between(left, l, right, r);
            return score >= atLeast ? score : -1;
        };
    }

    /// Where the shorter text must lie in the longer one.
    enum Part {
        ANYWHERE,
        START,
        END
    }

    private static Residual part(Part part, TextColumn left, TextColumn right) {
        return (l, r) -> {
            int leftLength = left.end(l) - left.start(l);
            int rightLength = right.end(r) - right.start(r);
            if (leftLength == 0 || rightLength == 0) {
                return -1;
            }
            boolean leftIsLonger = leftLength >= rightLength;
            boolean holds =
                    leftIsLonger ? holds(part, left, l, right, r) : holds(part, right, r, left, l);
            if (!holds) {
                return -1;
            }
            int leftCharacters = characters(left, l);
            int rightCharacters = characters(right, r);
            return (double) Math.min(leftCharacters, rightCharacters)
                    / Math.max(leftCharacters, rightCharacters);
        };
    }

    /// The length in UTF-16 code units, as similarities count: one for each lead byte of UTF-8, two
    /// for one of four bytes.
    private static int characters(TextColumn texts, int row) {
        byte[] bytes = texts.bytes();
        int count = 0;
        for (int at = texts.start(row); at < texts.end(row); at++) {
            int b = bytes[at] & 0xFF;
            count += b >= 0xF0 ? 2 : b >= 0xC0 || b < 0x80 ? 1 : 0;
        }
        return count;
    }

    private static boolean holds(
            Part part, TextColumn longer, int longRow, TextColumn shorter, int shortRow) {
        int length = shorter.end(shortRow) - shorter.start(shortRow);
        int first = part == Part.END ? longer.end(longRow) - length : longer.start(longRow);
        int last = part == Part.START ? first : longer.end(longRow) - length;
        for (int at = first; at <= last; at++) {
            if (Arrays.equals(
                    longer.bytes(),
                    at,
                    at + length,
                    shorter.bytes(),
                    shorter.start(shortRow),
                    shorter.end(shortRow))) {
                return true;
            }
        }
        return false;
    }
}
