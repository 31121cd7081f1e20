package io.tieout.formats.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Cases that a person can read and check by hand, from files to files.
class GoldenCasesTest {
    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theFilesAreThoseExpected(GoldenCase golden, @TempDir Path out) {
        golden.run(out, 1);
        String written =
                GoldenCase.text(out.resolve("matches.csv"))
                        + "\n"
                        + GoldenCase.text(out.resolve("breaks.csv"));
        assertThat(written)
                .as(golden.expected("about.txt").strip())
                .isEqualTo(golden.expected("matches.csv") + "\n" + golden.expected("breaks.csv"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theNumberOfThreadsDoesNotShow(GoldenCase golden, @TempDir Path out) {
        Outcome one = golden.run(out, 1);
        assertThat(golden.run(out, 4).digest()).isEqualTo(one.digest());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aboutIsOneLineThatEndsInAFullStop(GoldenCase golden) {
        assertThat(golden.expected("about.txt").lines()).hasSize(1);
        assertThat(golden.expected("about.txt")).endsWith(".\n");
    }

    @Test
    void noCaseIsLost() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
    }
}
