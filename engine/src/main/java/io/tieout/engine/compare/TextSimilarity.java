package io.tieout.engine.compare;

import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.TextColumn;

/// A similarity of two texts, from 0 to 1 and symmetric; 1 for two empty ones. Characters are
/// UTF-16 code units. Owns buffers, so each thread makes its own.
public abstract sealed class TextSimilarity permits CharacterSimilarity, PieceSimilarity {
    TextSimilarity() {}

    /// The kernel of a plan's similarity.
    public static TextSimilarity of(Similarity similarity) {
        return switch (similarity) {
            case LEVENSHTEIN -> new Levenshtein();
            case JARO_WINKLER -> new JaroWinkler();
            case JACCARD, COSINE, TOKEN_SET, SOUNDEX, METAPHONE -> new PieceSimilarity(similarity);
        };
    }

    /// The similarity of two rows' texts. Keeps what it made of a row for the next pair, so a
    /// kernel is used for one pair of columns only.
    public abstract double between(
            TextColumn leftColumn, int leftRow, TextColumn rightColumn, int rightRow);

    /// The similarity of two texts.
    public abstract double between(String one, String other);
}
