package io.tieout.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.TextColumn;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// Similarity kernels against references, over whatever Unicode has.
final class SimilarityProperties {
    @Provide
    Arbitrary<String> text() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.strings().withChars("aabcé ").ofMaxLength(12)),
                Tuple.of(1, Arbitraries.strings().withChars("ab").ofMinLength(60).ofMaxLength(140)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(20).filter(s -> isWhole(s))));
    }

    /// Half a surrogate pair is no text: UTF-8 cannot hold it.
    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xDFFF);
    }

    @Property(tries = 2_000)
    void editsAndCommonCharactersAreThoseOfTheReference(
            @ForAll @From("text") String one, @ForAll @From("text") String other) {
        int longer = Math.max(one.length(), other.length());
        double kept = longer - LevenshteinDistance.getDefaultInstance().apply(one, other);
        assertThat(TextSimilarity.of(Similarity.LEVENSHTEIN).between(one, other))
                .isEqualTo(longer == 0 ? 1 : kept / longer);
        assertThat(TextSimilarity.of(Similarity.JARO_WINKLER).between(one, other))
                .isEqualTo(new JaroWinklerSimilarity().apply(one, other), within(1e-12));
    }

    @Property(tries = 2_000)
    void textInAColumnIsComparedLikeTextByItself(
            @ForAll @From("text") String one,
            @ForAll @From("text") String other,
            @ForAll Similarity similarity) {
        TextColumn.Builder column = new TextColumn.Builder(2, 16);
        column.append(one);
        column.append(other);
        TextColumn texts = column.build();
        TextSimilarity kernel = TextSimilarity.of(similarity);
        assertThat(kernel.between(texts, 0, texts, 1)).isEqualTo(kernel.between(one, other));
    }

    @Property(tries = 2_000)
    void allAreSymmetricLieBetweenZeroAndOneAndAreOneForTheSameText(
            @ForAll @From("text") String one,
            @ForAll @From("text") String other,
            @ForAll Similarity similarity) {
        TextSimilarity kernel = TextSimilarity.of(similarity);
        double score = kernel.between(one, other);
        assertThat(score).isBetween(0.0, 1.0).isEqualTo(kernel.between(other, one));
        assertThat(kernel.between(one, one)).isEqualTo(1, within(1e-12));
    }

    /// Taking characters greedily is where a similarity could depend on which text comes first.
    @Example
    void jaroWinklerIsSymmetricOnAllShortTextsOfThreeLetters() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < 6; i++) {
            for (char letter : new char[] {'a', 'b', 'c'}) {
                texts.add(texts.get(i) + letter);
            }
        }
        TextSimilarity kernel = TextSimilarity.of(Similarity.JARO_WINKLER);
        for (String one : texts) {
            for (String other : texts) {
                if (one.compareTo(other) < 0
                        && kernel.between(one, other) != kernel.between(other, one)) {
                    throw new AssertionError("\"" + one + "\" and \"" + other + "\"");
                }
            }
        }
    }
}
