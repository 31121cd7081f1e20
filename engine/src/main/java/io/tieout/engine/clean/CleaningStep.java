package io.tieout.engine.clean;

import java.util.Arrays;
import java.util.Optional;

/// One step that makes spellings of a text equal before they are compared. A field names its steps
/// in order. White space around a text never counts and needs no step.
public enum CleaningStep {
    /// Upper case, by Unicode's rules without a locale.
    UPPER("upper"),
    /// Lower case, by Unicode's rules without a locale.
    LOWER("lower"),
    /// Keeps letters only.
    LETTERS("letters"),
    /// Keeps digits only.
    DIGITS("digits"),
    /// Keeps letters and digits only.
    LETTERS_AND_DIGITS("letters-and-digits"),
    /// Turns everything but letters and digits into single spaces: words without punctuation.
    WORDS("words"),
    /// The words in alphabetical order, so that `smith john` equals `john smith`.
    SORTED_WORDS("sorted-words"),
    /// The first word alone, as where a text starts with a name.
    FIRST_WORD("first-word"),
    /// The first two words, or all where there are fewer.
    FIRST_TWO_WORDS("first-two-words"),
    /// Runs of white space become one space.
    SINGLE_SPACES("single-spaces"),
    /// Takes accents away: `Zürich` becomes `Zurich`, `ß` becomes `ss`.
    NO_ACCENTS("no-accents"),
    /// Takes zeros off the front of the text.
    NO_LEADING_ZEROS("no-leading-zeros");

    private final String word;

    CleaningStep(String word) {
        this.word = word;
    }

    /// The step as a plan writes it.
    public String word() {
        return word;
    }

    /// The step that a plan writes as `word`, if there is one.
    public static Optional<CleaningStep> of(String word) {
        return Arrays.stream(values()).filter(step -> step.word.equals(word)).findFirst();
    }
}
