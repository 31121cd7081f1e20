package io.tieout.engine.oracle;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Similarity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Similarities as their definitions read.
final class TextbookSimilarity {
    private TextbookSimilarity() {}

    static Fraction of(Similarity similarity, String one, String other) {
        return switch (similarity) {
            case LEVENSHTEIN -> {
                int longer = Math.max(one.length(), other.length());
                yield Fraction.of(longer - edits(one, other), longer);
            }
            case JACCARD -> {
                Set<String> common = pieces(one);
                common.retainAll(pieces(other));
                Set<String> all = pieces(one);
                all.addAll(pieces(other));
                yield Fraction.of(common.size(), all.size());
            }
            case TOKEN_SET -> {
                Set<String> common = new HashSet<>(words(one));
                common.retainAll(new HashSet<>(words(other)));
                int fewer =
                        Math.min(
                                new HashSet<>(words(one)).size(),
                                new HashSet<>(words(other)).size());
                yield Fraction.of(common.size(), fewer);
            }
            case COSINE -> cosine(one, other);
            case JARO_WINKLER, SOUNDEX, METAPHONE ->
                    throw new IllegalArgumentException(similarity.word());
        };
    }

    /// Irrational in general: to nine decimals, which is what a score has.
    private static Fraction cosine(String one, String other) {
        Map<String, Long> ones = counts(one);
        Map<String, Long> others = counts(other);
        double product = 0;
        for (String word : ones.keySet()) {
            product += ones.get(word) * others.getOrDefault(word, 0L);
        }
        double angle = product / Math.sqrt(squares(ones) * squares(others));
        return Fraction.of(Math.round(angle * Matches.FULL_SCORE), Matches.FULL_SCORE);
    }

    private static double squares(Map<String, Long> counts) {
        return counts.values().stream().mapToDouble(count -> count * count).sum();
    }

    private static Map<String, Long> counts(String text) {
        Map<String, Long> counts = new LinkedHashMap<>();
        words(text).forEach(word -> counts.merge(word, 1L, Long::sum));
        return counts;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static Set<String> pieces(String text) {
        Set<String> pieces = new HashSet<>();
        for (String word : words(text)) {
            String padded = "  " + word + "  ";
            for (int i = 0; i + 3 <= padded.length(); i++) {
                pieces.add(padded.substring(i, i + 3));
            }
        }
        return pieces;
    }

    private static int edits(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                } else {
                    int replaced =
                            edits[i - 1][j - 1]
                                    + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                    edits[i][j] =
                            Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                }
            }
        }
        return edits[one.length()][other.length()];
    }
}
