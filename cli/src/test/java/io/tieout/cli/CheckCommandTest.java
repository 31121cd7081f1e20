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

class CheckCommandTest {
    @TempDir private Path dir;
    private TestingBooks books;

    @BeforeEach
    void writeBooks() {
        books = new TestingBooks(dir);
    }

    private Ran check(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("check", books.plan()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    @Test
    void aPlanThatIsFineIsSaidToBe() {
        Ran ran = check();

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).isEqualTo("plan is fine: 3 fields, 1 pass\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aMistakeInThePlanIsLocated() {
        books.write("plan.yaml", TestingBooks.PLAN.replace("exact, amount", "exakt, amount"));

        Ran ran = check();

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.errLines()).hasSize(1);
        assertThat(ran.err())
                .startsWith("tieout: " + books.plan() + ":10:18: ")
                .contains("`exact`");
    }

    @Test
    void sourcesAreReadAndPassesEstimated() {
        Ran ran = check(books.ledger(), books.bank());

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("left: " + books.ledger() + ": csv, 3 records, 0 rows rejected")
                .contains("records with equal ref, amount; windows over date")
                .contains("the limit of a pass is 2,000,000,000 pairs");
    }

    @Test
    void aPassAboveTheLimitIsShownAndAnError() {
        Ran ran = check(books.ledger(), books.bank(), "--max-pairs", 1);

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).contains("(above the limit)");
        assertThat(ran.errLines()).hasSize(1);
        assertThat(ran.err())
                .contains(books.plan() + " (/passes/0): pass \"all\" would compare")
                .contains("more than the limit of 1;");
    }

    @Test
    void rejectsAreCountedShownAndAnErrorUnlessAllowed() {
        books.write("ledger.csv", TestingBooks.LEDGER + "L4,A-4,none,2026-01-04\nL5,A-5\n");

        Ran refused = check(books.ledger(), books.bank());
        Ran allowed = check(books.ledger(), books.bank(), "--max-rejects", 2);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out())
                .contains("3 records, 2 rows rejected")
                .contains("  line 5: the value of `amount` is not a decimal")
                .contains("  line 6: the row has 2 fields, not 4");
        assertThat(refused.errLines()).hasSize(1);
        assertThat(refused.err()).contains(":5: 2 rows are rejected").contains("allowed are 0;");
        assertThat(allowed.status()).isZero();
    }

    @Test
    void eachSideSaysWhatIsWrongWithIt() {
        books.write("ledger.csv", TestingBooks.LEDGER.replace("L2", "L1"));
        books.write("bank.csv", TestingBooks.BANK.replace("amount", "amt"));

        Ran ran = check(books.ledger(), books.bank());

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.errLines()).hasSize(2);
        assertThat(ran.errLines().get(0))
                .contains(books.ledger() + ":3: the key in column `id` is that of line 2 too");
        assertThat(ran.errLines().get(1))
                .contains(books.bank() + ":1: there is no column `amount`");
    }

    @Test
    void jsonTellsTheSame() {
        Ran ran = check(books.ledger(), books.bank(), "--json");

        Map<String, String> told = TestingJson.values(ran.out());
        assertThat(told)
                .containsEntry("/plan/fields", "3")
                .containsEntry("/plan/passes", "1")
                .containsEntry("/sources/left/records", "3")
                .containsEntry("/sources/right/rejects", "0")
                .containsEntry("/estimates/0/pass", "all")
                .containsEntry("/estimates/0/allowed", "true");
    }

    @Test
    void oneSourceAloneIsRefused() {
        Ran ran = check(books.ledger());

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo(
                        "tieout: give both sources, LEFT and RIGHT, or none; see `tieout check"
                                + " --help`\n");
    }
}
