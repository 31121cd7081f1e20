package io.tieout.server.database;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Cells as they are kept, for tests that write records themselves.
public final class TestingCells {
    private TestingCells() {}

    /// Packs cells.
    public static byte[] packed(List<@Nullable String> cells) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] length = new byte[PackedCells.LONGEST_LENGTH_BYTES];
        for (String cell : cells) {
            if (cell == null) {
                packed.write(PackedCells.ABSENT);
            } else {
                byte[] utf8 = cell.getBytes(StandardCharsets.UTF_8);
                packed.write(length, 0, PackedCells.putLength(length, 0, utf8.length + 1));
                packed.writeBytes(utf8);
            }
        }
        return packed.toByteArray();
    }

    /// Makes `pg_temp.packed(text[])` on this connection, for cells of at most 126 bytes.
    public static void createPacked(Handle handle) {
        handle.execute(
                """
                create or replace function pg_temp.packed(cells text[]) returns bytea language sql immutable as $$
                  select string_agg(
                           case when cell is null then '\\x00'::bytea
                                else set_byte('\\x00'::bytea, 0, octet_length(cell) + 1) || convert_to(cell, 'UTF8') end,
                           '' order by place)
                    from unnest(cells) with ordinality as c(cell, place) $$
                """);
    }
}
