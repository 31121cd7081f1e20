package io.tieout.formats.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.table.TextColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class DistinctKeysTest {
    private static TextColumn column(List<String> keys) {
        TextColumn.Builder column = new TextColumn.Builder(keys.size(), 0);
        keys.forEach(column::append);
        return column.build();
    }

    @Property
    void firstRepetitionIsFound(
            @ForAll @Size(max = 60) List<@IntRange(max = 200) Integer> numbers) {
        List<String> keys = numbers.stream().map(String::valueOf).toList();
        Map<String, Integer> seen = new HashMap<>();
        DistinctKeys.Repeat expected = null;
        for (int row = 0; row < keys.size() && expected == null; row++) {
            Integer first = seen.putIfAbsent(keys.get(row), row);
            expected = first == null ? null : new DistinctKeys.Repeat(first, row);
        }
        assertThat(DistinctKeys.find(column(keys))).isEqualTo(expected);
    }

    @Test
    void firstRepetitionAmongManySetsIsFound() {
        List<String> keys =
                IntStream.range(0, 100_000)
                        .map(i -> i == 70_001 ? 12 : i == 70_000 ? 69_000 : i)
                        .mapToObj(i -> "key " + i)
                        .toList();
        assertThat(DistinctKeys.find(column(keys)))
                .isEqualTo(new DistinctKeys.Repeat(69_000, 70_000));
        assertThat(DistinctKeys.find(column(keys.subList(0, 70_000)))).isNull();
    }
}
