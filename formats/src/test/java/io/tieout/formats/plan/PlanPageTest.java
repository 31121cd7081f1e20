package io.tieout.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tieout.engine.clean.CleaningStep;
import io.tieout.engine.plan.Similarity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The reference page says what the parser does.
final class PlanPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "plan.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyExampleIsAPlan() {
        List<MatchResult> examples = EXAMPLE.matcher(page()).results().toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
        for (MatchResult example : examples) {
            byte[] text = example.group(1).getBytes(StandardCharsets.UTF_8);
            assertThatCode(() -> PlanFile.parse("docs/plan.md", text)).doesNotThrowAnyException();
        }
    }

    @Test
    void everyWordIsExplained() {
        String page = page();
        for (Keys keys :
                List.of(
                        Keys.PLAN,
                        Keys.SOURCE,
                        Keys.FIELD,
                        Keys.PASS,
                        Keys.COMPARISON,
                        Keys.WITHIN)) {
            for (String key : keys.names()) {
                assertThat(page).containsPattern("[`{ ]" + key + "[`:,]");
            }
        }
        for (CleaningStep step : CleaningStep.values()) {
            assertThat(page).contains("`" + step.word() + "`");
        }
        for (Similarity similarity : Similarity.values()) {
            assertThat(page).contains("`" + similarity.word() + "`");
        }
    }
}
