package io.tieout.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneticsTest {
    /// The examples of the National Archives' description of American Soundex, and Knuth's.
    @ParameterizedTest
    @CsvSource({
        "Washington, W252", "Lee, L000", "Gutierrez, G362", "Pfister, P236", "Jackson, J250",
        "Tymczak, T522", "VanDeusen, V532", "Ashcraft, A261", "Ashcroft, A261", "Robert, R163",
        "Rupert, R163", "Rubin, R150", "Honeyman, H555", "Euler, E460", "Ellery, E460",
        "Gauss, G200", "Ghosh, G200", "Hilbert, H416", "Heilbronn, H416", "Knuth, K530",
        "Kant, K530", "Lloyd, L300", "Ladd, L300", "Lukasiewicz, L222", "Lissajous, L222",
        "A, A000", "O'Hara, O600"
    })
    void soundexCodesAreThoseOfTheTables(String word, String code) {
        assertThat(Phonetics.soundex(word)).isEqualTo(code);
    }

    /// By the rules of Philips 1990.
    @ParameterizedTest
    @CsvSource({
        "Thumb, 0M",
        "Knight, NT",
        "Night, NT",
        "Wright, RT",
        "Pneumonia, NMN",
        "Gnome, NM",
        "Aeon, EN",
        "Xavier, SFR",
        "White, WT",
        "Phone, FN",
        "Science, SNS",
        "School, SKL",
        "Church, XRX",
        "Judge, JJ",
        "Dumb, TM",
        "Climb, KLM",
        "Back, BK",
        "Shine, XN",
        "Nation, NXN",
        "Vision, FXN",
        "Match, MX",
        "Quick, KK",
        "Zebra, SBR",
        "Box, BKS",
        "Yellow, YL",
        "Bright, BRT",
        "Sign, SN",
        "Letter, LTR"
    })
    void metaphoneCodesFollowTheRules(String word, String code) {
        assertThat(Phonetics.metaphone(word)).isEqualTo(code);
    }

    @Test
    void aWordWithoutLettersIsItsOwnCode() {
        assertThat(Phonetics.soundex("123")).isEqualTo("123");
        assertThat(Phonetics.metaphone("漢字")).isEqualTo("漢字");
    }

    @Test
    void neitherCaseNorOtherCharactersCount() {
        assertThat(Phonetics.soundex("o'hara-7")).isEqualTo(Phonetics.soundex("OHARA"));
        assertThat(Phonetics.metaphone("kni-ght")).isEqualTo(Phonetics.metaphone("KNIGHT"));
    }
}
