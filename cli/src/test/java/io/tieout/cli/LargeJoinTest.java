package io.tieout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.cli.TestingCommand.Ran;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeJoinTest {
    private static final int RECORDS = 1_000_000;

    @TempDir private Path dir;

    @Test
    void aPassThatWouldCompareATrillionPairsIsStoppedBeforeItStarts() throws IOException {
        TestingBooks books = new TestingBooks(dir);
        try (BufferedWriter out = Files.newBufferedWriter(books.path("many.csv"))) {
            out.write("id,ref,amount,date\n");
            for (int i = 0; i < RECORDS; i++) {
                out.write(i + ",A-" + i + ",10.00,2026-01-01\n");
            }
        }
        books.write("plan.yaml", TestingBooks.PLAN.replace("ref: exact, ", ""));
        Path many = books.path("many.csv");

        Ran ran =
                TestingCommand.run(
                        "reconcile",
                        many,
                        many,
                        "--plan",
                        books.plan(),
                        "--out",
                        books.path("out"));

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.errLines())
                .containsExactly(
                        "tieout: "
                                + books.plan()
                                + " (/passes/0): pass \"all\" would compare 1,000,000,000,000"
                                + " pairs, more than the limit of 2,000,000,000; add an exact"
                                + " comparison, tighten a `within`, or raise --max-pairs");
        assertThat(books.path("out")).doesNotExist();
    }
}
