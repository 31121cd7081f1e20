package io.tieout.server.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.database.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ResultIdTest {
    private static final long MOST_JOBS = 1L << 29;

    private final Ids ids = new Ids(Instant::now);
    private final Random random = new Random(5);

    @Test
    void idsAreOfVersionSeven() {
        for (int i = 0; i < 10_000; i++) {
            UUID id = ResultId.of(ids.next(), place());
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    private long place() {
        return Places.place(random.nextLong(MOST_JOBS), random.nextLong(Places.MOST_POSITIONS));
    }

    @Test
    void anIdLeadsBackToItsResult() {
        for (int i = 0; i < 10_000; i++) {
            UUID job = ids.next();
            long place = place();
            ResultId parsed = ResultId.parse(ResultId.of(job, place)).orElseThrow();
            assertThat(parsed.place()).isEqualTo(place);
            assertThat(parsed.isOf(job)).isTrue();
        }
    }

    @Test
    void idsOfOneJobSortByTheirPositions() {
        UUID job = ids.next();
        List<String> made = new ArrayList<>();
        for (long position = 0; position < 1_000; position++) {
            made.add(ResultId.of(job, Places.place(MOST_JOBS - 1, position)).toString());
            made.add(
                    ResultId.of(job, Places.place(MOST_JOBS - 1, (position + 1) << 20)).toString());
        }
        made.sort(null);
        List<Long> positions =
                made.stream()
                        .map(id -> ResultId.parse(UUID.fromString(id)).orElseThrow().place())
                        .map(Places::position)
                        .toList();
        assertThat(positions).isSorted();
        assertThat(new HashSet<>(made)).hasSameSizeAs(made);
    }

    @Test
    void theLastPositionsOfTheLastJobHaveAnId() {
        long last = Places.place(MOST_JOBS - 1, Places.MOST_POSITIONS - 1);
        assertThat(last).isEqualTo(Long.MAX_VALUE);
        UUID job = ids.next();
        assertThat(ResultId.parse(ResultId.of(job, last)).orElseThrow().place()).isEqualTo(last);
    }

    @Test
    void whatNoResultCanHaveIsNone() {
        assertThat(ResultId.parse(UUID.randomUUID())).isEmpty();
        assertThat(ResultId.parse(new UUID(0x0000_0000_0000_7002L, 1L << 63))).isEmpty();
    }
}
