package io.tieout.formats.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import io.tieout.formats.TestingStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowReaderTest {
    private static RowOptions options(int threads, int maxRejects) {
        return new RowOptions(
                new ReadOptions(threads, maxRejects, ReadOptions.Limits.DEFAULT, Progress.NONE),
                SourceSpec.DEFAULT,
                50);
    }

    private static RowOptions header(boolean stated) {
        return new RowOptions(
                ReadOptions.DEFAULT,
                new SourceSpec(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(stated)),
                50);
    }

    private static TestingStore read(byte[] bytes, RowOptions options) {
        return TestingStore.of(
                SourceInput.stream("left.csv", new ByteArrayInputStream(bytes)), options);
    }

    private static TestingStore read(String text, RowOptions options) {
        return read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static TestingStore read(String text) {
        return read(text, options(1, 0));
    }

    @Test
    void allColumnsAreReadAsTheyAre() {
        TestingStore store = read("id;amount\n\"a;1\"; 5,00 \n\n\"x\ny\";\"\"\nz;\n");
        assertThat(store.source())
                .isEqualTo(
                        new RowSource(
                                SourceFormat.CSV,
                                "none",
                                Optional.of("UTF-8"),
                                Optional.of(';'),
                                Optional.empty(),
                                true,
                                List.of("id", "amount")));
        assertThat(store.texts("id")).containsExactly("a;1", "x\ny", "z");
        assertThat(store.texts("amount")).containsExactly(" 5,00 ", "", "");
        assertThat(store.rows())
                .extracting(TestingStore.Row::number, TestingStore.Row::line)
                .containsExactly(tuple(1, 2L), tuple(2, 4L), tuple(3, 6L));
        assertThat(store.read().info().rows()).isEqualTo(3);
    }

    @Test
    void aDelimiterThatWouldLeaveQuotesInTheMiddleOfCellsIsNone() {
        String csv =
                """
                id;amount;note
                A0;"1";""
                too;few
                A1;"1";"€, ;"
                A2;"1,234.5";""
                """;
        assertThat(read(csv, options(1, 1)).source().columns())
                .containsExactly("id", "amount", "note");
    }

    @Test
    void linesAboveTheHeaderArePassedOver() {
        String csv =
                """
                Statement of account;;;
                Account;DE02120300000000202051;;
                ;;;

                Date;Reference;Amount;Currency
                24.11.2026;Rent;-850,00;EUR
                25.11.2026;Salary;2.000,00;EUR
                """;
        TestingStore store = read(csv);
        assertThat(store.columns()).containsExactly("Date", "Reference", "Amount", "Currency");
        assertThat(store.texts("Reference")).containsExactly("Rent", "Salary");
        assertThat(store.rows().getFirst().line()).isEqualTo(6);
        String narrow = csv.replace(";;", "").replace("DE02", "DE02;");
        assertThat(read(narrow).columns()).isEqualTo(store.columns());
    }

    @Test
    void dataWithoutAHeaderNameTheirColumnsByPosition() {
        TestingStore store = read("INV-0001,ACME,12.50\nINV-0002,Initech,7\n");
        assertThat(store.source().header()).isFalse();
        assertThat(store.columns()).containsExactly("1", "2", "3");
        assertThat(store.texts("2")).containsExactly("ACME", "Initech");
        assertThat(store.rows().getFirst().number()).isEqualTo(1);
    }

    @Test
    void noRowIsLostAboveDataWithoutAHeader() {
        TestingStore store = read("Statement\n1,2\n3,4\n", options(1, 1));
        assertThat(store.columns()).containsExactly("1", "2");
        assertThat(store.rejects())
                .extracting(Reject::line, Reject::row, Reject::reason)
                .containsExactly(tuple(1L, 1, "has 1 field, not 2 as the first"));
        assertThat(store.rows()).extracting(TestingStore.Row::number).containsExactly(2, 3);
    }

    @Test
    void whetherThereIsAHeaderCanBeSaid() {
        assertThat(read("1,2\n3,4\n", header(true)).columns()).containsExactly("1", "2");
        assertThat(read("1,2\n3,4\n", header(true)).rows()).hasSize(1);
        assertThat(read("a,b\nc,d\n", header(false)).texts("1")).containsExactly("a", "c");
    }

    @Test
    void emptyAndRepeatedNamesBecomeNamesOfTheirOwn() {
        assertThat(read(",amount,amount,4,\n0,1.5,2,x,y\n", header(true)).columns())
                .containsExactly("1", "amount 1", "amount 2", "4", "5");
        assertThat(read("a,a,a 2,\n1,2,3,4\n").columns())
                .containsExactly("a 1", "a 2 2", "a 2", "4");
    }

    @Test
    void rowWithABadCellIsRejectedWithItsColumn() {
        byte[] bytes =
                ("a,b,c\n1,é,x\n2,?,x\n3,4,y" + "z".repeat(50) + "\n5,6,7\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = "ü,1,2\n8,\0,9\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("a,b,c\n".getBytes(StandardCharsets.UTF_8));
        // What is no text would be found at the start, so that comes later.
        all.writeBytes("1,2,3\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
        all.writeBytes(bytes);
        all.writeBytes(utf8);
        TestingStore store = read(all.toByteArray(), options(2, 3));
        assertThat(store.rejects())
                .extracting(Reject::line, Reject::row, Reject::column, Reject::reason)
                .containsExactly(
                        tuple(50_003L, 50_002, "b", RawRows.NOT_UTF_8),
                        tuple(50_005L, 50_004, "c", "has 51 bytes, more than 50"),
                        tuple(50_008L, 50_007, "b", RawRows.NUL));
        assertThat(store.rows()).hasSize(50_004);
        assertThat(store.read().rejected()).isEqualTo(3);
        assertThatThrownBy(() -> read(all.toByteArray(), options(2, 2)))
                .hasMessage(
                        "left.csv:50003: the value of `b` is not valid UTF-8; if the file is in"
                                + " another encoding, name it with `encoding` (at least 3 rows are"
                                + " rejected, allowed are 2); correct the source, or allow more"
                                + " rejects");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void rowsComeInOrderWhateverTheNumberOfThreads(int threads) {
        int count = 300_000;
        String csv =
                IntStream.range(0, count)
                        .mapToObj(i -> i + ",\"a\n" + i * 7 + "\"")
                        .collect(Collectors.joining("\n", "id,text\n", "\n"));
        TestingStore store = read(csv, options(threads, 0));
        assertThat(store.rows()).hasSize(count);
        for (int i = 0; i < count; i++) {
            TestingStore.Row row = store.rows().get(i);
            assertThat(row.number()).isEqualTo(i + 1);
            assertThat(row.line()).isEqualTo(2L * i + 2);
            assertThat(row.cells().values())
                    .extracting(TestingStore.Cell::text)
                    .containsExactly(Integer.toString(i), "a\n" + i * 7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatTheSinkThrowsEndsTheReading(int threads) {
        byte[] csv = ("a,b\n" + "1,2\n".repeat(3_000_000)).getBytes(StandardCharsets.ISO_8859_1);
        AtomicBoolean thrown = new AtomicBoolean();
        RowSink sink =
                new RowSink() {
                    @Override
                    public void start(RowSource source) {}

                    @Override
                    public void accept(RowBatch batch) {
                        if (thrown.getAndSet(true)) {
                            throw new AssertionError("called after it failed");
                        }
                        throw new IllegalStateException("full");
                    }
                };
        SourceInput input = SourceInput.stream("left.csv", new ByteArrayInputStream(csv));
        assertThatThrownBy(() -> RowReader.read(input, options(threads, 0), sink))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
    }

    @Test
    void openQuoteIsRefusedWhereItOpens() {
        assertThatThrownBy(() -> read("a,b\n1,2\n3,\"4\n5,6\n"))
                .hasMessageStartingWith("left.csv:3:3: a quote is opened here and never closed");
    }

    @Test
    void namesOfJsonKeepTheirPlaces() {
        TestingStore store =
                read(
                        """
                        {"id":1,"p":{"q":"x"},"tags":[1, {"a":2}],"n":null}
                        {"more":true,"id":"2","p":{"q":""}}
                        {}
                        """);
        assertThat(store.source().columns()).isEmpty();
        assertThat(store.columns()).containsExactly("id", "p", "p.q", "tags", "n", "more");
        assertThat(store.texts("id")).containsExactly("1", "2", null);
        assertThat(store.texts("p.q")).containsExactly("x", "", null);
        assertThat(store.texts("tags")).containsExactly("[1, {\"a\":2}]", null, null);
        assertThat(store.texts("n")).containsOnlyNulls();
        assertThat(store.rows().getFirst().cells().values())
                .extracting(TestingStore.Cell::kind)
                .containsExactly(CellKind.NUMBER, CellKind.OBJECT, CellKind.TEXT, CellKind.ARRAY);
    }

    @Test
    void badMembersAreRejects() {
        TestingStore store =
                read(
                        """
                        {"a":"x\\u0000y"}
                        {"b\\u0000":1}
                        {"a.b":1,"a":{"b":2}}
                        {"c\\ud800":1}
                        7
                        """,
                        options(1, 5));
        assertThat(store.rows()).isEmpty();
        assertThat(store.rejects())
                .extracting(Reject::line, Reject::column)
                .containsExactly(
                        tuple(1L, "a"), tuple(2L, ""), tuple(3L, ""), tuple(4L, ""), tuple(5L, ""));
        assertThat(store.rejects().get(1).reason()).startsWith("has a name of more than 1000");
    }

    @Test
    void tooManyColumnsAreRefused() {
        ReadOptions.Limits limits = new ReadOptions.Limits(1 << 20, 1 << 20, 2);
        RowOptions two =
                new RowOptions(
                        new ReadOptions(1, 0, limits, Progress.NONE), SourceSpec.DEFAULT, 50);
        assertThatThrownBy(() -> read("{\"a\":1}\n{\"b\":1,\"c\":2}\n", two))
                .hasMessageStartingWith("left.csv:2: has more than 2 columns; ");
        assertThatThrownBy(() -> read("a,b,c\n", two))
                .hasMessageStartingWith("left.csv:1: has 3 columns, more than 2");
    }

    @Test
    void cellsOfASheetKeepTheirKindsAndItsRowsTheirWidth() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Tieout", "1.0")) {
            Worksheet sheet = book.newWorksheet("Data");
            sheet.value(0, 0, "Report of November");
            sheet.value(2, 0, "id");
            sheet.value(2, 1, "amount");
            sheet.value(2, 2, "day");
            sheet.value(3, 0, "A");
            sheet.value(3, 1, 12.5);
            sheet.value(3, 2, LocalDate.of(2026, 11, 24));
            sheet.style(3, 2).format("yyyy-mm-dd").set();
            sheet.value(5, 0, "B");
            sheet.value(5, 4, "beside");
        }
        TestingStore store = read(bytes.toByteArray(), options(1, 0));
        assertThat(store.source().sheet()).contains("Data");
        assertThat(store.columns()).containsExactly("id", "amount", "day", "4", "5");
        assertThat(store.texts("amount")).containsExactly("12.5", null);
        assertThat(store.texts("day")).containsExactly("2026-11-24", null);
        assertThat(store.texts("5")).containsExactly(null, "beside");
        assertThat(store.rows().getFirst().cells().values())
                .extracting(TestingStore.Cell::kind)
                .containsExactly(CellKind.TEXT, CellKind.SERIAL, CellKind.DATE);
        assertThat(store.rows())
                .extracting(TestingStore.Row::number, TestingStore.Row::line)
                .containsExactly(tuple(1, 4L), tuple(2, 6L));
    }

    @Test
    void whatIsSaidOfASourceAndIsNotSoIsNoMistakeOfAPlan() {
        SourceSpec klingon =
                new SourceSpec(
                        Optional.empty(),
                        Optional.of("klingon"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThatThrownBy(() -> read("a\n1\n", new RowOptions(ReadOptions.DEFAULT, klingon, 50)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.UnreadableSource.class))
                .hasMessageStartingWith("left.csv: there is no encoding `klingon`");
    }
}
