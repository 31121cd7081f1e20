package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
    private static final List<String> COLUMNS =
            List.of("s", "i", "l", "b", "u", "t", "a", "y", "d", "z", "n", "m", "j", "r");
    private static final TestingDatabase TESTING = TestingPostgres.database();

    @BeforeContainer
    static void start() {
        TestingPostgres.execute(
                TESTING.url(),
                "create table copied (number serial, s int2, i int4, l int8, b bool, u uuid, t text, a text[],"
                        + " y bytea, d date, z timestamptz, n numeric, m numeric, j jsonb, r int8[])");
    }

    @AfterContainer
    static void stop() {
        TESTING.close();
    }

    private record Row(
            short s,
            int i,
            long l,
            boolean b,
            UUID u,
            String t,
            List<@Nullable String> a,
            byte[] y,
            LocalDate d,
            Instant z,
            long unscaled,
            int scale,
            BigDecimal m,
            List<Long> r) {

        static Row random(Random random) {
            return new Row(
                    (short) random.nextInt(),
                    random.nextInt(),
                    random.nextLong(),
                    random.nextBoolean(),
                    new UUID(random.nextLong(), random.nextLong()),
                    text(random),
                    texts(random),
                    bytes(random),
                    LocalDate.ofEpochDay(random.nextInt(-700_000, 1_000_000)),
                    Instant.EPOCH.plus(
                            random.nextLong(-60_000_000_000_000_000L, 90_000_000_000_000_000L),
                            ChronoUnit.MICROS),
                    random.nextLong() >> random.nextInt(64),
                    random.nextInt(0, 25),
                    decimal(random),
                    random.longs(random.nextInt(4)).boxed().toList());
        }

        private static String text(Random random) {
            int[] points =
                    random.ints(random.nextInt(20), 1, 0x11000)
                            .filter(c -> c < 0xD800 || c > 0xDFFF)
                            .toArray();
            return new String(points, 0, points.length);
        }

        private static List<@Nullable String> texts(Random random) {
            List<@Nullable String> texts = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                texts.add(random.nextInt(4) == 0 ? null : text(random));
            }
            return texts;
        }

        private static byte[] bytes(Random random) {
            byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? 200_000 : 50)];
            random.nextBytes(bytes);
            return bytes;
        }

        private static BigDecimal decimal(Random random) {
            BigDecimal magnitude =
                    new BigDecimal(
                            new java.math.BigInteger(random.nextInt(200), random),
                            random.nextInt(-20, 60));
            return random.nextBoolean() ? magnitude : magnitude.negate();
        }

        BigDecimal n() {
            return BigDecimal.valueOf(unscaled, scale);
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
            String query = "select " + String.join(", ", COLUMNS) + " from copied order by number";
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
        writer.writeShort(row.s());
        writer.writeInt(row.i());
        writer.writeLong(row.l());
        writer.writeBoolean(row.b());
        writer.writeUuid(row.u());
        writer.writeText(row.t());
        writer.startTextArray();
        for (String element : row.a()) {
            if (element == null) {
                writer.writeNullElement();
            } else {
                byte[] utf8 = ("<" + element + ">").getBytes(StandardCharsets.UTF_8);
                writer.writeElement(utf8, 1, utf8.length - 1);
            }
        }
        writer.endArray();
        writer.writeBytes(row.y(), 0, row.y().length);
        writer.writeDate((int) row.d().toEpochDay());
        writer.writeTimestamp(ChronoUnit.MICROS.between(Instant.EPOCH, row.z()));
        writer.writeNumeric(row.unscaled(), row.scale());
        writer.writeNumeric(row.m());
        writer.writeJson("{\"t\": " + row.i() + "}");
        writer.writeLongs(row.r().stream().mapToLong(Long::longValue).toArray(), 0, row.r().size());
    }

    private static void compare(ResultSet read, @Nullable Row row) throws SQLException {
        if (row == null) {
            for (String column : COLUMNS) {
                assertThat(read.getObject(column)).isNull();
            }
            return;
        }
        assertThat(read.getShort("s")).isEqualTo(row.s());
        assertThat(read.getInt("i")).isEqualTo(row.i());
        assertThat(read.getLong("l")).isEqualTo(row.l());
        assertThat(read.getBoolean("b")).isEqualTo(row.b());
        assertThat(read.getObject("u")).isEqualTo(row.u());
        assertThat(read.getString("t")).isEqualTo(row.t());
        assertThat((Object[]) read.getArray("a").getArray()).containsExactly(row.a().toArray());
        assertThat(read.getBytes("y")).isEqualTo(row.y());
        assertThat(read.getObject("d", LocalDate.class)).isEqualTo(row.d());
        assertThat(read.getObject("z", java.time.OffsetDateTime.class).toInstant())
                .isEqualTo(row.z());
        assertThat(read.getBigDecimal("n")).isEqualTo(row.n());
        assertThat(read.getBigDecimal("m")).isEqualTo(plain(row.m()));
        assertThat(read.getString("j")).isEqualTo("{\"t\": " + row.i() + "}");
        assertThat((Object[]) read.getArray("r").getArray()).containsExactly(row.r().toArray());
    }

    // PostgreSQL has no negative scale.
    private static BigDecimal plain(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private static void compare(CopyReader read, @Nullable Row row) {
        assertThat(read.fields()).isEqualTo(COLUMNS.size());
        if (row == null) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                assertThat(read.isNull(i)).isTrue();
            }
            return;
        }
        assertThat(read.getShort(0)).isEqualTo(row.s());
        assertThat(read.getInt(1)).isEqualTo(row.i());
        assertThat(read.getLong(2)).isEqualTo(row.l());
        assertThat(read.getBoolean(3)).isEqualTo(row.b());
        assertThat(read.getUuid(4)).isEqualTo(row.u());
        assertThat(read.getText(5)).isEqualTo(row.t());
        assertThat(texts(read, 6)).isEqualTo(row.a());
        assertThat(read.getBytes(7)).isEqualTo(row.y());
        assertThat(read.getDate(8)).isEqualTo((int) row.d().toEpochDay());
        assertThat(read.getTimestamp(9))
                .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, row.z()));
        assertThat(read.getNumeric(10)).isEqualTo(row.n());
        assertThat(read.getNumeric(11)).isEqualTo(plain(row.m()));
        assertThat(read.getJson(12)).isEqualTo("{\"t\": " + row.i() + "}");
        List<Long> longs = new ArrayList<>();
        int count = read.elements(13);
        for (int i = 0; i < count; i++) {
            longs.add(read.elementLong(i));
        }
        assertThat(longs).isEqualTo(row.r());
    }

    private static List<@Nullable String> texts(CopyReader read, int field) {
        List<@Nullable String> texts = new ArrayList<>();
        int count = read.elements(field);
        for (int i = 0; i < count; i++) {
            texts.add(
                    read.elementTo(i) < 0
                            ? null
                            : new String(
                                    read.bytes(),
                                    read.elementFrom(i),
                                    read.elementTo(i) - read.elementFrom(i),
                                    StandardCharsets.UTF_8));
        }
        return texts;
    }

    @Property(tries = 2000)
    void aScaledLongIsTheDecimalOfTheSameValue(@ForAll long unscaled, @ForAll Random random) {
        int scale = random.nextInt(-5, 40);
        NumericBytes fast = new NumericBytes();
        fast.set(unscaled, scale);
        NumericBytes exact = new NumericBytes();
        exact.set(BigDecimal.valueOf(unscaled, scale));
        byte[] one = new byte[fast.size()];
        fast.copyTo(one, 0);
        byte[] other = new byte[exact.size()];
        exact.copyTo(other, 0);
        assertThat(one).isEqualTo(other);
        assertThat(NumericBytes.read(one, 0)).isEqualTo(plain(BigDecimal.valueOf(unscaled, scale)));
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
