package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// What is written by COPY is what SQL reads, and what SQL wrote is what COPY reads.
final class CopyProperties {
    private static final List<String> COLUMNS = List.of("i", "l", "u", "t", "c", "y");
    private static final TestingDatabase TESTING = TestingPostgres.database();

    @BeforeContainer
    static void start() {
        TestingPostgres.execute(
                TESTING.url(),
                "create table copied (number serial, i int4, l int8, u uuid, t text, c bytea, y bytea)");
    }

    @AfterContainer
    static void stop() {
        TESTING.close();
    }

    private record Row(int i, long l, UUID u, String t, List<@Nullable String> c, byte[] y) {

        static Row random(Random random) {
            return new Row(
                    random.nextInt(),
                    random.nextLong(),
                    new UUID(random.nextLong(), random.nextLong()),
                    text(random),
                    texts(random),
                    bytes(random));
        }

        private static String text(Random random) {
            int longest = random.nextInt(400) == 0 ? 100_000 : 20;
            int[] points =
                    random.ints(random.nextInt(longest), 1, 0x11000)
                            .filter(c -> c < 0xD800 || c > 0xDFFF)
                            .toArray();
            return new String(points, 0, points.length);
        }

        private static List<@Nullable String> texts(Random random) {
            List<@Nullable String> texts = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                texts.add(random.nextInt(4) == 0 ? null : text(random));
            }
            return texts;
        }

        private static byte[] bytes(Random random) {
            byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? 200_000 : 50)];
            random.nextBytes(bytes);
            return bytes;
        }
    }

    @Property(tries = 60)
    void whatIsCopiedInIsWhatSqlAndCopyReadOut(@ForAll Random random) throws SQLException {
        List<@Nullable Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(random.nextInt(10) == 0 ? null : Row.random(random));
        }
        try (Connection connection = TESTING.url().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate copied");
            try (CopyWriter writer = CopyWriter.into(connection, "copied", COLUMNS, false)) {
                for (Row row : rows) {
                    write(writer, row);
                }
                assertThat(writer.finish()).isEqualTo(rows.size());
            }
            try (ResultSet read = statement.executeQuery("select * from copied order by number")) {
                for (Row row : rows) {
                    assertThat(read.next()).isTrue();
                    compare(read, row);
                }
            }
            String query = "select i, l, c, y from copied order by number";
            try (CopyReader reader = CopyReader.of(connection, query)) {
                for (Row row : rows) {
                    assertThat(reader.next()).isTrue();
                    compare(reader, row);
                }
                assertThat(reader.next()).isFalse();
            }
        }
    }

    private static void write(CopyWriter writer, @Nullable Row row) throws SQLException {
        writer.startRow();
        if (row == null) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                writer.writeNull();
            }
            return;
        }
        writer.writeInt(row.i());
        writer.writeLong(row.l());
        writer.writeUuid(row.u());
        byte[] text = ("<" + row.t() + ">").getBytes(StandardCharsets.UTF_8);
        writer.writeText(text, 1, text.length - 1);
        writer.startCells();
        for (String cell : row.c()) {
            if (cell == null) {
                writer.writeAbsentCell();
            } else {
                byte[] utf8 = ("<" + cell + ">").getBytes(StandardCharsets.UTF_8);
                writer.writeCell(utf8, 1, utf8.length - 1);
            }
        }
        writer.endCells();
        writer.writeBytes(row.y(), 0, row.y().length);
    }

    private static void compare(ResultSet read, @Nullable Row row) throws SQLException {
        if (row == null) {
            for (String column : COLUMNS) {
                assertThat(read.getObject(column)).isNull();
            }
            return;
        }
        assertThat(read.getInt("i")).isEqualTo(row.i());
        assertThat(read.getLong("l")).isEqualTo(row.l());
        assertThat(read.getObject("u")).isEqualTo(row.u());
        assertThat(read.getString("t")).isEqualTo(row.t());
        assertThat(PackedCells.texts(read.getBytes("c"))).isEqualTo(row.c());
        assertThat(read.getBytes("y")).isEqualTo(row.y());
    }

    private static void compare(CopyReader read, @Nullable Row row) {
        if (row == null) {
            for (int i = 0; i < 4; i++) {
                assertThat(read.isNull(i)).isTrue();
            }
            return;
        }
        assertThat(read.getInt(0)).isEqualTo(row.i());
        assertThat(read.getLong(1)).isEqualTo(row.l());
        PackedCells cells = new PackedCells();
        cells.read(read.bytes(), read.from(2), read.to(2));
        for (int column = 0; column < row.c().size() + 2; column++) {
            String cell = column < row.c().size() ? row.c().get(column) : null;
            assertThat(cells.isAbsent(column)).isEqualTo(cell == null);
            if (cell != null) {
                int length = cells.to(column) - cells.from(column);
                assertThat(
                                new String(
                                        read.bytes(),
                                        cells.from(column),
                                        length,
                                        StandardCharsets.UTF_8))
                        .isEqualTo(cell);
            }
        }
        assertThat(read.getBytes(3)).isEqualTo(row.y());
    }

    @Property(tries = 2000)
    void damagedCellsAreNoticedOrReadWithinTheirBytes(@ForAll byte[] anything) {
        PackedCells cells = new PackedCells();
        try {
            cells.read(anything, 0, anything.length);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("damaged");
            return;
        }
        for (int column = 0; column < anything.length; column++) {
            if (!cells.isAbsent(column)) {
                assertThat(cells.from(column)).isBetween(0, anything.length);
                assertThat(cells.to(column)).isBetween(cells.from(column), anything.length);
            }
        }
    }

    @Example
    void aRowThatLacksAValueIsRefused() throws SQLException {
        try (Connection connection = TESTING.url().dataSource().getConnection();
                CopyWriter writer =
                        CopyWriter.into(connection, "copied", List.of("i", "l"), false)) {
            writer.startRow();
            writer.writeInt(1);
            assertThatThrownBy(writer::startRow).hasMessageContaining("row 1 lacks 1");
            assertThatThrownBy(writer::finish).hasMessageContaining("row 1 lacks 1");
            writer.writeLong(1);
            assertThatThrownBy(() -> writer.writeLong(2)).hasMessageContaining("all its values");
        }
    }

    @Example
    void whatIsNotFinishedIsNotThere() throws SQLException {
        try (Connection connection = TESTING.url().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate copied");
            try (CopyWriter writer = CopyWriter.into(connection, "copied", List.of("i"), false)) {
                writer.startRow();
                writer.writeInt(1);
            }
            assertThat(TestingPostgres.one(TESTING.url(), "select count(*) from copied"))
                    .isEqualTo("0");
            // And the connection is still of use.
            assertThat(statement.execute("select 1")).isTrue();
        }
    }

    @Example
    void readingMayEndBeforeTheLastRow() throws SQLException {
        try (Connection connection = TESTING.url().dataSource().getConnection()) {
            try (CopyReader reader =
                    CopyReader.of(connection, "select i from generate_series(1, 100000) i")) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.getInt(0)).isEqualTo(1);
            }
            try (CopyReader reader = CopyReader.of(connection, "select 7")) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.getInt(0)).isEqualTo(7);
            }
        }
    }
}
