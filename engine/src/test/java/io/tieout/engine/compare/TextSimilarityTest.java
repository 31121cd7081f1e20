package io.tieout.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tieout.engine.plan.Similarity;
import java.util.Random;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.junit.jupiter.api.Test;

class TextSimilarityTest {
    private static final String ALPHABET = "aabbcdeé ß漢\uD83D\uDE00xyz";

    private static String text(Random random) {
        int length = random.nextInt(20) == 0 ? random.nextInt(150) : random.nextInt(25);
        StringBuilder text = new StringBuilder();
        int[] points = ALPHABET.codePoints().toArray();
        while (text.length() < length) {
            text.appendCodePoint(points[random.nextInt(random.nextBoolean() ? 7 : points.length)]);
        }
        return text.toString();
    }

    @Test
    void editsAndCommonCharactersAreThoseOfAReferenceOnRandomText() {
        Random random = new Random(11);
        TextSimilarity levenshtein = TextSimilarity.of(Similarity.LEVENSHTEIN);
        TextSimilarity jaroWinkler = TextSimilarity.of(Similarity.JARO_WINKLER);
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        JaroWinklerSimilarity reference = new JaroWinklerSimilarity();
        for (int i = 0; i < 60_000; i++) {
            String one = text(random);
            String other = random.nextInt(3) == 0 ? one.replace('a', 'b') : text(random);
            int longer = Math.max(one.length(), other.length());
            double kept = longer - distance.apply(one, other);
            double expected = longer == 0 ? 1 : kept / longer;
            assertThat(levenshtein.between(one, other)).isEqualTo(expected);
            assertThat(jaroWinkler.between(one, other)).isEqualTo(reference.apply(one, other));
        }
    }

    @Test
    void allAreSymmetricAndLieBetweenZeroAndOne() {
        Random random = new Random(13);
        for (Similarity similarity : Similarity.values()) {
            TextSimilarity kernel = TextSimilarity.of(similarity);
            for (int i = 0; i < 2_000; i++) {
                String one = text(random);
                String other = text(random);
                double score = kernel.between(one, other);
                assertThat(score).isBetween(0.0, 1.0).isEqualTo(kernel.between(other, one));
                assertThat(kernel.between(one, one)).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void valuesOfTheLiteratureHold() {
        TextSimilarity jaroWinkler = TextSimilarity.of(Similarity.JARO_WINKLER);
        assertThat(jaroWinkler.between("MARTHA", "MARHTA")).isCloseTo(0.9611, within(1e-4));
        assertThat(jaroWinkler.between("DWAYNE", "DUANE")).isCloseTo(0.84, within(1e-4));
        assertThat(Phonetics.soundex("Robert"))
                .isEqualTo("R163")
                .isEqualTo(Phonetics.soundex("Rupert"));
        assertThat(Phonetics.soundex("Tymczak")).isEqualTo("T522");
        assertThat(Phonetics.soundex("Pfister")).isEqualTo("P236");
        assertThat(Phonetics.soundex("Honeyman")).isEqualTo("H555");
        assertThat(Phonetics.soundex("Ashcraft")).isEqualTo("A261");
        assertThat(Phonetics.metaphone("Knight"))
                .isEqualTo("NT")
                .isEqualTo(Phonetics.metaphone("Night"));
        assertThat(TextSimilarity.of(Similarity.TOKEN_SET).between("acme ltd", "acme ltd london"))
                .isEqualTo(1);
    }
}
