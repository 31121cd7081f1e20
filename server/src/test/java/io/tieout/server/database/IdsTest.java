package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IdsTest {
    private static final Instant NOW = Instant.parse("2026-03-14T15:09:26.535Z");

    @Test
    void anIdIsOfVersionSevenAndTellsItsMillisecond() {
        UUID id = new Ids(InstantSource.fixed(NOW)).next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void idsGoUpWhereTheClockStandsStill() {
        assertAscending(new Ids(InstantSource.fixed(NOW)), 20_000);
    }

    @Test
    void idsGoUpWhereTheClockGoesBack() {
        AtomicLong millis = new AtomicLong(NOW.toEpochMilli());
        assertAscending(new Ids(() -> Instant.ofEpochMilli(millis.addAndGet(-7))), 10_000);
    }

    private static void assertAscending(Ids ids, int count) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = ids.next();
            assertThat(id.version()).isEqualTo(7);
            made.add(id.toString());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threadsGetIdsOfTheirOwn() {
        Ids ids = new Ids(InstantSource.system());
        Set<UUID> made = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50_000).parallel().forEach(i -> made.add(ids.next()));
        assertThat(made).hasSize(50_000);
    }
}
