package io.tieout.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.server.reconciliation.Timetable.Unusable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimetableTest {
    private static List<String> times(String cron, String zone, String after, int count)
            throws Unusable {
        Timetable timetable = Timetable.of(cron, zone);
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = timetable.next(at).orElseThrow();
            times.add(at.toString());
        }
        return times;
    }

    @Test
    void aTimeIsOneOnTheClocksOfTheZone() throws Unusable {
        assertThat(times("30 6 * * 1-5", "Europe/Berlin", "2026-01-02T12:00:00Z", 2))
                .containsExactly("2026-01-05T05:30:00Z", "2026-01-06T05:30:00Z");
        assertThat(times("30 6 * * 1-5", "Europe/Berlin", "2026-07-03T12:00:00Z", 1))
                .containsExactly("2026-07-06T04:30:00Z");
    }

    @Test
    void aTimeThatClocksSkipComesWhenTheySkipIt() throws Unusable {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", 3))
                .containsExactly(
                        "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(times("30 2 29 3 *", "Europe/Berlin", "2026-01-01T00:00:00Z", 1))
                .containsExactly("2026-03-29T01:00:00Z");
    }

    @Test
    void aTimeThatClocksShowTwiceComesOnce() throws Unusable {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void whatComesEveryHourComesInBothOfTwoEqualHours() throws Unusable {
        assertThat(times("0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", 3))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
        assertThat(times("0 * * * *", "Europe/Berlin", "2026-03-28T23:30:00Z", 3))
                .containsExactly(
                        "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * *         | UTC           | has 4 fields",
                "0 0 9 * * *     | UTC           | has 6 fields",
                "61 * * * *      | UTC           | is not understood in its minute;",
                "0 25 * * 8      | UTC           | hour and day of the week;",
                "0 9 30 2 *      | UTC           | names a day that no calendar has",
                "0 9 * * 1       | Berlin        | is no time zone",
                "0 9 * * 1       | +02:00        | is no time zone",
            })
    void whatIsWrongIsSaid(String cron, String zone, String problem) {
        assertThatThrownBy(() -> Timetable.of(cron, zone))
                .isInstanceOfSatisfying(
                        Unusable.class, e -> assertThat(e.problem()).contains(problem));
    }
}
