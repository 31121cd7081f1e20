package io.tieout.formats.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DateParsingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy-MM-dd|2026-02-28|2026-02-28",
                "yyyy-MM-dd|2026-02-29|",
                "yyyy-MM-dd|2024-02-29|2024-02-29",
                "yyyy-MM-dd|1900-02-29|",
                "yyyy-MM-dd|2026-2-3|",
                "dd/MM/yyyy|03/02/2026|2026-02-03",
                "d.M.yyyy|3.2.2026|2026-02-03",
                "d.M.yyyy|13.12.2026|2026-12-13",
                "dd.MM.yy|03.02.26|2026-02-03",
                "yyyyMMdd|20260203|2026-02-03",
                "yyyyMMdd|2026020|",
                "dd MMM yyyy|03 Feb 2026|2026-02-03",
                "dd-MMM-yy|03-Nov-26|2026-11-03",
                "EEE, d MMMM yyyy|Tue, 24 November 2026|2026-11-24",
                "EEE, d MMMM yyyy|Mon, 24 November 2026|",
                "dd MMM yyyy|31 Feb 2026|",
                "MM/dd/yyyy|13/01/2026|",
                "excel|45000|2023-03-15",
                "excel|45000.75|2023-03-15",
                "excel|60|",
                "excel|abc|",
                "dd/MM/yyyy||"
            })
    void datesAreReadAsThePatternSaysOrRefused(
            String pattern, @Nullable String text, @Nullable String expected) {
        byte[] bytes = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        long day = DatePattern.of(pattern).parse(bytes, 0, bytes.length);
        assertThat(day)
                .isEqualTo(
                        expected == null ? Calendar.NONE : LocalDate.parse(expected).toEpochDay());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-24T10:20:30Z|2026-11-24T10:20:30Z",
                "2026-11-24 10:20|2026-11-24T10:20:00Z",
                "2026-11-24T10:20:30.123456789+02:00|2026-11-24T08:20:30.123456Z",
                "2026-11-24T00:10:00+0530|2026-11-23T18:40:00Z",
                "2026-11-24T00:10-08|2026-11-24T08:10:00Z",
                "2026-11-24|2026-11-24T00:00:00Z",
                "2026-11-24T25:00|",
                "2026-11-24T10:20:61|",
                "2026-11-24T10|",
                "2026-11-24T10:20:30.|",
                "2026-11-24T10:20:30x|",
                "2026-02-30T10:20|",
                "nonsense|"
            })
    void isoMomentsAreReadOrRefused(String text, @Nullable String expected) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long micros = new MomentParser(List.of()).parse(bytes, 0, bytes.length);
        assertThat(micros)
                .isEqualTo(
                        expected == null
                                ? Calendar.NONE
                                : ChronoUnit.MICROS.between(
                                        Instant.EPOCH, Instant.parse(expected)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MM/yyyy HH:mm:ss|24/11/2026 10:20:30|2026-11-24T10:20:30Z",
                "yyyy-MM-dd HH:mm XXX|2026-11-24 10:20 +01:00|2026-11-24T09:20:00Z",
                "yyyy-MM-dd HH:mm|x|"
            })
    void momentPatternsAreFollowed(String pattern, String text, @Nullable String expected) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long micros = new MomentParser(List.of(pattern)).parse(bytes, 0, bytes.length);
        assertThat(micros)
                .isEqualTo(
                        expected == null
                                ? Calendar.NONE
                                : ChronoUnit.MICROS.between(
                                        Instant.EPOCH, Instant.parse(expected)));
    }

    @Property
    void everyDayOfTheCalendarComesBack(
            @ForAll @IntRange(min = -719_162, max = 2_932_896) int day) {
        byte[] iso = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.UTF_8);
        assertThat(Calendar.isoDay(iso, 0)).isEqualTo(day);
    }
}
