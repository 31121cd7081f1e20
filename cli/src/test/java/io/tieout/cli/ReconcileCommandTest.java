package io.tieout.cli;

import static io.tieout.cli.TestingCommand.run;
import static io.tieout.cli.TestingCommand.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.cli.TestingCommand.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileCommandTest {
    @TempDir private Path dir;
    private TestingBooks books;

    @BeforeEach
    void writeBooks() {
        books = new TestingBooks(dir);
    }

    private Ran reconcile(Object... more) {
        List<Object> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("reconcile", books.ledger(), books.bank(), "--plan", books.plan()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    @Test
    void statusIsZeroWhenEverythingTiesOut() {
        books.write("bank.csv", TestingBooks.BANK.replace("31.00", "30.00"));

        Ran ran = reconcile();

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("left   3 of 3 records matched (100.0 %)")
                .contains("0 left breaks");
    }

    @Test
    void statusIsOneWhenBreaksRemain() {
        Ran ran = reconcile();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("left   2 of 3 records matched (66.6 %)")
                .contains("1 left breaks: 1 differs")
                .contains("amount EUR, left: 60.00 in = 30.00 matched + 30.00 open")
                .contains("differs from R3 in amount");
    }

    @Test
    void statusIsOneWhenOnlySuggestionsRemain() {
        books.write("bank.csv", TestingBooks.BANK.replace("31.00", "30.00"));
        books.write("plan.yaml", TestingBooks.PLAN + "    status: suggested\n");

        Ran ran = reconcile();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("left   3 of 3 records matched (100.0 %)");
    }

    @Test
    void withoutOutNothingIsWritten() {
        Map<String, String> before = books.snapshot();

        reconcile();

        assertThat(books.snapshot()).isEqualTo(before);
    }

    @Test
    void theOutcomesFilesAreThoseOfTheContract() {
        reconcile("--out", books.path("deep/out"));

        assertThat(books.path("deep/out"))
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
        assertThat(books.snapshot().keySet())
                .filteredOn(name -> name.startsWith("deep/out/"))
                .containsExactly(
                        "deep/out/breaks.csv",
                        "deep/out/matches.csv",
                        "deep/out/report.html",
                        "deep/out/summary.json");
        assertThat(books.read("deep/out/matches.csv"))
                .isEqualTo(
                        """
                        match_id,left_key,right_key,pass,status,cardinality,score,differences
                        1,L1,R1,all,confirmed,1:1,1,
                        2,L2,R2,all,confirmed,1:1,0.8333,date +2 days
                        """);
        assertThat(books.read("deep/out/breaks.csv"))
                .isEqualTo(
                        """
                        side,key,kind,fields,nearest_key,reason
                        left,L3,differs,amount,R3,the nearest on the right agrees in all but amount +1.00
                        right,R3,differs,amount,L3,the nearest on the left agrees in all but amount +1.00
                        """);
    }

    @Test
    void theSummaryCountsAndProves() {
        reconcile("--out", books.path("out"));

        Map<String, String> summary = TestingJson.values(books.read("out/summary.json"));
        assertThat(summary)
                .containsEntry("/counts/records/left", "3")
                .containsEntry("/counts/matches/total", "2")
                .containsEntry("/counts/matches/by_pass/0/name", "all")
                .containsEntry("/counts/breaks/left/differs", "1")
                .containsEntry("/counts/rejects/left", "0")
                .containsEntry("/control_totals/EUR/left/amount/in", "60.00")
                .containsEntry("/control_totals/EUR/left/amount/matches", "30.00")
                .containsEntry("/control_totals/EUR/left/amount/breaks", "30.00")
                .containsEntry("/engine_version", Version.engine())
                .containsKeys("/seconds/read", "/seconds/match");
        for (String digest : List.of("left", "right", "plan", "outcome")) {
            assertThat(summary.get("/digests/" + digest)).matches("[0-9a-f]{64}");
        }
    }

    @Test
    void jsonIsTheSummaryAndNothingElse() {
        Ran ran = reconcile("--json", "--out", books.path("out"));

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        assertThat(withoutTimes(ran.out())).isEqualTo(withoutTimes(books.read("out/summary.json")));
    }

    private static Map<String, String> withoutTimes(String json) {
        Map<String, String> values = TestingJson.values(json);
        values.keySet().removeIf(pointer -> pointer.contains("seconds"));
        return values;
    }

    @Test
    void anOlderOutcomeStaysUnlessForced() {
        reconcile("--out", books.path("out"));
        books.write("bank.csv", TestingBooks.BANK.replace("31.00", "30.00"));
        Map<String, String> before = books.snapshot();

        Ran refused = reconcile("--out", books.path("out"));

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errLines())
                .containsExactly(
                        "tieout: "
                                + books.path("out")
                                + ": holds an outcome (matches.csv); name another folder, or"
                                + " overwrite it with --force");
        assertThat(books.snapshot()).isEqualTo(before);
        assertThat(reconcile("--out", books.path("out"), "--force").status()).isZero();
        assertThat(books.read("out/breaks.csv").lines()).hasSize(1);
    }

    @Test
    void rejectsAreAnErrorUnlessAllowed() {
        books.write("ledger.csv", TestingBooks.LEDGER + "L4,A-4,none,2026-01-04\nL5,A-5\n");

        Ran refused = reconcile("--out", books.path("out"), "--max-rejects", 1);
        Ran allowed = reconcile("--out", books.path("out"), "--max-rejects", 2);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errLines()).hasSize(1);
        assertThat(refused.err())
                .contains(books.ledger() + ":5: the value of `amount` is not a decimal")
                .contains("2 rows are rejected, allowed are 1")
                .contains("--max-rejects");
        assertThat(allowed.status()).isEqualTo(1);
        assertThat(allowed.out()).contains("1 left breaks: 1 differs; 2 rows rejected");
        assertThat(books.read("out/rejects.csv").lines().toList())
                .hasSize(3)
                .startsWith("side,line,row,column,reason")
                .anyMatch(line -> line.startsWith("left,5,4,amount,"))
                .anyMatch(line -> line.startsWith("left,6,5,,"));
    }

    @Test
    void aForcedOutcomeWithoutRejectsLeavesNoneOfTheOlder() {
        books.write("ledger.csv", TestingBooks.LEDGER + "L4,A-4,none,2026-01-04\n");
        reconcile("--out", books.path("out"), "--max-rejects", 1);
        assertThat(books.path("out/rejects.csv")).exists();
        books.write("ledger.csv", TestingBooks.LEDGER);

        reconcile("--out", books.path("out"), "--force");

        assertThat(books.path("out/rejects.csv")).doesNotExist();
    }

    @Test
    void eitherSideCanComeFromStandardInput() {
        String expected = TestingJson.value(reconcile("--json").out(), "/digests/outcome");

        Ran left =
                runWith(
                        TestingBooks.LEDGER,
                        "reconcile",
                        "-",
                        books.bank(),
                        "-p",
                        books.plan(),
                        "--json");
        Ran right =
                runWith(
                        TestingBooks.BANK,
                        "reconcile",
                        books.ledger(),
                        "-",
                        "-p",
                        books.plan(),
                        "--json");

        assertThat(TestingJson.value(left.out(), "/digests/outcome")).isEqualTo(expected);
        assertThat(TestingJson.value(left.out(), "/sources/left/name")).isEqualTo("standard input");
        assertThat(TestingJson.value(right.out(), "/digests/outcome")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void theOutcomeDoesNotDependOnThreadsOrOrder(int threads) throws Exception {
        List<String> ledger = new ArrayList<>();
        List<String> bank = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            int reference = random.nextInt(1_500);
            ledger.add("L" + i + ",A-" + reference + "," + i % 7 + ".00,2026-01-0" + (1 + i % 9));
            bank.add("R" + i + ",A-" + reference + "," + i % 5 + ".00,2026-01-0" + (1 + i % 8));
        }
        String expected = digest(ledger, bank, 1);
        Collections.shuffle(ledger, random);
        Collections.shuffle(bank, random);

        assertThat(digest(ledger, bank, threads)).isEqualTo(expected);
    }

    private String digest(List<String> ledger, List<String> bank, int threads) throws Exception {
        String header = "id,ref,amount,date\n";
        Files.writeString(books.ledger(), header + String.join("\n", ledger) + "\n");
        Files.writeString(books.bank(), header + String.join("\n", bank) + "\n");
        Ran ran = reconcile("--json", "--threads", threads);
        assertThat(ran.status()).isEqualTo(1);
        return TestingJson.value(ran.out(), "/digests/outcome");
    }
}
