package io.tieout.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
    private static final List<String> COLUMNS =
            List.of("booking_date", "value_date", "amount", "id", "remittance_info");

    @Test
    void oneSlipOfEachKindIsFound() {
        assertThat(NearestName.of("amont", COLUMNS)).contains("amount");
        assertThat(NearestName.of("amountt", COLUMNS)).contains("amount");
        assertThat(NearestName.of("emount", COLUMNS)).contains("amount");
        assertThat(NearestName.of("aomunt", COLUMNS)).contains("amount");
    }

    @Test
    void caseOfLettersIsNoSlip() {
        assertThat(NearestName.of("AMOUNT", COLUMNS)).contains("amount");
        assertThat(NearestName.of("ID", COLUMNS)).contains("id");
    }

    @Test
    void longerNamesMayHoldMoreSlips() {
        assertThat(NearestName.of("remitanceinfos", COLUMNS)).contains("remittance_info");
        assertThat(NearestName.of("remitnceinfoooo", COLUMNS)).isEmpty();
    }

    @Test
    void unlikeNamesAreNotSuggested() {
        assertThat(NearestName.of("counterparty", COLUMNS)).isEmpty();
        assertThat(NearestName.of("x", COLUMNS)).isEmpty();
        assertThat(NearestName.of("", COLUMNS)).isEmpty();
        assertThat(NearestName.of("b", List.of("a"))).isEmpty();
    }

    @Test
    void theNearestWinsAndTiesGoByTheAlphabet() {
        assertThat(NearestName.of("value_dat", List.of("value_dates", "value_date")))
                .contains("value_date");
        assertThat(NearestName.of("rate_x", List.of("rate_b", "rate_a"))).contains("rate_a");
        assertThat(NearestName.of("rate_x", List.of("rate_a", "rate_b"))).contains("rate_a");
    }

    @Test
    void aNameOfAMillionCharactersIsNotSearchedFor() {
        String endless = "a".repeat(1_000_000);
        assertThat(NearestName.of(endless, List.of(endless))).isEmpty();
    }
}
