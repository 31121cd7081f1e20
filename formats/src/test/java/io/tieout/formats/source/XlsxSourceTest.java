package io.tieout.formats.source;

import static io.tieout.formats.source.TestingPlans.date;
import static io.tieout.formats.source.TestingPlans.dateTime;
import static io.tieout.formats.source.TestingPlans.field;
import static io.tieout.formats.source.TestingPlans.plainAmount;
import static io.tieout.formats.source.TestingPlans.plan;
import static io.tieout.formats.source.TestingPlans.texts;
import static io.tieout.formats.source.TestingSources.read;
import static io.tieout.formats.source.TestingSources.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

final class XlsxSourceTest {
    private static byte[] workbook(String sheet, Consumer<Worksheet> fill) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Tieout", "1.0")) {
            book.newWorksheet("Notes").value(0, 0, "nothing here");
            fill.accept(book.newWorksheet(sheet));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static SourceSpec sheet(String name) {
        return new SourceSpec(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(name),
                Optional.empty());
    }

    @Test
    void cellsBecomeValuesOfTheirTypes() {
        byte[] bytes =
                workbook(
                        "Data",
                        ws -> {
                            ws.value(2, 0, "amount");
                            ws.value(2, 1, "day");
                            ws.value(2, 2, "moment");
                            ws.value(2, 3, "ref");
                            ws.value(3, 0, 0.1 + 0.2);
                            ws.value(3, 1, LocalDate.of(2026, 2, 28));
                            ws.style(3, 1).format("dd/mm/yyyy").set();
                            ws.value(3, 2, LocalDateTime.of(2026, 2, 28, 13, 45, 10));
                            ws.style(3, 2).format("yyyy-mm-dd hh:mm:ss").set();
                            ws.value(3, 3, 1234567890123L);
                            ws.value(5, 0, "1,234.50");
                            ws.value(5, 1, 46081);
                            ws.value(5, 3, "Größe");
                        });
        SourceRead read =
                read(
                        bytes,
                        plan(
                                sheet("Data"),
                                field("amount", plainAmount()),
                                field("day", date("dd.MM.yyyy")),
                                field("moment", dateTime()),
                                field("ref", TestingPlans.TEXT)));
        assertThat(read.info().format()).isEqualTo(SourceFormat.XLSX);
        assertThat(valuesOf(read, "amount")).containsExactly("0.30", "1234.50");
        assertThat(valuesOf(read, "day")).containsExactly("2026-02-28", "2026-02-28");
        assertThat(valuesOf(read, "moment")).containsExactly("2026-02-28T13:45:10Z", "");
        assertThat(valuesOf(read, "ref")).containsExactly("1234567890123", "Größe");
    }

    @Test
    void amountsAreExactToTheDigitsThatASheetShows() {
        byte[] bytes =
                workbook(
                        "Data",
                        ws -> {
                            ws.value(0, 0, "amount");
                            ws.value(1, 0, new BigDecimal("123456789012.34"));
                            ws.value(2, 0, 1e-7);
                        });
        SourceRead read = read(bytes, plan(sheet("Data"), field("amount", plainAmount())));
        assertThat(valuesOf(read, "amount")).containsExactly("123456789012.3400000", "0.0000001");
    }

    @Test
    void missingSheetAndColumnAreRefused() {
        byte[] bytes = workbook("Data", ws -> ws.value(0, 0, "A"));
        assertThatThrownBy(() -> read(bytes, plan(sheet("data"), field("A", TestingPlans.TEXT))))
                .hasMessage("left.csv: there is no sheet `data`; did you mean `Data`?");
        assertThatThrownBy(() -> read(bytes, plan(sheet("Data"), field("a", TestingPlans.TEXT))))
                .hasMessageStartingWith("left.csv:1: sheet `Data`: there is no column `a`");
    }

    @Test
    void damagedWorkbookIsRefused() throws IOException {
        byte[] bytes = workbook("Data", ws -> ws.value(0, 0, "a"));
        byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
        assertThatThrownBy(() -> read(cut, texts("a")))
                .hasMessageStartingWith("left.csv: is no workbook that can be read");
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(other)) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
            zip.write("no workbook".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> read(other.toByteArray(), texts("a")))
                .hasMessageStartingWith("left.csv: is no workbook that can be read");
    }

    @Test
    void workbookThatUnfoldsBeyondTheLimitIsRefused() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] blank = new byte[1 << 20];
            for (int i = 0; i < 16; i++) {
                zip.write(blank);
            }
        }
        ReadOptions small =
                new ReadOptions(1, 0, new ReadOptions.Limits(8 << 20, 1 << 20, 100), Progress.NONE);
        assertThatThrownBy(() -> read(bomb.toByteArray(), texts("a"), small))
                .hasMessageStartingWith("left.csv: has more than 8388608 bytes unfolded");
    }

    @Test
    void formatsOfDatesAreToldFromThoseOfNumbers() {
        for (String date : new String[] {"dd/mm/yyyy", "[$-409]d-mmm-yy;@", "h:mm AM/PM", "YYYY"}) {
            assertThat(SheetFormats.isDate(date)).as(date).isTrue();
        }
        for (String number :
                new String[] {"0.00", "#,##0.00 \"days\"", "[Red]0", "0\\d", "General;d"}) {
            assertThat(SheetFormats.isDate(number)).as(number).isFalse();
        }
    }

    @Test
    void headerIsFoundBelowOtherRows() {
        byte[] bytes =
                workbook(
                        "Data",
                        ws -> {
                            ws.value(0, 0, "Statement of account");
                            ws.value(3, 1, "a");
                            ws.value(3, 2, "b");
                            ws.value(4, 1, "1");
                            ws.value(4, 2, "2");
                        });
        SourceRead read =
                read(
                        bytes,
                        plan(
                                sheet("Data"),
                                field("a", TestingPlans.TEXT),
                                field("b", TestingPlans.TEXT)));
        assertThat(valuesOf(read, "b")).containsExactly("2");
    }

    @Test
    void hiddenSheetIsNotTheFirst() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Tieout", "1.0")) {
            Worksheet hidden = book.newWorksheet("Lists");
            hidden.value(0, 0, "nothing here");
            hidden.setVisibilityState(VisibilityState.HIDDEN);
            Worksheet shown = book.newWorksheet("Data");
            shown.value(0, 0, "a");
            shown.value(1, 0, "1");
        }
        assertThat(valuesOf(read(bytes.toByteArray(), texts("a")), "a")).containsExactly("1");
    }

    @Test
    void formulaWithoutItsValueIsRejected() {
        byte[] bytes =
                workbook(
                        "Data",
                        ws -> {
                            ws.value(0, 0, "a");
                            ws.formula(1, 0, "1+2");
                        });
        assertThatThrownBy(() -> read(bytes, plan(sheet("Data"), field("a", plainAmount()))))
                .hasMessageStartingWith("left.csv:2: the value of `a` holds a formula without");
    }

    @Test
    void longWholeNumbersKeepTheirDigits() {
        byte[] bytes =
                workbook(
                        "Data",
                        ws -> {
                            ws.value(0, 0, "a");
                            ws.value(1, 0, 1234567890123456L);
                        });
        assertThat(valuesOf(read(bytes, plan(sheet("Data"), field("a", TestingPlans.TEXT))), "a"))
                .containsExactly("1234567890123456");
    }

    @Test
    void formulaThatGivesAnEmptyTextIsAbsent() throws IOException {
        byte[] bytes =
                workbook(
                        "Data",
                        ws -> {
                            ws.value(0, 0, "a");
                            ws.value(0, 1, "b");
                            ws.value(1, 0, "x");
                            ws.formula(1, 1, "1+2");
                        });
        byte[] computed = patched(bytes, "<c r=\"B2\"", "<c t=\"str\" r=\"B2\"");
        Plan plan = plan(sheet("Data"), field("a", TestingPlans.TEXT), field("b", plainAmount()));
        assertThat(valuesOf(read(computed, plan), "b")).containsExactly("");
    }

    private static byte[] patched(byte[] workbook, String from, String to) throws IOException {
        ByteArrayOutputStream patched = new ByteArrayOutputStream();
        try (ZipFile in = ZipFile.builder().setByteArray(workbook).get();
                ZipOutputStream out = new ZipOutputStream(patched)) {
            for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
                String part =
                        new String(
                                in.getInputStream(entry).readAllBytes(),
                                StandardCharsets.ISO_8859_1);
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(part.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return patched.toByteArray();
    }

    @Test
    void cellBeyondTheLastColumnIsRefused() throws IOException {
        byte[] bytes = workbook("Data", ws -> ws.value(0, 0, "a"));
        byte[] patched = patched(bytes, "r=\"A1\"", "r=\"ZZZZZZ1\"");
        assertThatThrownBy(() -> read(patched, plan(sheet("Data"), field("a", TestingPlans.TEXT))))
                .hasMessageStartingWith("left.csv: has a cell beyond column XFD");
    }
}
