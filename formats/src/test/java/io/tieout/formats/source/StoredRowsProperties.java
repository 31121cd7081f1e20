package io.tieout.formats.source;

import static io.tieout.formats.source.TestingPlans.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import io.tieout.engine.table.Table;
import io.tieout.formats.TestingStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// The two ways from a source to a table, straight and over stored rows, against each other.
final class StoredRowsProperties {
    private static final List<String> NAMES = List.of("id", "amount", "currency", "day", "note");
    private static final Field[] FIELDS = {
        field("note", TestingPlans.TEXT),
        field(
                "amount",
                TestingPlans.amount(
                        new CurrencyOf.InColumn("currency"), TestingPlans.notation('.', ','))),
        field("day", TestingPlans.date("yyyy-MM-dd", "dd MMM yyyy")),
    };
    private static final Plan NUMBERED = TestingPlans.plan(FIELDS);
    private static final Plan KEYED = TestingPlans.plan(SourceSpec.keyedBy("id"), FIELDS);
    private static final ReadOptions READING =
            new ReadOptions(2, 1000, ReadOptions.Limits.DEFAULT, Progress.NONE);

    private static SourceInput input(byte[] bytes) {
        return SourceInput.stream("left.csv", new ByteArrayInputStream(bytes));
    }

    private static void bothWaysAgree(byte[] bytes, Plan plan, int parts) {
        SourceRead straight = SourceReader.read(input(bytes), plan, Side.LEFT, READING);
        TestingStore store =
                TestingStore.of(input(bytes), new RowOptions(READING, SourceSpec.DEFAULT, 1000));
        SourceRead stored = store.table(plan, Side.LEFT, 1000, parts);
        assertThat(stored.info()).isEqualTo(straight.info());
        assertThat(shown(stored.rejects())).isEqualTo(shown(straight.rejects()));
        assertThat(stored.rejectedTotals()).isEqualTo(straight.rejectedTotals());
        Table one = stored.table();
        Table other = straight.table();
        assertThat(one.rows()).isEqualTo(other.rows());
        for (int row = 0; row < one.rows(); row++) {
            assertThat(one.key(row)).isEqualTo(other.key(row));
            assertThat(one.rowNumber(row)).isEqualTo(other.rowNumber(row));
            for (Field field : plan.fields()) {
                assertThat(one.field(field.name()).text(row))
                        .isEqualTo(other.field(field.name()).text(row));
            }
        }
    }

    /// Of several objects and arrays in a line either way blames the one that it comes to first.
    private static List<Reject> shown(List<Reject> rejects) {
        return rejects.stream()
                .map(
                        r ->
                                r.reason().startsWith("has an")
                                        ? new Reject(r.line(), r.row(), r.column(), "has an")
                                        : r)
                .toList();
    }

    @Provide
    Arbitrary<List<String>> record() {
        return Combinators.combine(
                        Arbitraries.of("A", "b", "é"),
                        Arbitraries.of("1", "12.50", "(7.25)", "1,234.5", "", "x", "1e3", " 5 "),
                        Arbitraries.of("EUR", "usd", "", "?"),
                        Arbitraries.of("2026-11-24", "24 Nov 2026", "", "2026-02-30"),
                        Arbitraries.of("", "some text", "a \"b\" c", "two\nlines", "€, ;", " x "))
                .as(List::of);
    }

    @Property(tries = 500)
    void ofCsv(
            @ForAll @Size(min = 1, max = 12) List<@From("record") List<String>> records,
            @ForAll @IntRange(max = 2) int preamble,
            @ForAll @IntRange(max = 3) int ragged,
            @ForAll boolean keyed,
            @ForAll @IntRange(min = 1, max = 3) int parts) {
        StringBuilder csv = new StringBuilder("Account statement\nFrom;to\n".repeat(preamble));
        csv.append(" id ;amount;currency;day;note\n");
        int number = 0;
        for (List<String> record : records) {
            csv.append(record.getFirst()).append(number++);
            record.subList(1, 5)
                    .forEach(v -> csv.append(";\"").append(v.replace("\"", "\"\"")).append('"'));
            csv.append(number % 3 == 0 ? "\r\n\n" : "\n");
            if (number == ragged) {
                csv.append("too;few\n\"x\"y;1;EUR;;\n");
            }
        }
        bothWaysAgree(
                csv.toString().getBytes(StandardCharsets.UTF_8), keyed ? KEYED : NUMBERED, parts);
    }

    @Provide
    Arbitrary<String> members() {
        Arbitrary<String> value =
                Arbitraries.of(
                        "1",
                        "12.50",
                        "\"(7.25)\"",
                        "null",
                        "true",
                        "\"EUR\"",
                        "\"\"",
                        "\"2026-11-24\"",
                        "[1,{\"id\":2}]",
                        "[]",
                        "{}",
                        "{\"b\":7}",
                        "\"\\u00e9\\n\"");
        return Arbitraries.of("note", "amount", "currency", "day", "a.b", "z")
                .set()
                .flatMap(
                        names ->
                                value.list()
                                        .ofSize(names.size())
                                        .map(values -> members(names, values)));
    }

    private static String members(Set<String> names, List<String> values) {
        Iterator<String> value = values.iterator();
        return names.stream()
                .map(name -> ", \"" + name + "\": " + value.next())
                .collect(Collectors.joining());
    }

    @Property(tries = 500)
    void ofJsonLines(
            @ForAll @Size(max = 12) List<@From("members") String> records,
            @ForAll boolean keyed,
            @ForAll @IntRange(min = 1, max = 3) int parts) {
        StringBuilder json =
                new StringBuilder(
                        "{\"day\":null,\"id\":0,\"note\":\"\",\"amount\":1,"
                                + "\"currency\":\"EUR\"}\n");
        int number = 0;
        for (String record : records) {
            number++;
            json.append(number % 4 == 0 ? "\n" : "").append("{\"id\": \"").append(number);
            // Now and then a line is broken.
            json.append(number % 5 == 0 ? "}\n" : "\"" + record + "}\n");
        }
        bothWaysAgree(
                json.toString().getBytes(StandardCharsets.UTF_8), keyed ? KEYED : NUMBERED, parts);
    }

    @Property(tries = 200)
    void ofSheets(
            @ForAll @Size(min = 1, max = 12) List<@From("record") List<String>> records,
            @ForAll List<@IntRange(max = 40) Integer> numbers,
            @ForAll @IntRange(max = 2) int preamble,
            @ForAll boolean keyed,
            @ForAll @IntRange(min = 1, max = 3) int parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Tieout", "1.0")) {
            Worksheet sheet = book.newWorksheet("Data");
            int top = 2 * preamble;
            for (int i = 0; i < preamble; i++) {
                sheet.value(2 * i, 0, "Account statement");
            }
            for (int c = 0; c < NAMES.size(); c++) {
                sheet.value(top, c, NAMES.get(c));
            }
            // One row at least that looks like data.
            fill(sheet, top + 1, List.of("A", "12.50", "EUR", "2026-11-24", "some text"), 0);
            for (int r = 0; r < records.size(); r++) {
                fill(sheet, top + 2 + r, records.get(r), r < numbers.size() ? numbers.get(r) : 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bothWaysAgree(bytes.toByteArray(), keyed ? KEYED : NUMBERED, parts);
    }

    /// Now and then a cell is a number, a date, or a truth value, as sheets have them.
    private static void fill(Worksheet sheet, int row, List<String> record, int chance) {
        sheet.value(row, 0, record.getFirst() + row);
        for (int c = 1; c < record.size(); c++) {
            if (!record.get(c).isEmpty()) {
                sheet.value(row, c, record.get(c));
            }
        }
        switch (chance % 5) {
            case 1 -> sheet.value(row, 1, chance / 8.0 + 0.1);
            case 2 -> {
                sheet.value(row, 3, LocalDate.of(2026, 1, 1).plusDays(chance));
                sheet.style(row, 3).format("dd/mm/yyyy").set();
            }
            case 3 -> sheet.value(row, 3, 46000 + chance);
            case 4 -> {
                sheet.value(row, 4, true);
                sheet.value(row, 6, "beyond");
            }
            default -> {}
        }
    }
}
