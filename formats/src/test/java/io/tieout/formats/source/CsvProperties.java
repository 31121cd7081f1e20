package io.tieout.formats.source;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import io.tieout.formats.source.RecordBuilder.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// The reader against an independent one, over whatever comes.
final class CsvProperties {
    private static final Plan XY = TestingPlans.texts("x", "y");

    @Provide
    Arbitrary<String> cell() {
        return Arbitraries.of("a", "b", "\"", ",", ";", "\n", "\r", " ", "'", "é", "€", "😀")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> scrap() {
        return Arbitraries.of("a", "b", ",", ",", "\"", "\"", "\n", "\n", "\r\n", "é", "aaaaaaaa")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Property
    void whatAnotherWriterWroteComesBack(
            @ForAll List<@Size(2) List<@net.jqwik.api.From("cell") String>> rows,
            @ForAll boolean quoteAll,
            @ForAll boolean crlf)
            throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter csv =
                CsvWriter.builder()
                        .quoteStrategy(
                                quoteAll ? QuoteStrategies.ALWAYS : QuoteStrategies.NON_EMPTY)
                        .lineDelimiter(crlf ? LineDelimiter.CRLF : LineDelimiter.LF)
                        .build(text)) {
            csv.writeRecord("x", "y");
            rows.forEach(csv::writeRecord);
        }
        SourceRead read = TestingSources.read(text.toString(), XY);
        for (int f = 0; f < 2; f++) {
            int field = f;
            assertThat(TestingSources.valuesOf(read, f == 0 ? "x" : "y"))
                    .isEqualTo(rows.stream().map(row -> row.get(field).strip()).toList());
        }
    }

    /// FastCSV with the same lenience reads the same records, wherever the text is cut.
    @Property(tries = 3000)
    void recordsAreThoseOfAnotherReaderWhereverTheTextIsCut(
            @ForAll("scrap") String scrap,
            @ForAll @IntRange(min = 1, max = 24) int stretchBytes,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        List<List<String>> expected = new ArrayList<>();
        boolean refused = false;
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder()
                        .skipEmptyLines(true)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .ofCsvRecord(scrap)) {
            csv.forEach(record -> expected.add(record.getFields()));
        } catch (RuntimeException | IOException e) {
            refused = true;
        }
        byte[] bytes = scrap.getBytes(StandardCharsets.UTF_8);
        Layout layout = new Layout(TestingPlans.texts("1", "2"), Side.LEFT);
        Dialect dialect = new Dialect((byte) ',', (byte) '\n', false);
        Stretches stretches =
                new Stretches(
                        "t",
                        new byte[0],
                        new ByteArrayInputStream(bytes),
                        dialect,
                        stretchBytes,
                        1 << 20);
        Parsing<Part> parsing = new Parsing<>(stretches, "left.csv", 1, (byte) '\n', 1000);
        List<Part> parts =
                parsing.run(
                        threads,
                        () ->
                                new CsvParser<>(
                                        rows -> new RecordBuilder(layout, rows, 1000),
                                        dialect,
                                        new int[] {0, 1},
                                        2));
        if (refused) {
            assertThat(
                            parsing.unclosed() != null
                                    || parts.stream().anyMatch(CsvProperties::hasTextAfterQuote))
                    .isTrue();
            return;
        }
        assertThat(parsing.unclosed()).isNull();
        assertThat(parts.stream().mapToInt(Part::rows).sum()).isEqualTo(expected.size());
        assertThat(parts.stream().flatMap(CsvProperties::records).toList())
                .isEqualTo(
                        expected.stream()
                                .filter(record -> record.size() == 2)
                                .map(record -> record.stream().map(String::strip).toList())
                                .toList());
    }

    /// Cut anywhere and parsed by several threads, rows come as they do of one stretch.
    @Property(tries = 2000)
    void rowsComeInOrderWhereverTheTextIsCut(
            @ForAll("scrap") String scrap,
            @ForAll @IntRange(min = 1, max = 24) int stretchBytes,
            @ForAll @IntRange(min = 1, max = 3) int threads,
            @ForAll @IntRange(max = 4) int maxRejects) {
        assertThat(rows(scrap, stretchBytes, threads, maxRejects))
                .isEqualTo(rows(scrap, 1 << 16, 1, maxRejects));
    }

    private static String rows(String text, int stretchBytes, int threads, int maxRejects) {
        Dialect dialect = new Dialect((byte) ',', (byte) '\n', false);
        RowOptions options =
                new RowOptions(
                        new ReadOptions(1, maxRejects, ReadOptions.Limits.DEFAULT, Progress.NONE),
                        SourceSpec.DEFAULT,
                        3);
        ColumnNames names = new ColumnNames("t", 2);
        names.growTo(2);
        StringBuilder rows = new StringBuilder();
        RowDelivery delivery =
                new RowDelivery(
                        "t",
                        names,
                        new RowSink() {
                            @Override
                            public void start(RowSource source) {}

                            @Override
                            public void accept(RowBatch batch) {
                                append(batch, rows);
                            }
                        },
                        maxRejects);
        Stretches stretches =
                new Stretches(
                        "t",
                        new byte[0],
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        dialect,
                        stretchBytes,
                        1 << 20);
        try {
            new OrderedDelivery<RawRows.Part>(stretches, "t", 1, (byte) '\n', delivery::take)
                    .run(
                            threads,
                            () -> {
                                RawRows raw = new RawRows(true, names.view()::get, options);
                                return new CsvParser<>(
                                        _ -> raw.clear(), dialect, new int[] {0, 1}, 2);
                            });
        } catch (FailureException e) {
            // How many rejects there are at least depends on where the text is cut.
            return e.failure().message().replaceFirst("\\(.*", "");
        }
        return rows.toString();
    }

    private static void append(RowBatch batch, StringBuilder rows) {
        int reject = 0;
        for (int row = 0; row < batch.rows(); row++) {
            while (reject < batch.rejects().size()
                    && batch.rejects().get(reject).row() < batch.number(row)) {
                rows.append(batch.rejects().get(reject++));
            }
            rows.append(batch.number(row)).append('@').append(batch.line(row));
            for (int cell = batch.firstCell(row); cell < batch.endCell(row); cell++) {
                int from = batch.from(cell);
                String text =
                        new String(
                                batch.bytes(), from, batch.to(cell) - from, StandardCharsets.UTF_8);
                rows.append('[').append(text).append(']');
            }
        }
        batch.rejects().stream().skip(reject).forEach(rows::append);
    }

    @Property(tries = 2000)
    void noBytesDoMoreThanFailWithAMessage(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            TestingSources.read(
                    bytes, XY, new ReadOptions(2, 10, ReadOptions.Limits.DEFAULT, Progress.NONE));
        } catch (FailureException e) {
            assertThat(e.failure().remedy()).isNotEmpty();
        }
    }

    private static boolean hasTextAfterQuote(Part part) {
        return part.rejects().stream().anyMatch(reject -> reject.reason().contains("quote"));
    }

    private static Stream<List<String>> records(Part part) {
        return IntStream.range(0, part.rows() - part.rejected())
                .mapToObj(row -> List.of(part.columns()[0].text(row), part.columns()[1].text(row)));
    }
}
