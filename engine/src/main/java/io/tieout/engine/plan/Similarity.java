package io.tieout.engine.plan;

import java.util.Arrays;
import java.util.Optional;

/// How alike two texts are, from 0 to 1. All are symmetric, and count UTF-16 code units as
/// characters.
public enum Similarity {
    /// 1 less the edit distance (insertions, deletions, substitutions) over the longer length.
    LEVENSHTEIN("levenshtein"),
    /// Jaro's share of common characters in order, raised for an equal start of up to four. Winkler
    /// 1990.
    JARO_WINKLER("jaro-winkler"),
    /// Common three-character pieces over all of them. Each word is padded, so that its ends count.
    JACCARD("jaccard"),
    /// The angle between the two counts of words.
    COSINE("cosine"),
    /// Common words over the words of the shorter text, so that added words cost nothing.
    TOKEN_SET("token-set"),
    /// Words that sound alike in English by American Soundex, common codes over all of them.
    SOUNDEX("soundex"),
    /// Words that sound alike in English by Metaphone (Philips 1990), common codes over all of
    /// them.
    METAPHONE("metaphone");

    private final String word;

    Similarity(String word) {
        this.word = word;
    }

    /// The similarity as a plan writes it.
    public String word() {
        return word;
    }

    /// The similarity that a plan writes as `word`, if there is one.
    public static Optional<Similarity> of(String word) {
        return Arrays.stream(values())
                .filter(similarity -> similarity.word.equals(word))
                .findFirst();
    }
}
