package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SummaryTest {
    private static final RunRecord RUN =
            TestingRuns.run(
                    TestingRuns.PLAN,
                    TestingRuns.LEFT + "L9,R-9,7.07,EUR,no date\n",
                    TestingRuns.RIGHT,
                    1);
    private static final Map<String, Object> SUMMARY = TestingJson.object(Summary.json(RUN));

    private static Object at(Object from, String... names) {
        Object value = from;
        for (String name : names) {
            value = Objects.requireNonNull(((Map<?, ?>) value).get(name), name);
        }
        return value;
    }

    private static Object at(String... names) {
        return at(SUMMARY, names);
    }

    private static BigDecimal amount(Object from, String... names) {
        return new BigDecimal((String) at(from, names));
    }

    @Test
    void itHasTheDocumentedParts() {
        assertThat(SUMMARY)
                .containsKeys(
                        "counts", "control_totals", "digests", "seconds", "engine_version", "plan");
        assertThat(at("engine_version")).isEqualTo("1.2.3");
        assertThat(at("digests"))
                .isEqualTo(
                        Map.of(
                                "left", RUN.left().info().sha256(),
                                "right", RUN.right().info().sha256(),
                                "plan", RUN.planDigest(),
                                "outcome", RUN.outcome().digest()));
    }

    @Test
    void itCountsRecordsMatchesBreaksAndRejects() {
        assertThat(at("counts", "records"))
                .isEqualTo(Map.of("left", BigDecimal.valueOf(4), "right", BigDecimal.valueOf(4)));
        assertThat(at("counts", "matched_records", "left")).isEqualTo(BigDecimal.valueOf(2));
        assertThat(at("counts", "match_rate", "left")).isEqualTo(new BigDecimal("0.5000"));
        assertThat(at("counts", "matches", "confirmed")).isEqualTo(BigDecimal.ONE);
        assertThat(at("counts", "matches", "suggested")).isEqualTo(BigDecimal.ONE);
        assertThat(at("counts", "breaks", "left", "differs")).isEqualTo(BigDecimal.ONE);
        assertThat(at("counts", "breaks", "right", "missing")).isEqualTo(BigDecimal.ONE);
        assertThat(at("counts", "breaks", "total")).isEqualTo(BigDecimal.valueOf(4));
        assertThat(at("counts", "rejects", "left")).isEqualTo(BigDecimal.ONE);
        List<?> passes = (List<?>) at("counts", "matches", "by_pass");
        assertThat(passes.stream().map(pass -> at(pass, "name"))).containsExactly("exact", "near");
    }

    @Test
    void recordsInAreRecordsInMatchesAndInBreaks() {
        for (String side : List.of("left", "right")) {
            BigDecimal breaks = BigDecimal.ZERO;
            for (Object kind : ((Map<?, ?>) at("counts", "breaks", side)).values()) {
                breaks = breaks.add((BigDecimal) kind);
            }
            BigDecimal matched = (BigDecimal) at("counts", "matched_records", side);
            assertThat(matched.add(breaks)).isEqualTo(at("counts", "records", side));
        }
    }

    @Test
    void amountsInAreAmountsInMatchesBreaksAndRejectsForEachCurrencyAndSide() {
        Map<?, ?> currencies = (Map<?, ?>) at("control_totals");
        assertThat(currencies.keySet().stream().map(String::valueOf))
                .containsExactly("CHF", "EUR", "USD");
        int lines = 0;
        for (Object currency : currencies.values()) {
            for (Object side : ((Map<?, ?>) currency).values()) {
                for (Object field : ((Map<?, ?>) side).values()) {
                    assertThat(
                                    amount(field, "matches")
                                            .add(amount(field, "breaks"))
                                            .add(amount(field, "rejects")))
                            .isEqualByComparingTo(amount(field, "in"));
                    lines++;
                }
            }
        }
        assertThat(lines).isEqualTo(5);
        assertThat(at("control_totals", "EUR", "left", "amount"))
                .isEqualTo(
                        Map.of(
                                "in", "1541.63",
                                "matches", "300.00",
                                "breaks", "1234.56",
                                "rejects", "7.07"));
    }

    @Test
    void secondsAreThoseOfThePhasesInTheirOrder() {
        Map<?, ?> seconds = (Map<?, ?>) at("seconds");
        assertThat(seconds.keySet().stream().map(String::valueOf)).containsExactly("read", "match");
        assertThat(seconds.get("read")).isEqualTo(new BigDecimal("0.012"));
        assertThat(seconds.get("match")).isEqualTo(new BigDecimal("0.003"));
    }

    @Test
    void theSameRunHasTheSameSummaryButForItsTimes() {
        RunRecord again =
                TestingRuns.run(
                        TestingRuns.PLAN,
                        TestingRuns.LEFT + "L9,R-9,7.07,EUR,no date\n",
                        TestingRuns.RIGHT,
                        1);
        String times = "\"seconds\" : [0-9.]+";
        assertThat(Summary.json(again).replaceAll(times, ""))
                .isEqualTo(Summary.json(RUN).replaceAll(times, ""));
    }

    @Test
    void aRateIsRoundedDownSoThatOneMeansAll() {
        assertThat(Summary.rate(99_999_999, 100_000_000)).isEqualTo("0.9999");
        assertThat(Summary.rate(5, 5)).isEqualByComparingTo("1");
        assertThat(Summary.rate(0, 0)).isEqualByComparingTo("0");
    }
}
