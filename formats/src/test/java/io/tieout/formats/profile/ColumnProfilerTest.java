package io.tieout.formats.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.RowBatch;
import io.tieout.formats.source.RowOptions;
import io.tieout.formats.source.RowReader;
import io.tieout.formats.source.RowSink;
import io.tieout.formats.source.RowSource;
import io.tieout.formats.source.RowsRead;
import io.tieout.formats.source.SourceInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ColumnProfilerTest {
    /// The profiles of a text's columns.
    private static List<ColumnProfile> profiles(String text) {
        ColumnProfiler profiler = new ColumnProfiler();
        RowSink sink =
                new RowSink() {
                    @Override
                    public void start(RowSource source) {}

                    @Override
                    public void accept(RowBatch batch) {
                        profiler.add(batch);
                    }
                };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RowOptions options =
                new RowOptions(
                        new ReadOptions(2, 0, ReadOptions.Limits.DEFAULT, Progress.NONE),
                        new SourceSpec(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of('|'),
                                Optional.empty(),
                                text.startsWith("{") ? Optional.empty() : Optional.of(true)),
                        1 << 20);
        RowsRead read =
                RowReader.read(
                        SourceInput.stream("t", new ByteArrayInputStream(bytes)), options, sink);
        return profiler.profiles(read.columns());
    }

    private static ColumnProfile profile(String... values) {
        return profiles(
                        IntStream.range(0, values.length)
                                .mapToObj(i -> i + "|\"" + values[i] + "\"\n")
                                .collect(Collectors.joining("", "no|value\n", "")))
                .get(1);
    }

    private static ColumnType type(String... values) {
        return profile(values).type();
    }

    private static ColumnType.Date date(List<String> patterns, String... alternatives) {
        return new ColumnType.Date(patterns, List.of(alternatives));
    }

    @Test
    void figuresAreThoseOfTheColumn() {
        assertThat(profile("b", " ", "a ", "", "b", "ä€", "c", "d", "e", "f"))
                .isEqualTo(
                        new ColumnProfile(
                                "value",
                                new ColumnType.Text(),
                                10,
                                2,
                                7,
                                true,
                                Optional.of("a"),
                                Optional.of("ä€"),
                                List.of("b", "a", "ä€", "c", "d"),
                                2));
    }

    @Test
    void columnWithoutAValueIsEmpty() {
        ColumnProfile empty = profile("", " ");
        assertThat(empty.type()).isEqualTo(new ColumnType.Empty());
        assertThat(empty.empty()).isEqualTo(2);
        assertThat(empty.min()).isEmpty();
    }

    @Test
    void amountsAreFoundInTheNotationOfTheirSide() {
        ColumnProfile plain = profile("1,234.50", "-3.10", "7", "(12.00)");
        assertThat(plain.type())
                .isEqualTo(new ColumnType.Decimal(true, DecimalNotation.DEFAULT, 2, List.of()));
        assertThat(plain.min()).contains("-12.00");
        assertThat(plain.max()).contains("1234.50");
        assertThat(type("1.234,50", "3,1"))
                .isEqualTo(
                        new ColumnType.Decimal(
                                true,
                                new DecimalNotation(',', Optional.of('.'), false),
                                2,
                                List.of()));
        assertThat(type("1 234,50 €", "3,1"))
                .isEqualTo(
                        new ColumnType.Decimal(
                                true,
                                new DecimalNotation(',', Optional.of(' '), false),
                                2,
                                List.of()));
        assertThat(type("1'234.5"))
                .isEqualTo(
                        new ColumnType.Decimal(
                                true,
                                new DecimalNotation('.', Optional.of('\''), false),
                                1,
                                List.of()));
        assertThat(type("5", "12", "$7").word()).isEqualTo("amount");
        assertThat(type("5", "12").word()).isEqualTo("number");
        assertThat(type("1.23456").word()).isEqualTo("number");
        assertThat(type("5", "n/a").word()).isEqualTo("text");
    }

    @Test
    void undecidableMarkIsSaid() {
        assertThat(type("1,234", "5"))
                .isInstanceOfSatisfying(
                        ColumnType.Decimal.class,
                        type ->
                                assertThat(type.alternatives())
                                        .extracting(DecimalNotation::decimal)
                                        .contains(','));
        assertThat(type("1,234", "5.5"))
                .isInstanceOfSatisfying(
                        ColumnType.Decimal.class,
                        type -> assertThat(type.alternatives()).isEmpty());
    }

    @Test
    void endsOfDecimalsAreExact() {
        ColumnProfile profile =
                profile("0.1", "999999999999999999", "0.0001", "-0.3", "-0.30", "100000000000");
        assertThat(profile.min()).contains("-0.3");
        assertThat(profile.max()).contains("999999999999999999");
        assertThat(profile("2", "10", "1.5", "9.75", "10.01").max()).contains("10.01");
    }

    @Test
    void digitsThatAreNoNumbersAreText() {
        assertThat(type("0012", "17").word()).isEqualTo("text");
        assertThat(type("1234567890123456").word()).isEqualTo("text");
    }

    @Test
    void datesAreFoundByTheirPatterns() {
        ColumnProfile iso = profile("2026-11-24", "2025-01-31");
        assertThat(iso.type()).isEqualTo(date(List.of()));
        assertThat(iso.min()).contains("2025-01-31");
        assertThat(iso.max()).contains("2026-11-24");
        assertThat(type("24/11/2026", "01/02/2026")).isEqualTo(date(List.of("dd/MM/yyyy")));
        assertThat(type("11/24/2026", "01/02/2026")).isEqualTo(date(List.of("MM/dd/yyyy")));
        assertThat(type("24.11.26")).isEqualTo(date(List.of("dd.MM.yy")));
        assertThat(type("20261124")).isEqualTo(date(List.of("yyyyMMdd")));
        assertThat(type("24 Nov 2026", "1 Dec 2026")).isEqualTo(date(List.of("d MMM yyyy")));
        assertThat(type("1/2/2026", "24/11/2026", "3/12/2026"))
                .isEqualTo(date(List.of("d/M/yyyy")));
        assertThat(type("2026-11-24", "31.12.2026"))
                .isEqualTo(date(List.of("yyyy-MM-dd", "dd.MM.yyyy")));
        assertThat(type("2026-11-24", "soon").word()).isEqualTo("text");
        assertThat(type("31/02/2026").word()).isEqualTo("text");
    }

    @Test
    void undecidableOrderOfDayAndMonthIsSaid() {
        assertThat(type("01/02/2026", "11/12/2026"))
                .isEqualTo(date(List.of("dd/MM/yyyy"), "MM/dd/yyyy"));
        assertThat(type("05/05/2026")).isEqualTo(date(List.of("dd/MM/yyyy")));
    }

    @Test
    void momentsAreFoundByTheirPatterns() {
        ColumnProfile iso = profile("2026-11-24T10:20:30+01:00", "2026-11-24");
        assertThat(iso.type()).isEqualTo(new ColumnType.DateTime(List.of(), List.of()));
        assertThat(iso.min()).contains("2026-11-24T00:00:00Z");
        assertThat(iso.max()).contains("2026-11-24T09:20:30Z");
        ColumnProfile local = profile("24.11.2026 10:20", "25.11.2026 09:00");
        assertThat(local.type())
                .isEqualTo(new ColumnType.DateTime(List.of("dd.MM.yyyy HH:mm"), List.of()));
        assertThat(local.max()).contains("2026-11-25T09:00:00Z");
        assertThat(type("24.11.2026 25:20").word()).isEqualTo("text");
    }

    @Test
    void manyDistinctValuesAreEstimatedAndSaidToBe() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 4096; i++) {
            values.add("v" + i);
        }
        ColumnProfile exact = profile(values.toArray(String[]::new));
        assertThat(exact.exact()).isTrue();
        assertThat(exact.distinct()).isEqualTo(4096);
        for (int i = 4096; i < 100_000; i++) {
            values.add("v" + i % 60_000);
        }
        ColumnProfile estimate = profile(values.toArray(String[]::new));
        assertThat(estimate.exact()).isFalse();
        assertThat(estimate.distinct()).isBetween(56_000L, 64_000L);
    }

    @Test
    void longTextsAreCutOffBetweenCharacters() {
        String text = "x" + "é".repeat(300);
        ColumnProfile profile = profile(text);
        assertThat(profile.longest()).isEqualTo(301);
        assertThat(profile.samples()).containsExactly("x" + "é".repeat(99));
        assertThat(profile.min()).contains("x" + "é".repeat(99));
    }

    @Test
    void columnsOfObjectsThatComeLateCountAsEmptyBefore() {
        List<ColumnProfile> profiles =
                profiles("{\"a\":1,\"o\":{\"x\":5}}\n{\"a\":2.5}\n{\"b\":[1],\"o\":{}}\n");
        assertThat(profiles).extracting(ColumnProfile::name).containsExactly("a", "o", "o.x", "b");
        assertThat(profiles).extracting(ColumnProfile::empty).containsExactly(1L, 1L, 2L, 2L);
        assertThat(profiles)
                .extracting(profile -> profile.type().word())
                .containsExactly("amount", "nested", "number", "nested");
    }
}
