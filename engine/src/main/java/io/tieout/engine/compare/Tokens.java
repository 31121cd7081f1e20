package io.tieout.engine.compare;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Similarities of texts cut into pieces: what they share, by one measure or another.
final class Tokens extends TextSimilarity {
    /// How a text is cut.
    enum Cut {
        /// Words between white space.
        WORDS,
        /// Three characters each of every word, padded with two spaces before it and after it.
        PIECES,
        /// The Soundex codes of the words.
        SOUNDEX,
        /// The Metaphone codes of the words.
        METAPHONE
    }

    /// What share counts.
    enum Measure {
        /// Common pieces over all pieces (Jaccard).
        OF_ALL,
        /// Common pieces over those of the text that has fewer (Szymkiewicz and Simpson).
        OF_SHORTER,
        /// The cosine of the angle between the counts of pieces.
        ANGLE
    }

    private final Cut cut;
    private final Measure measure;

    Tokens(Cut cut, Measure measure) {
        this.cut = cut;
        this.measure = measure;
    }

    @Override
    double between(char[] one, int oneLength, char[] other, int otherLength) {
        Map<String, Integer> ones = count(new String(one, 0, oneLength));
        Map<String, Integer> others = count(new String(other, 0, otherLength));
        if (ones.isEmpty() || others.isEmpty()) {
            return ones.isEmpty() && others.isEmpty() ? 1 : 0;
        }
        return switch (measure) {
            case OF_ALL -> {
                int common = common(ones.keySet(), others.keySet());
                yield (double) common / (ones.size() + others.size() - common);
            }
            case OF_SHORTER ->
                    (double) common(ones.keySet(), others.keySet())
                            / Math.min(ones.size(), others.size());
            case ANGLE -> angle(ones, others);
        };
    }

    private static int common(Set<String> ones, Set<String> others) {
        Set<String> both = new HashSet<>(ones);
        both.retainAll(others);
        return both.size();
    }

    private static double angle(Map<String, Integer> ones, Map<String, Integer> others) {
        // Whole numbers up to the root, so the order of the words does not show in the result.
        long product = 0;
        for (Map.Entry<String, Integer> entry : ones.entrySet()) {
            product += (long) entry.getValue() * others.getOrDefault(entry.getKey(), 0);
        }
        return Math.min(1, product / Math.sqrt((double) squares(ones) * squares(others)));
    }

    private static long squares(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(count -> (long) count * count).sum();
    }

    private Map<String, Integer> count(String text) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : text.split("\\s+", -1)) {
            if (!word.isEmpty()) {
                switch (cut) {
                    case WORDS -> counts.merge(word, 1, Integer::sum);
                    case SOUNDEX -> counts.merge(Phonetics.soundex(word), 1, Integer::sum);
                    case METAPHONE -> counts.merge(Phonetics.metaphone(word), 1, Integer::sum);
                    case PIECES -> {
                        String padded = "  " + word + "  ";
                        for (int i = 0; i + 3 <= padded.length(); i++) {
                            counts.merge(padded.substring(i, i + 3), 1, Integer::sum);
                        }
                    }
                }
            }
        }
        return counts;
    }
}
