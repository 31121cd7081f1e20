package io.tieout.engine.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// The quick way of ASCII and the long way of Unicode are one way.
final class CleanerProperties {
    /// Taking zeros away can lay bare further ones behind a space.
    private static final Set<CleaningStep> NOT_SETTLED = EnumSet.of(CleaningStep.NO_LEADING_ZEROS);

    @Provide
    Arbitrary<String> ascii() {
        return Arbitraries.strings().withChars(" \t\r\n00aBz9-./,_~\u001F\u000B").ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars("aB0 -\u00A0é߸\u3000漢٣\u0301ıİǆ").ofMaxLength(16);
    }

    @Property(tries = 2_000)
    void asciiIsCleanedLikeOtherText(
            @ForAll @From("ascii") String text, @ForAll @Size(max = 4) List<CleaningStep> steps) {
        String expected = text.replaceAll("(?U)^\\s+|\\s+\\z", "");
        for (CleaningStep step : steps) {
            expected = Cleaner.applyUnicode(step, expected);
        }
        assertThat(CleanerTest.clean(new Cleaner(steps), text)).isEqualTo(expected);
    }

    @Property(tries = 2_000)
    void noWhiteSpaceIsLeftAround(
            @ForAll @From("text") String text, @ForAll @Size(max = 4) List<CleaningStep> steps) {
        String cleaned = CleanerTest.clean(new Cleaner(steps), text);
        assertThat(cleaned).doesNotMatch("(?Us)\\s.*|.*\\s");
    }

    @Property(tries = 2_000)
    void aSecondTimeChangesNothing(@ForAll @From("text") String text, @ForAll CleaningStep step) {
        if (!NOT_SETTLED.contains(step)) {
            String once = CleanerTest.clean(text, step);
            assertThat(CleanerTest.clean(once, step)).isEqualTo(once);
        }
    }
}
