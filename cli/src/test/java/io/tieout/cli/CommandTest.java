package io.tieout.cli;

import static io.tieout.cli.TestingCommand.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.cli.TestingCommand.Ran;
import io.tieout.formats.plan.PlanFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @TempDir private Path dir;

    @Test
    void theVersionIsThatOfTheBuild() {
        Ran ran = run("--version");

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).matches("tieout [0-9]+\\.[0-9]+\\.[0-9]+.* \\(Java [0-9]+\\)\\R");
    }

    @Test
    void theSchemaIsPrinted() {
        Ran ran = run("schema");

        assertThat(ran.status()).isZero();
        assertThat(ran.out().strip()).isEqualTo(PlanFile.schema().strip());
        assertThat(TestingJson.value(ran.out(), "/$schema")).contains("2020-12");
    }

    @Test
    void theDemoLeavesSourcesPlanAndOutcome() {
        Path demo = dir.resolve("demo");

        Ran ran = run("demo", "--out", demo);

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("89 of 96 records matched")
                .contains("Report: " + demo.resolve("outcome/report.html"));
        assertThat(demo.resolve("ledger.csv")).exists();
        assertThat(demo.resolve("outcome/summary.json")).exists();
        assertThat(run("demo", "--out", demo).status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reconcile", "explain", "check", "evaluate", "demo", "schema", "completion"})
    void everyCommandHasHelp(String command) {
        Ran ran = run(command, "--help");

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("Usage: tieout " + command);
        assertThat(run().out()).contains("  " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help"})
    void withoutACommandThereIsHelp(String argument) {
        Ran ran = argument.isEmpty() ? run() : run(argument);

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("Exit status: 0 everything tied out");
    }
}
