package io.tieout.formats.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import io.tieout.formats.Damage;
import io.tieout.formats.TestingStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Damages good sources at random and reads them, for as long as `tieout.fuzz.seconds` says. Every
/// input must be read or refused with a message, soon, and alike with any number of threads.
@Tag("long")
final class SourceFuzzTest {
    private static final long SEED = Long.getLong("tieout.fuzz.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ReadOptions.Limits LIMITS =
            new ReadOptions.Limits(64L << 20, 1 << 20, 1000);
    private static final Plan PLAN =
            TestingPlans.plan(
                    TestingPlans.field("id", TestingPlans.TEXT),
                    TestingPlans.field(
                            "amount",
                            TestingPlans.amount(
                                    new CurrencyOf.InColumn("currency"),
                                    TestingPlans.notation('.', ','))),
                    TestingPlans.field("day", TestingPlans.date("yyyy-MM-dd", "dd MMM yyyy")),
                    TestingPlans.field("moment", TestingPlans.dateTime()));
    private static final String[] TOKENS = {
        "\"",
        "\"\"",
        ",",
        ";",
        "\n",
        "\r\n",
        "\r",
        "\u0000",
        "\uFEFF",
        "-",
        "(",
        ")",
        "1e999999999",
        "{",
        "}",
        "[",
        "]",
        ":",
        "\\",
        "\\u0000",
        "\\ud800",
        "null",
        "true",
        "é",
        "😀",
        "sep=",
        "€",
        "9999999999999999999",
        "0000-00-00",
        "2026-02-30",
        "<",
        "&",
        "]]>",
        "<!DOCTYPE a [",
        "&x;"
    };

    private final Random random = new Random(SEED);
    private final Damage damage = new Damage(random, TOKENS);

    @Test
    void damagedCsvIsReadOrRefused() {
        String csv =
                """
                id,amount,currency,day,moment
                A1,"1,234.50",EUR,2026-11-24,2026-11-24T10:20:30Z
                "B
                2",-5.00,CHF,24 Nov 2026,2026-11-24 10:20
                C3,(7.25),USD,,
                """;
        fuzz(csv.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void damagedJsonLinesAreReadOrRefused() {
        String lines =
                """
                {"id":"A1","amount":1234.5,"currency":"EUR","day":"2026-11-24","moment":"2026-11-24T10:20:30Z"}
                {"id":"B\\n2","amount":"-5.00","currency":"CHF","day":"24 Nov 2026","x":{"y":[1,2,{"z":3}]}}
                {"id":3,"amount":1e2,"currency":"USD","day":null}
                """;
        fuzz(lines.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void damagedWorkbooksAreReadOrRefused() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Tieout", "1.0")) {
            Worksheet sheet = book.newWorksheet("Data");
            List<String> names = List.of("id", "amount", "currency", "day", "moment");
            for (int c = 0; c < names.size(); c++) {
                sheet.value(0, c, names.get(c));
            }
            for (int r = 1; r < 20; r++) {
                sheet.value(r, 0, "A" + r);
                sheet.value(r, 1, r * 1.1);
                sheet.value(r, 2, "EUR");
                sheet.value(r, 3, LocalDate.of(2026, 1, r));
                sheet.style(r, 3).format("yyyy-mm-dd").set();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fuzz(bytes.toByteArray(), true);
    }

    private void fuzz(byte[] good, boolean archive) {
        assertThat(TestingSources.read(good, PLAN).table().rows()).isPositive();
        long end =
                System.nanoTime()
                        + Duration.ofSeconds(Integer.getInteger("tieout.fuzz.seconds", 60))
                                        .toNanos()
                                / 3;
        long tried = 0;
        long read = 0;
        while (System.nanoTime() < end) {
            byte[] bytes =
                    archive && random.nextInt(4) > 0 ? damagedInside(good) : damage.damaged(good);
            bytes = wrapped(bytes);
            long start = System.nanoTime();
            String first = outcome(bytes, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d, input %d", SEED, tried)
                    .isLessThan(LIMIT);
            String rows = rows(bytes, 1);
            if (tried % 16 == 0) {
                assertThat(outcome(bytes, 3)).as("seed %d, input %d", SEED, tried).isEqualTo(first);
                assertThat(rows(bytes, 3)).as("seed %d, input %d", SEED, tried).isEqualTo(rows);
            }
            read += first.startsWith("read") ? 1 : 0;
            tried++;
        }
        System.out.printf("%,d inputs, %,d of them read (seed %d)%n", tried, read, SEED);
        assertThat(read).isPositive();
    }

    private static String outcome(byte[] bytes, int threads) {
        try {
            SourceRead read =
                    TestingSources.read(
                            bytes, PLAN, new ReadOptions(threads, 3, LIMITS, Progress.NONE));
            return "read " + read.info() + read.rejects() + read.rejectedTotals();
        } catch (FailureException e) {
            assertThat(e.failure().problem()).isNotBlank();
            assertThat(e.failure().remedy()).isNotBlank();
            return e.failure().message();
        }
    }

    /// What becomes of the source without a plan.
    private static String rows(byte[] bytes, int threads) {
        ReadOptions reading = new ReadOptions(threads, 3, LIMITS, Progress.NONE);
        try {
            TestingStore store =
                    TestingStore.of(
                            SourceInput.stream("left.csv", new ByteArrayInputStream(bytes)),
                            new RowOptions(reading, SourceSpec.DEFAULT, 10_000));
            assertThat(store.columns()).doesNotHaveDuplicates().doesNotContain("");
            assertThat(store.rows().size() + store.rejects().size())
                    .isEqualTo(store.read().info().rows());
            return "read " + store.source() + store.read() + store.rejects() + store.rows();
        } catch (FailureException e) {
            assertThat(e.failure().problem()).isNotBlank();
            assertThat(e.failure().remedy()).isNotBlank().doesNotContain("plan");
            return e.failure().message();
        }
    }

    private byte[] wrapped(byte[] bytes) {
        return switch (random.nextInt(12)) {
            case 0 -> gzip(bytes);
            case 1 -> Zstd.compress(bytes);
            case 2 -> damage.damaged(gzip(bytes));
            case 3 -> damage.damaged(Zstd.compress(bytes));
            case 4 ->
                    new String(bytes, StandardCharsets.UTF_8)
                            .getBytes(
                                    Charset.forName(
                                            random.nextBoolean() ? "UTF-16" : "windows-1252"));
            default -> bytes;
        };
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /// Damages a part of the archive and packs it again, so that it gets past the checksums.
    private byte[] damagedInside(byte[] archive) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (org.apache.commons.compress.archivers.zip.ZipFile zip =
                        org.apache.commons.compress.archivers.zip.ZipFile.builder()
                                .setByteArray(archive)
                                .get();
                ZipOutputStream out = new ZipOutputStream(result)) {
            for (var entry : java.util.Collections.list(zip.getEntries())) {
                byte[] part = zip.getInputStream(entry).readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(random.nextInt(4) == 0 ? damage.damaged(part) : part);
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result.toByteArray();
    }
}
