package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Breaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReportDataTest {
    private static RunRecord breaks(int count, String reference) {
        StringBuilder left = new StringBuilder(TestingRuns.HEADER);
        for (int i = 0; i < count; i++) {
            left.append("KEY-").append(i).append(',').append(reference).append(i).append(',');
            left.append(i * 17 % 9973).append(".25,EUR,2026-01-01\n");
        }
        return TestingRuns.run(TestingRuns.PLAN, left.toString(), TestingRuns.HEADER);
    }

    private static int bytes(RunRecord run) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        ReportPage.write(run, page);
        return page.size();
    }

    private static List<?> shown(Map<String, Object> data) {
        Map<?, ?> breaks = (Map<?, ?>) Objects.requireNonNull(data.get("breaks"));
        return (List<?>) Objects.requireNonNull(breaks.get("shown"));
    }

    @Test
    void aHundredThousandBreaksMakeASmallPage() throws IOException {
        RunRecord run = breaks(100_000, "INV-2026-");
        assertThat(run.outcome().leftBreaks().size()).isEqualTo(100_000);
        assertThat(bytes(run)).isLessThan(300_000);
        assertThat(shown(TestingJson.object(new ReportData(run).json()))).hasSize(1000);
    }

    @Test
    void longRecordsAreShownInFewerRowsRatherThanInALargePage() throws IOException {
        RunRecord run = breaks(1000, "é".repeat(5000));
        assertThat(bytes(run)).isLessThan(1_000_000);
        RunRecord longer =
                TestingRuns.run(TestingRuns.PLAN, wide(1000, "€".repeat(200)), TestingRuns.HEADER);
        assertThat(bytes(longer)).isLessThan(1_000_000);
        assertThat(shown(TestingJson.object(new ReportData(longer).json())))
                .hasSizeBetween(100, 999);
    }

    private static String wide(int count, String text) {
        StringBuilder left = new StringBuilder(TestingRuns.HEADER);
        for (int i = 0; i < count; i++) {
            left.append(i).append(text).append(',').append(i).append(text);
            left.append(",1,EUR,2026-01-01\n");
        }
        return left.toString();
    }

    @Test
    void valuesAreAddedUpWithoutSignsAndWithinOneCurrency() {
        String left =
                TestingRuns.HEADER
                        + """
                        a,1,5.50,EUR,2026-01-01
                        b,2,-4.50,EUR,2026-01-01
                        c,3,7,JPY,2026-01-01
                        """;
        RunRecord run = TestingRuns.run(TestingRuns.PLAN, left, TestingRuns.HEADER);
        assertThat(TestingJson.object(new ReportData(run).json()).get("values"))
                .isEqualTo(List.of(value("EUR", "10.00"), value("JPY", "7")));
    }

    private static Map<String, String> value(String currency, String sum) {
        return Map.of(
                "currency",
                currency,
                "side",
                "left",
                "kind",
                Breaks.Kind.MISSING.word(),
                "sum",
                sum);
    }

    @Test
    void anAmountHasTheDecimalsOfItsCurrencyAndMoreOnlyIfItNeedsThem() {
        assertThat(ShownAmount.of(new BigDecimal("12.500"), "EUR")).isEqualTo("12.50");
        assertThat(ShownAmount.of(new BigDecimal("12.505"), "EUR")).isEqualTo("12.505");
        assertThat(ShownAmount.of(new BigDecimal("1200.00"), "JPY")).isEqualTo("1200");
        assertThat(ShownAmount.of(new BigDecimal("-1200"), "KWD")).isEqualTo("-1200.000");
        assertThat(ShownAmount.of(new BigDecimal("0.00"), "JPY")).isEqualTo("0");
        assertThat(ShownAmount.of(new BigDecimal("1.10"), "XXX")).isEqualTo("1.10");
        assertThat(ShownAmount.of(new BigDecimal("1.10"), "NONSENSE")).isEqualTo("1.10");
    }
}
