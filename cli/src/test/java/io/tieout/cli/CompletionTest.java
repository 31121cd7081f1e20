package io.tieout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    @TempDir private Path dir;

    @BeforeEach
    void writeScript() {
        TestingBooks books = new TestingBooks(dir);
        books.write("completion.sh", TestingCommand.run("completion").out());
    }

    @ParameterizedTest
    @CsvSource({
        "tieout rec, reconcile",
        "tieout ex, explain",
        "tieout reconcile --max-p, --max-pairs",
        "tieout explain out L1 --side r, right",
        "tieout reconcile a b --plan pl, plan.yaml",
        "tieout evaluate out --truth led, ledger.csv",
        "tieout check pl, plan.yaml"
    })
    void bashCompletesCommandsOptionsAndFiles(String typed, String completed) throws Exception {
        String script =
                "eval \"$(cat completion.sh)\"\n"
                        + "COMP_WORDS=("
                        + typed
                        + ")\n"
                        + "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                        + "_complete_tieout 2>/dev/null\n"
                        + "echo \"${COMPREPLY[*]}\"\n";

        assertThat(bash(script)).isEqualTo(completed);
    }

    @Test
    void bashFallsBackToFilesWhereAFileMayAlsoBeADash() throws Exception {
        assertThat(bash("eval \"$(cat completion.sh)\"; complete -p tieout"))
                .isEqualTo("complete -o default -F _complete_tieout tieout");
    }

    @Test
    void theShellsOwnSettingsStay() {
        assertThat(TestingCommand.run("completion").out())
                .doesNotContain("setopt")
                .doesNotContain("alias compopt");
    }

    private String bash(String script) throws IOException, InterruptedException {
        Process bash =
                new ProcessBuilder("bash", "-c", script)
                        .directory(dir.toFile())
                        .redirectErrorStream(true)
                        .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return out.strip();
    }
}
