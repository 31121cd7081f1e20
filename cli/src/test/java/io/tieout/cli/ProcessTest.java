package io.tieout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only a process of its own shows: statuses, signals, pipes and full disks.
class ProcessTest {
    @TempDir private Path dir;
    private TestingBooks books;

    @BeforeEach
    void writeBooks() {
        books = new TestingBooks(dir);
    }

    @Test
    void aRunInPipesEndsWithItsStatusAndSaysNothingElse() throws Exception {
        try (TestingProcess tieout =
                TestingProcess.start(
                        "reconcile", books.ledger(), books.bank(), "-p", books.plan())) {
            assertThat(tieout.out()).startsWith("left   2 of 3 records matched");
            assertThat(tieout.status()).isEqualTo(1);
            assertThat(tieout.err()).isEmpty();
        }
    }

    @Test
    void anErrorEndsWithStatusTwoAndOneLine() throws Exception {
        try (TestingProcess tieout = TestingProcess.start("check", books.path("none.yaml"))) {
            assertThat(tieout.out()).isEmpty();
            assertThat(tieout.status()).isEqualTo(2);
            assertThat(tieout.err())
                    .isEqualTo(
                            "tieout: "
                                    + books.path("none.yaml")
                                    + ": there is no such file; check the path of the plan\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptWhileReadingLeavesNothing(String signal, int status) throws Exception {
        Map<String, String> before = books.snapshot();
        try (TestingProcess tieout =
                TestingProcess.start(
                        "reconcile",
                        "-",
                        books.bank(),
                        "-p",
                        books.plan(),
                        "-o",
                        books.path("out"))) {
            OutputStream in = tieout.process().getOutputStream();
            in.write("id,ref,amount,date\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            awaitFolder(tieout);

            tieout.signal(signal);

            assertThat(tieout.status()).isEqualTo(status);
            assertThat(tieout.err())
                    .isEqualTo(
                            "tieout: standard input: reading was cancelled; start again when you"
                                    + " like\n");
        }
        assertThat(books.snapshot()).isEqualTo(before);
    }

    @Test
    void anInterruptWhileMatchingLeavesNothing() throws Exception {
        StringBuilder rows = new StringBuilder("id,ref,amount,date\n");
        for (int i = 0; i < 40_000; i++) {
            rows.append(i)
                    .append(",REFERENCE ")
                    .append(i * 7919L % 40_000)
                    .append(",1,2026-01-01\n");
        }
        books.write("many.csv", rows.toString());
        books.write(
                "slow.yaml",
                TestingBooks.PLAN.replaceAll(
                        "match: .*", "match: {ref: {similar: levenshtein, at-least: 0.4}}"));
        Map<String, String> before = books.snapshot();
        try (TestingProcess tieout =
                TestingProcess.start(
                        "reconcile",
                        books.path("many.csv"),
                        books.path("many.csv"),
                        "-p",
                        books.path("slow.yaml"),
                        "-o",
                        books.path("out"))) {
            awaitFolder(tieout);
            Thread.sleep(2_000);
            assertThat(tieout.process().isAlive()).isTrue();

            tieout.signal("INT");

            assertThat(tieout.status()).isEqualTo(130);
            assertThat(tieout.err().lines()).hasSize(1);
            assertThat(tieout.err()).contains("cancelled");
        }
        assertThat(books.snapshot()).isEqualTo(before);
    }

    private void awaitFolder(TestingProcess tieout) throws InterruptedException {
        for (int i = 0; i < 600 && !Files.exists(books.path("out")); i++) {
            assertThat(tieout.process().isAlive()).isTrue();
            Thread.sleep(50);
        }
        assertThat(books.path("out")).isDirectory();
    }

    @Test
    void aReaderThatGoesIsNoFailure() throws Exception {
        try (TestingProcess tieout = TestingProcess.start("schema")) {
            tieout.process().getInputStream().close();

            assertThat(tieout.status()).isZero();
            assertThat(tieout.err()).isEmpty();
        }
    }

    @Test
    void aFullDiskUnderStandardOutputIsSaid() throws Exception {
        File full = new File("/dev/full");
        requireOrAssume(full.exists(), "/dev/full, which Linux has");
        List<String> command = new ArrayList<>(TestingProcess.java());
        command.add("schema");
        Process tieout = new ProcessBuilder(command).redirectOutput(full).start();

        String err = new String(tieout.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tieout.waitFor()).isEqualTo(2);
        assertThat(err)
                .isEqualTo(
                        "tieout: standard output: cannot be written; check the disk that it is"
                                + " on\n");
    }

    @Test
    void aFullDiskLeavesNothingOfTheOutcome() throws Exception {
        Path mount = Files.createDirectory(dir.resolve("small"));
        boolean mounted =
                succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount.toString());
        requireOrAssume(mounted, "the right to mount a small tmpfs (as root in a container)");
        try {
            StringBuilder rows = new StringBuilder("id,ref,amount,date\n");
            for (int i = 0; i < 20_000; i++) {
                rows.append(i).append(",A-").append(i).append(",1,2026-01-01\n");
            }
            Path many = books.write("many.csv", rows.toString());
            Path out = mount.resolve("out");
            try (TestingProcess tieout =
                    TestingProcess.start("reconcile", many, many, "-p", books.plan(), "-o", out)) {
                assertThat(tieout.status()).isEqualTo(2);
                assertThat(tieout.out()).isEmpty();
                assertThat(tieout.err())
                        .isEqualTo(
                                "tieout: "
                                        + out
                                        + ": cannot be written to (No space left on device); free"
                                        + " some space or name another\n");
            }
            assertThat(mount).isEmptyDirectory();
        } finally {
            assertThat(succeeds("umount", mount.toString())).isTrue();
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Skips a test that the machine cannot run, saying why; never where everything must run.
    private static void requireOrAssume(boolean there, String needed) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("this test needs " + needed).isTrue();
        }
        assumeThat(there).as("this test needs " + needed).isTrue();
    }
}
