package io.tieout.cli;

import static io.tieout.cli.TestingCommand.run;
import static io.tieout.cli.TestingCommand.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.cli.TestingCommand.Ran;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir private Path dir;
    private TestingBooks books;

    @BeforeEach
    void reconcile() {
        books = new TestingBooks(dir);
        run("reconcile", books.ledger(), books.bank(), "-p", books.plan(), "-o", books.path("out"));
    }

    private Ran explain(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("explain", books.path("out")));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    @Test
    void aMatchedRecordIsToldWithItsComparisons() {
        Ran ran = explain("L2");

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .isEqualTo(
                        """
                        L2 (left) is in match 2
                          ref     A-2
                          amount  20.00 EUR
                          date    2026-01-02

                        pass "all": confirmed, 1:1, score 0.8333
                          differences: date +2 days
                          left   L2
                          right  R2
                          met   ref: exact: A-2
                          met   amount: exact: 20.00 EUR
                          met   date: within 2 days: 2026-01-02 and 2026-01-04, 2 days apart, at most 2 days (score 0.5)
                        """);
    }

    @Test
    void aBreakIsToldWithWhatStoppedItsNearest() {
        Ran ran = explain("R3");

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .isEqualTo(
                        """
                        R3 (right) is a break: differs
                          ref     A-3
                          amount  31.00 EUR
                          date    2026-01-03
                          the nearest on the left agrees in all but amount +1.00

                        nearest on the left

                        1. L3, which agrees in 2 of 3 fields; open
                           pass "all": 1 of 3 comparisons fails
                             met   ref: exact: A-3
                             fails amount: exact: 30.00 EUR and 31.00 EUR
                             met   date: within 2 days: 2026-01-03
                        """);
    }

    @Test
    void jsonTellsTheSame() {
        Map<String, String> told = TestingJson.values(explain("R3", "--json").out());

        assertThat(told)
                .containsEntry("/records/0/side", "right")
                .containsEntry("/records/0/key", "R3")
                .containsEntry("/records/0/state", "break")
                .containsEntry("/records/0/kind", "differs")
                .containsEntry("/records/0/nearest/0/key", "L3")
                .containsEntry("/records/0/nearest/0/agreeing_fields", "2")
                .containsEntry("/records/0/nearest/0/passes/0/verdict", "failed")
                .containsEntry("/records/0/nearest/0/passes/0/comparisons/1/field", "amount")
                .containsEntry("/records/0/nearest/0/passes/0/comparisons/1/met", "false")
                .containsEntry("/records/0/nearest/0/passes/0/comparisons/1/left", "30.00 EUR");
    }

    @Test
    void aKeyOnBothSidesIsToldForBothUnlessOneIsNamed() {
        books.write("bank.csv", TestingBooks.BANK.replace('R', 'L'));
        run(
                "reconcile",
                books.ledger(),
                books.bank(),
                "-p",
                books.plan(),
                "-o",
                books.path("both"));

        String both = run("explain", books.path("both"), "L1").out();
        String left = run("explain", books.path("both"), "L1", "--side", "left").out();

        assertThat(both).contains("L1 (left) is in match 1").contains("L1 (right) is in match 1");
        assertThat(left).contains("L1 (left) is in match 1").doesNotContain("(right)");
    }

    @Test
    void rowNumbersAreKeysWhereThePlanNamesNone() {
        String plan = TestingBooks.PLAN.replaceAll("(left|right): \\{key: id}\n", "");
        books.write("plan.yaml", plan);
        books.write("ledger.csv", TestingBooks.LEDGER.replace("L1,A-1,10.00", "L1,A-1,ten"));
        run(
                "reconcile",
                books.ledger(),
                books.bank(),
                "-p",
                books.plan(),
                "-o",
                books.path("numbered"),
                "--max-rejects",
                1);

        Ran told = run("explain", books.path("numbered"), 2, "--side", "left");
        Ran rejected = run("explain", books.path("numbered"), 1, "--side", "left");

        assertThat(told.out()).contains("2 (left) is in match 1").contains("ref     A-2");
        assertThat(rejected.status()).isEqualTo(2);
        assertThat(rejected.err()).contains("row 1 of the left source was rejected; see");
    }

    @Test
    void anUnknownKeySuggestsTheNearest() {
        Ran ran = explain("L12");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.errLines())
                .containsExactly(
                        "tieout: "
                                + books.path("out")
                                + ": there is no record \"L12\" on either side; did you mean"
                                + " \"L1\"?");
    }

    @Test
    void aChangedSourceIsRefused() {
        books.write("bank.csv", TestingBooks.BANK.replace("31.00", "30.00"));

        Ran ran = explain("L1");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.errLines())
                .containsExactly(
                        "tieout: "
                                + books.bank()
                                + ": is not what the outcome was made of: its SHA-256 is another;"
                                + " run `tieout reconcile` again, or name the unchanged right"
                                + " source with --right FILE");
    }

    @Test
    void aMovedSourceIsNamed() throws Exception {
        Files.move(books.bank(), books.path("moved.csv"));

        Ran missing = explain("L1");
        Ran named = explain("L1", "--right", books.path("moved.csv"));

        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.errLines())
                .containsExactly(
                        "tieout: "
                                + books.bank()
                                + ": the right source is not there; say where it is with --right"
                                + " FILE");
        assertThat(named.status()).isZero();
        assertThat(named.out()).contains("L1 (left) is in match 1");
    }

    @Test
    void aSourceFromStandardInputHasToBeNamed() {
        runWith(
                TestingBooks.LEDGER,
                "reconcile",
                "-",
                books.bank(),
                "-p",
                books.plan(),
                "-o",
                books.path("piped"));

        Ran refused = run("explain", books.path("piped"), "L1");
        Ran named = run("explain", books.path("piped"), "L1", "--left", books.ledger());

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errLines()).hasSize(1);
        assertThat(refused.err()).contains("the left source came from there").contains("--left");
        assertThat(named.status()).isZero();
    }

    @Test
    void aFolderThatHoldsNoOutcomeIsRefused() {
        Ran ran = run("explain", dir, "L1");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.errLines())
                .containsExactly(
                        "tieout: "
                                + dir
                                + ": holds no summary.json; name the folder that `tieout reconcile"
                                + " --out` wrote");
    }

    @Test
    void aDamagedSummaryIsRefused() {
        String summary = books.read("out/summary.json");
        books.write("out/summary.json", summary.substring(0, summary.length() / 2));
        Ran cut = explain("L1");
        books.write("out/summary.json", summary.replace("\"2 days\"", "\"3 days\""));
        Ran edited = explain("L1");

        assertThat(cut.status()).isEqualTo(2);
        assertThat(cut.err()).contains("summary.json: is not a summary that tieout wrote;");
        assertThat(edited.status()).isEqualTo(2);
        assertThat(edited.err()).contains("its plan is not the one that its digest is of");
    }

    @Test
    void everyPlanComesBackOutOfTheSummary() {
        String plan =
                TestingBooks.PLAN
                        + "  - name: \"odd \\\"name\\\", with é and \\u2028\"\n"
                        + "    match:\n"
                        + "      ref: {similar: jaro-winkler, at-least: 0.123456}\n"
                        + "      amount: {within: 0.000001%, weight: 0.000001}\n"
                        + "      date: {within: {before: 1 day, after: 0 days}}\n";
        books.write("plan.yaml", plan);
        run("reconcile", books.ledger(), books.bank(), "-p", books.plan(), "-o", books.path("odd"));

        Ran ran = run("explain", books.path("odd"), "L3", "--json");

        assertThat(ran.status()).isZero();
        String weight =
                TestingJson.value(ran.out(), "/records/0/nearest/0/passes/1/comparisons/1/weight");
        assertThat(new BigDecimal(weight)).isEqualByComparingTo("0.000001");
    }
}
