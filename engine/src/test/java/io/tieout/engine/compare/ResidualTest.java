package io.tieout.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.plan.Tolerance;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualTest {
    private static final List<Comparison> OF_TEXT =
            List.of(
                    new Comparison.Contains(),
                    new Comparison.StartsWith(),
                    new Comparison.EndsWith(),
                    new Comparison.Similar(Similarity.LEVENSHTEIN, 0.01),
                    new Comparison.Similar(Similarity.TOKEN_SET, 0.01));

    private static TextColumn texts(String... texts) {
        TextColumn.Builder column = new TextColumn.Builder(texts.length, 16);
        for (String text : texts) {
            column.append(text);
        }
        return column.build();
    }

    private static double score(Comparison comparison, String left, String right) {
        return Residual.of(comparison, texts(left), texts(right)).score(0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "INV-100, PAYMENT INV-100, 0.4666666666666667, -1, 0.4666666666666667",
        "INV-100, INV-100 PAYMENT, 0.4666666666666667, 0.4666666666666667, -1",
        "INV-100, X INV-100 Y, 0.6363636363636364, -1, -1",
        "INV-100, INV-100, 1, 1, 1",
        "INV-100, INV-101, -1, -1, -1",
        "Zürich, Zürich AG, 0.6666666666666666, 0.6666666666666666, -1",
        "😀, a😀, 0.6666666666666666, -1, 0.6666666666666666",
    })
    void theShorterTextLiesInTheLongerOneAndScoresItsShareOfTheCharacters(
            String one, String other, double contains, double startsWith, double endsWith) {
        assertThat(score(new Comparison.Contains(), one, other)).isEqualTo(contains);
        assertThat(score(new Comparison.StartsWith(), one, other)).isEqualTo(startsWith);
        assertThat(score(new Comparison.EndsWith(), one, other)).isEqualTo(endsWith);
        assertThat(score(new Comparison.Contains(), other, one)).isEqualTo(contains);
        assertThat(score(new Comparison.StartsWith(), other, one)).isEqualTo(startsWith);
        assertThat(score(new Comparison.EndsWith(), other, one)).isEqualTo(endsWith);
    }

    @Test
    void anAbsentTextAgreesWithNothing() {
        for (Comparison comparison : OF_TEXT) {
            assertThat(score(comparison, "", "")).as("%s", comparison).isNegative();
            assertThat(score(comparison, "A", "")).as("%s", comparison).isNegative();
            assertThat(score(comparison, "", "A")).as("%s", comparison).isNegative();
        }
    }

    @Test
    void anAbsentAmountAgreesWithNothing() {
        AmountColumn.Builder amounts = new AmountColumn.Builder(2);
        amounts.appendAbsent();
        amounts.append(Long.MIN_VALUE + 1, 0, "EUR");
        AmountColumn column = amounts.build();
        Comparison all = new Comparison.Within(new Tolerance.Absolute(new BigDecimal("1e30")));
        Residual residual = Residual.of(all, column, column);
        assertThat(residual.score(0, 0)).isNegative();
        assertThat(residual.score(0, 1)).isNegative();
        assertThat(residual.score(1, 0)).isNegative();
        assertThat(residual.score(1, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefghij, abcdefghiX, 0.9",
        "abcdefghij, aXXXXXXXXX, 0.1",
        "abc, abX, 0.66",
        "abcdefghijklmnopqrst, abcdefghijklmnopqXXX, 0.85",
        "abcdefghijklmnopqrstuvwxy, abcdefghijklmnXXXXXXXXXXX, 0.56"
    })
    void theLeastSimilarityIsInclusive(String one, String other, double least) {
        Comparison similar = new Comparison.Similar(Similarity.LEVENSHTEIN, least);
        assertThat(score(similar, one, other)).isGreaterThanOrEqualTo(least);
        Comparison more = new Comparison.Similar(Similarity.LEVENSHTEIN, least + 0.01);
        assertThat(score(more, one, other)).isNegative();
    }

    @Test
    void exactAndSumAreNoComparisonsOfTwoRecords() {
        TextColumn column = texts("A");
        assertThatThrownBy(() -> Residual.of(new Comparison.Exact(), column, column))
                .isInstanceOf(IllegalArgumentException.class);
        Comparison sum =
                new Comparison.Sum(new Comparison.Within(new Tolerance.Absolute(BigDecimal.ZERO)));
        assertThatThrownBy(() -> Residual.of(sum, column, column))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
