package io.tieout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyRowsTest {
    @Test
    void everyKeyIsFoundAndNoOther() {
        TextColumn.Builder keys = new TextColumn.Builder(16, 16);
        for (int i = 0; i < 10_000; i++) {
            keys.append("K" + i);
        }
        KeyRows rows = new KeyRows(new Table(10_000, keys.build(), null, Map.of(), Map.of()));

        for (int i = 0; i < 10_000; i++) {
            assertThat(rows.row("K" + i)).isEqualTo(i);
        }
        assertThat(rows.row("K10000")).isEqualTo(KeyRows.NONE);
        assertThat(rows.row("")).isEqualTo(KeyRows.NONE);
    }

    @Test
    void rowNumbersSkipWhatWasRejected() {
        KeyRows rows = new KeyRows(new Table(3, null, new int[] {1, 3, 4}, Map.of(), Map.of()));

        assertThat(rows.row("1")).isEqualTo(0);
        assertThat(rows.row("2")).isEqualTo(KeyRows.NONE);
        assertThat(rows.row("4")).isEqualTo(2);
        assertThat(rows.row("04x")).isEqualTo(KeyRows.NONE);
        assertThat(rows.all()).containsExactly("1", "3", "4");
    }
}
