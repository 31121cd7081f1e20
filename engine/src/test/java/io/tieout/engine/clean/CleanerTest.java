package io.tieout.engine.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanerTest {
    static String clean(String text, CleaningStep... steps) {
        return clean(new Cleaner(List.of(steps)), text);
    }

    static String clean(Cleaner cleaner, String text) {
        byte[] source = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        int length = cleaner.clean(source, 1, source.length - 1);
        return new String(cleaner.bytes(), 0, length, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "upper, Inv-7 straße, INV-7 STRASSE",
        "upper, inv-7, INV-7",
        "lower, INV-7 ÉTÉ, inv-7 été",
        "lower, INV-7, inv-7",
        "letters, INV-7 Été 12, INVÉté",
        "letters, INV-7 12, INV",
        "digits, INV-7 / 2026, 72026",
        "digits, № 7 / 2026, 72026",
        "letters-and-digits, INV-7 / 2026, INV72026",
        "letters-and-digits, Café-7 №, Café7",
        "words, 'Acme, Ltd. (UK)', Acme Ltd UK",
        "words, '«Café», S.A.', Café S A",
        "sorted-words, smith john a, a john smith",
        "sorted-words, 'zoë  andré', andré zoë",
        "first-word, '  Acme  Ltd UK', Acme",
        "first-word, 'Café  Ltd UK', Café",
        "first-two-words, Acme   Ltd UK, Acme Ltd",
        "first-two-words, Acme, Acme",
        "first-two-words, Café   Ltd UK, Café Ltd",
        "single-spaces, 'a  b\t c', a b c",
        "single-spaces, 'é  b\t c', é b c",
        "no-accents, Zürich Straße Łódź Ærø, Zurich Strasse Lodz AEro",
        "no-accents, plain, plain",
        "no-leading-zeros, 000120, 120",
        "no-leading-zeros, 00é0, é0"
    })
    void eachStepDoesWhatItsNameSays(String word, String text, String expected) {
        assertThat(clean(text, CleaningStep.of(word).orElseThrow())).isEqualTo(expected);
    }

    @Test
    void everyStepIsFoundByItsWordAndNothingElseIs() {
        for (CleaningStep step : CleaningStep.values()) {
            assertThat(CleaningStep.of(step.word())).contains(step);
        }
        assertThat(CleaningStep.of("UPPER")).isEmpty();
    }

    @Test
    void stepsAreAppliedInOrder() {
        assertThat(clean("a-0b", CleaningStep.LETTERS_AND_DIGITS, CleaningStep.FIRST_WORD))
                .isEqualTo("a0b");
        assertThat(clean("a-0b", CleaningStep.WORDS, CleaningStep.FIRST_WORD)).isEqualTo("a");
        assertThat(clean("n-007", CleaningStep.DIGITS, CleaningStep.NO_LEADING_ZEROS))
                .isEqualTo("7");
    }

    /// Among them the spaces that statements are padded with: no-break (A0), thin (2009),
    /// ideographic (3000).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                " A",
                "A ",
                "\tA\r\n",
                "\u00A0A",
                "A\u00A0",
                "\u3000A\u2009",
                "\u00A0 A \u00A0"
            })
    void whiteSpaceAroundATextNeverCounts(String text) {
        assertThat(clean(text)).isEqualTo("A");
        assertThat(clean(text, CleaningStep.UPPER)).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 12", "00\u00A012"})
    void norDoesTheSpaceThatAStepLaysBare(String text) {
        assertThat(clean(text, CleaningStep.NO_LEADING_ZEROS)).isEqualTo("12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00A0", "---", "é"})
    void aTextOfWhichNothingIsLeftIsEmpty(String text) {
        assertThat(clean(text, CleaningStep.DIGITS)).isEmpty();
    }

    @Test
    void aCleanerIsUsedAgainForLongerAndShorterTexts() {
        Cleaner cleaner = new Cleaner(List.of(CleaningStep.UPPER));
        String longer = "ß".repeat(3_000);
        assertThat(clean(cleaner, longer)).isEqualTo("SS".repeat(3_000));
        assertThat(clean(cleaner, "a")).isEqualTo("A");
        assertThat(clean(cleaner, "b".repeat(9_000))).isEqualTo("B".repeat(9_000));
        assertThat(clean(cleaner, "")).isEmpty();
    }

    @Test
    void theSourceIsLeftAsItWas() {
        byte[] source = " 0a-É ".getBytes(StandardCharsets.UTF_8);
        byte[] before = source.clone();
        new Cleaner(Arrays.asList(CleaningStep.values())).clean(source, 0, source.length);
        assertThat(source).isEqualTo(before);
    }
}
