package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class CsvFileProperties {
    @Provide
    Arbitrary<String> cell() {
        return Arbitraries.of(
                        "a", "\"", ",", ";", "\n", "\r", " ", "\t", "#", "=", "é", "😀", "\u2028")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    // Each try waits for the disk.
    @Property(tries = 100)
    void whatIsWrittenIsReadBackByAnotherReader(
            @ForAll List<@Size(3) List<@From("cell") String>> rows) throws IOException {
        Path path = unusedPath();
        try (CsvFile csv = new CsvFile(path, "x", "y", "z")) {
            for (List<String> row : rows) {
                byte[] middle = ("<" + row.get(1) + ">").getBytes(StandardCharsets.UTF_8);
                csv.text(row.getFirst());
                csv.bytes(middle, 1, middle.length - 1);
                csv.encoded(CsvFile.encode(row.get(2)));
                csv.endRow();
            }
            csv.finish();
        }
        List<List<String>> read = read(path);
        assertThat(read.getFirst()).containsExactly("x", "y", "z");
        assertThat(read.subList(1, read.size())).isEqualTo(rows);
    }

    @Property(tries = 100)
    void numbersHaveAllTheirDigits(@ForAll @LongRange(min = 0) long number) throws IOException {
        Path path = unusedPath();
        try (CsvFile csv = new CsvFile(path, "n")) {
            csv.number(number);
            csv.endRow();
            csv.finish();
        }
        assertThat(read(path).get(1)).containsExactly(Long.toString(number));
    }

    @Property
    void signedDecimalsAreThoseOfBigDecimal(
            @ForAll @LongRange(min = -Long.MAX_VALUE) long unscaled,
            @ForAll @IntRange(max = 18) int scale) {
        String plain = BigDecimal.valueOf(unscaled, scale).toPlainString();
        assertThat(new TextBuffer().appendSigned(unscaled, scale).toString())
                .isEqualTo(unscaled > 0 ? "+" + plain : plain);
    }

    /// Longer than the buffer, so that it is flushed and grown in the midst of a row.
    @Example
    void aValueLargerThanTheBufferIsWhole() throws IOException {
        String large = "x\"".repeat(200_000);
        Path path = unusedPath();
        try (CsvFile csv = new CsvFile(path, "a", "b")) {
            csv.text("short");
            byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
            csv.bytes(bytes, 0, bytes.length);
            csv.endRow();
            csv.finish();
        }
        assertThat(read(path).get(1)).containsExactly("short", large);
    }

    private static Path unusedPath() throws IOException {
        Path path = Files.createTempFile("tieout", ".csv");
        Files.delete(path);
        path.toFile().deleteOnExit();
        return path;
    }

    private static List<List<String>> read(Path path) throws IOException {
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder()
                        .skipEmptyLines(false)
                        .maxBufferSize(1 << 22)
                        .ofCsvRecord(path)) {
            return csv.stream().map(CsvRecord::getFields).toList();
        } finally {
            Files.delete(path);
        }
    }
}
