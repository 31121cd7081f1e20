package io.tieout.cli;

import static io.tieout.cli.TestingCommand.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.cli.TestingCommand.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static final String HEADER =
            "match_id,left_key,right_key,pass,status,cardinality,score,differences\n";

    @TempDir private Path dir;
    private TestingBooks books;

    /// Four pairs are found, of which one is suggested, and three are true.
    @BeforeEach
    void writeOutcome() {
        books = new TestingBooks(dir);
        books.write(
                "matches.csv",
                HEADER
                        + "1,L1,R1,p,confirmed,1:1,1,\n"
                        + "2,L2,R2,p,confirmed,1:N,1,\n"
                        + "2,L2,R3,p,confirmed,1:N,1,\n"
                        + "3,L4,R4,p,suggested,1:1,0.9,ambiguous\n");
        books.write("truth.csv", "left_id,right_id\nL1,R1\nL2,R2\nL4,R4\nL5,R5\nL6,R6\nL1,R1\n");
    }

    private Ran evaluate(String truth, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("evaluate", dir, "--truth", books.path(truth)));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    @Test
    void figuresAreOfDistinctPairs() {
        Ran ran = evaluate("truth.csv");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .isEqualTo(
                        """
                        precision 0.7500   recall 0.6000   F1 0.6666
                        4 pairs found, 5 true, 3 of them found

                        1 found but not true
                          L2  R3

                        2 true but not found
                          L5  R5
                          L6  R6
                        """);
    }

    @Test
    void jsonHasTheSameFigures() {
        Map<String, String> figures = TestingJson.values(evaluate("truth.csv", "--json").out());

        assertThat(figures)
                .containsEntry("/precision", "0.7500")
                .containsEntry("/recall", "0.6000")
                .containsEntry("/f1", "0.6666")
                .containsEntry("/found", "4")
                .containsEntry("/true", "5")
                .containsEntry("/right", "3")
                .containsEntry("/wrong", "1")
                .containsEntry("/missed", "2");
    }

    @Test
    void suggestionsCanBeLeftOut() {
        Ran ran = evaluate("truth.csv", "--confirmed-only", "--show", 1);

        assertThat(ran.out())
                .startsWith("precision 0.6666   recall 0.4000   F1 0.5000\n")
                .contains("  … and 2 more (--show N)");
    }

    @Test
    void statusIsZeroWhenAllIsFoundAndNothingElse() {
        assertThat(evaluate("matches.csv").status()).isZero();
    }

    @Test
    void theTruthsColumnsCanBeNamed() {
        books.write("named.csv", "ours;theirs\nL1;R1\n");

        Ran unnamed = evaluate("named.csv");
        Ran named = evaluate("named.csv", "--left-column", "ours", "--right-column", "theirs");

        assertThat(unnamed.status()).isEqualTo(2);
        assertThat(unnamed.errLines())
                .containsExactly(
                        "tieout: "
                                + books.path("named.csv")
                                + ":1: the truth needs the columns left_id or left_key and right_id"
                                + " or right_key; name its columns of keys with --left-column and"
                                + " --right-column");
        assertThat(named.status()).isEqualTo(1);
        assertThat(named.out()).startsWith("precision 0.2500   recall 1.0000");
    }

    @Test
    void aFolderWithoutMatchesIsRefused() {
        Ran ran = run("evaluate", dir.resolve("none"), "--truth", books.path("truth.csv"));

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.errLines())
                .containsExactly(
                        "tieout: "
                                + dir.resolve("none")
                                + ": there is no such folder; name the folder that `tieout"
                                + " reconcile --out` wrote");
    }
}
