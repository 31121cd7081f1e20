package io.tieout.engine.compare;

import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.TextColumn;
import java.util.Arrays;

/// A similarity of texts cut into pieces: what they share, by one measure or another.
///
/// A text takes part in many pairs, so its pieces are kept: cutting costs a hundred times what
/// comparing does.
final class PieceSimilarity extends TextSimilarity {
    private static final long[] NOT_CUT = new long[0];

    /// Pieces that are kept at most: 128 MiB. Further texts are cut anew for each pair.
    private static final int MOST_KEPT = 1 << 24;

    private final Similarity similarity;
    private final Pieces.Cut cut;
    private final Pieces pieces = new Pieces();
    private int keptCount;
    private long[][] leftPieces = new long[0][];
    private long[][] rightPieces = new long[0][];

    PieceSimilarity(Similarity similarity) {
        this.similarity = similarity;
        this.cut = Pieces.cutOf(similarity);
    }

    @Override
    public double between(
            TextColumn leftColumn, int leftRow, TextColumn rightColumn, int rightRow) {
        if (leftPieces.length == 0) {
            leftPieces = notCut(leftColumn);
            rightPieces = notCut(rightColumn);
        }
        return between(
                kept(leftPieces, leftColumn, leftRow), kept(rightPieces, rightColumn, rightRow));
    }

    private static long[][] notCut(TextColumn column) {
        long[][] none = new long[column.rows()][];
        Arrays.fill(none, NOT_CUT);
        return none;
    }

    private long[] kept(long[][] kept, TextColumn column, int row) {
        long[] known = kept[row];
        if (known.length > 0) {
            return known;
        }
        long[] fresh = pieces.of(cut, column, row);
        if (keptCount + fresh.length <= MOST_KEPT) {
            keptCount += fresh.length;
            kept[row] = fresh;
        }
        return fresh;
    }

    @Override
    public double between(String one, String other) {
        return between(pieces.of(cut, one), pieces.of(cut, other));
    }

    private double between(long[] one, long[] other) {
        if (one.length == 0 || other.length == 0) {
            return one.length == other.length ? 1 : 0;
        }
        int ones = 0;
        int others = 0;
        int common = 0;
        long squares = 0;
        long otherSquares = 0;
        long product = 0;
        int i = 0;
        int j = 0;
        while (i < one.length || j < other.length) {
            boolean inOne = i < one.length && (j == other.length || one[i] <= other[j]);
            boolean inOther = j < other.length && (i == one.length || other[j] <= one[i]);
            int times = inOne ? run(one, i) : 0;
            int otherTimes = inOther ? run(other, j) : 0;
            ones += inOne ? 1 : 0;
            others += inOther ? 1 : 0;
            common += inOne && inOther ? 1 : 0;
            squares += (long) times * times;
            otherSquares += (long) otherTimes * otherTimes;
            product += (long) times * otherTimes;
            i += times;
            j += otherTimes;
        }
        return switch (similarity) {
            case JACCARD, SOUNDEX, METAPHONE -> (double) common / (ones + others - common);
            case TOKEN_SET -> (double) common / Math.min(ones, others);
            // Whole numbers up to the root, so the order of the words does not show in the result.
            case COSINE -> Math.min(1, product / Math.sqrt((double) squares * otherSquares));
            case LEVENSHTEIN, JARO_WINKLER ->
                    throw new IllegalStateException(similarity + " compares characters");
        };
    }

    /// How often the piece at `from` occurs.
    private static int run(long[] pieces, int from) {
        int to = from + 1;
        while (to < pieces.length && pieces[to] == pieces[from]) {
            to++;
        }
        return to - from;
    }
}
