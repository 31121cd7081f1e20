package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferencesTest {
    private static final String PLAN =
            """
            version: 1
            fields:
              text: {left: t, right: t, type: text}
              money: {left: m, right: m, type: amount, currency: c}
              quantity: {left: q, right: q, type: number}
              day: {left: d, right: d, type: date}
              moment: {left: w, right: w, type: date-time}
            passes:
              - name: text
                match: {text: exact}
            """;
    private static final String HEADER = "t,m,c,q,d,w\n";
    private static final String BASE = "a,10.00,EUR,5,2026-01-10,2026-01-10T12:00:00Z\n";

    private static List<String> between(String left, String right) {
        return between(left, new int[] {0}, right, new int[] {0});
    }

    private static List<String> between(String left, int[] lefts, String right, int[] rights) {
        RunRecord run = TestingRuns.run(PLAN, HEADER + left, HEADER + right);
        return new Differences(run).of(0b11111, lefts, rights);
    }

    @Test
    void gapsAreWhatTheRightHoldsLessWhatTheLeftHolds() {
        assertThat(between(BASE, "b,9.50,EUR,7,2026-01-09,2026-01-10T13:30:00Z\n"))
                .containsExactly(
                        "text", "money -0.50", "quantity +2", "day -1 day", "moment +PT1H30M");
        assertThat(between(BASE, "b,1010,EUR,2.125,2026-01-13,2026-01-09T11:59:59.5Z\n"))
                .containsExactly(
                        "text",
                        "money +1000.00",
                        "quantity -2.875",
                        "day +3 days",
                        "moment -PT24H0.5S");
    }

    @Test
    void aValueThatIsNotThereIsSaidToBeAbsent() {
        assertThat(between(BASE, "a,,EUR,,,\n"))
                .containsExactly(
                        "text",
                        "money (absent)",
                        "quantity (absent)",
                        "day (absent)",
                        "moment (absent)");
    }

    @Test
    void amountsOfTwoCurrenciesHaveNoDifference() {
        assertThat(between(BASE, "a,10.00,USD,5,2026-01-10,2026-01-10T12:00:00Z\n"))
                .contains("money EUR and USD");
    }

    @Test
    void aGroupOfSeveralCurrenciesHasNoSum() {
        String mixed = BASE + BASE.replace("EUR", "USD");
        assertThat(between(mixed, new int[] {0, 1}, BASE, new int[] {0}))
                .contains("money EUR and USD");
    }

    @Test
    void aGroupsAmountsAreAddedUpAndItsDatesToldOnlyWhereTheyAreAlike() {
        String two = BASE + "b,0.01,EUR,5,2026-01-11,2026-01-10T12:00:00Z\n";
        assertThat(between(two, new int[] {0, 1}, BASE, new int[] {0}))
                .containsExactly("text", "money -0.01", "quantity -5", "day", "moment PT0S");
    }

    @Test
    void theLargestAmountsDoNotOverflow() {
        String least = "a,-9999999999999999.99,EUR,1,2026-01-10,2026-01-10T12:00:00Z\n";
        String most = "a,9999999999999999.99,EUR,1,2026-01-10,2026-01-10T12:00:00Z\n";
        assertThat(between(least, most)).contains("money +19999999999999999.98");
        assertThat(between(most, least)).contains("money -19999999999999999.98");
    }

    @Test
    void amountsOfDifferentScalesAreSubtractedAtTheFiner() {
        assertThat(between(BASE, "a,10.001,EUR,5.5,2026-01-10,2026-01-10T12:00:00Z\n"))
                .contains("money +0.001", "quantity +0.5");
    }
}
