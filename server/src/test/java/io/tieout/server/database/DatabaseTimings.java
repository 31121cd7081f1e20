package io.tieout.server.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntToLongFunction;

/// Prints what the choices of docs/adr/0011 rest on: rows a second by COPY, segments of their own
/// beside the shared one, and how long starting takes. Run as a program, on a quiet machine.
final class DatabaseTimings {
    private static final int ROWS = 1_000_000;
    private static final int REPETITIONS = 5;
    private static final UUID PROJECT = new UUID(0, 1);

    private DatabaseTimings() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Files.createTempDirectory("tieout-timings");
        DatabaseSettings settings = DatabaseSettings.of(Optional.empty(), home);
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            Database database = Database.open(settings);
            say("open %s, ms", i == 0 ? "(first start)" : "(again)", System.nanoTime() - start);
            start = System.nanoTime();
            database.close();
            say("close, ms%s", "", System.nanoTime() - start);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                Migrations.migrate(postgres.url().dataSource());
                say("migrate with nothing to do, ms%s", "", System.nanoTime() - start);
            }
            try (Database database = Database.at(postgres.url(), settings)) {
                copy(database, postgres.url());
                if (arguments.length == 0) {
                    segments(database);
                }
            }
        } finally {
            PostgresBinaries.deleteTree(home);
        }
    }

    private static void copy(Database database, DatabaseUrl url) throws SQLException {
        Segments segments = new Segments(database);
        int[] last = new int[1];
        rate(
                "load of 1M rows into a segment, with its index, analyzed",
                i -> {
                    last[0] = load(segments, i, ROWS, true);
                    return ROWS;
                });
        String query =
                "select row_number, line, cells, kinds from reconciliation_records where segment = "
                        + last[0];
        rate(
                "COPY out of 1M rows",
                i ->
                        database.inWorker(
                                new RequestId("t"),
                                handle -> {
                                    long bytes = 0;
                                    long rows = 0;
                                    PackedCells cells = new PackedCells();
                                    try (CopyReader reader =
                                            CopyReader.of(handle.getConnection(), query)) {
                                        while (reader.next()) {
                                            cells.read(
                                                    reader.bytes(), reader.from(2), reader.to(2));
                                            bytes += cells.to(0) - cells.from(0);
                                            rows++;
                                        }
                                    }
                                    return bytes > 0 ? rows : 0;
                                }));
        rate(
                "COPY into a table made in the transaction, nothing else",
                i -> {
                    try (Connection connection = url.dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        statement.execute(
                                "create table bare_"
                                        + i
                                        + " (like reconciliation_records including defaults)");
                        try (CopyWriter writer =
                                CopyWriter.into(
                                        connection,
                                        "bare_" + i,
                                        java.util.List.of(
                                                "segment",
                                                "source_number",
                                                "row_number",
                                                "line",
                                                "project_id",
                                                "cells"),
                                        true)) {
                            rows(writer, 7, i, ROWS);
                            writer.finish();
                        }
                        connection.commit();
                        return ROWS;
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void segments(Database database) {
        Segments segments = new Segments(database);
        for (int rows : new int[] {1_000, 5_000, 20_000, 100_000, 300_000, 1_000_000}) {
            for (boolean own : new boolean[] {false, true}) {
                rate(
                        "load of " + rows + " rows, " + (own ? "own segment" : "shared"),
                        i -> {
                            load(segments, 1_000_000L + rows + i, rows, own);
                            return rows;
                        });
            }
        }
    }

    private static int load(Segments segments, long source, int rows, boolean own) {
        return segments.load(
                new RequestId("t"),
                SegmentedTable.RECORDS,
                own ? Integer.MAX_VALUE : 0,
                RecordRows.COLUMNS,
                (writer, segment) -> rows(writer, segment, source, rows),
                (handle, segment, written) -> segment);
    }

    private static void rows(CopyWriter writer, int segment, long source, int rows)
            throws SQLException {
        byte[] cells =
                "TX-0012345678|2026-03-14|1234.56|EUR|INV 2026/0815|Example Trading GmbH|payment of invoice"
                        .getBytes(StandardCharsets.UTF_8);
        int[] ends = new int[7];
        int count = 0;
        for (int i = 0; i <= cells.length; i++) {
            if (i == cells.length || cells[i] == '|') {
                ends[count++] = i;
            }
        }
        for (int row = 1; row <= rows; row++) {
            for (int i = 12, rest = row; i > 2; i--, rest /= 10) {
                cells[i] = (byte) ('0' + rest % 10);
            }
            writer.startRow();
            writer.writeInt(segment);
            writer.writeLong(source);
            writer.writeInt(row);
            writer.writeLong(row + 1);
            writer.writeUuid(PROJECT);
            writer.startCells();
            int from = 0;
            for (int end : ends) {
                writer.writeCell(cells, from, end);
                from = end + 1;
            }
            writer.endCells();
        }
    }

    private static void rate(String what, IntToLongFunction body) {
        double[] millis = new double[REPETITIONS];
        double[] rates = new double[REPETITIONS];
        double[] ours = new double[REPETITIONS];
        double[] theirs = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            long client = clientCpuNanos();
            long server = serverCpuNanos();
            long start = System.nanoTime();
            long rows = body.applyAsLong(i);
            long nanos = System.nanoTime() - start;
            ours[i] = (clientCpuNanos() - client) / 1e6;
            theirs[i] = (serverCpuNanos() - server) / 1e6;
            millis[i] = nanos / 1e6;
            rates[i] = rows * 1e9 / nanos;
        }
        Arrays.sort(millis);
        Arrays.sort(rates);
        Arrays.sort(ours);
        Arrays.sort(theirs);
        System.out.printf(
                Locale.ROOT,
                "%-60s %9.1f ms, CPU %7.1f + %7.1f ms, %9.0f rows/s (medians; best %.0f)%n",
                what,
                millis[REPETITIONS / 2],
                ours[REPETITIONS / 2],
                theirs[REPETITIONS / 2],
                rates[REPETITIONS / 2],
                rates[REPETITIONS - 1]);
    }

    private static long clientCpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    // Of the server process, its children, and those that have ended; ticks of 10 ms.
    private static long serverCpuNanos() {
        long ticks = 0;
        for (ProcessHandle each : ProcessHandle.current().descendants().toList()) {
            try {
                String stat = Files.readString(Path.of("/proc/" + each.pid() + "/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                for (int field = 11; field <= 14; field++) {
                    ticks += Long.parseLong(fields[field]);
                }
            } catch (IOException e) {
                // Ended, and counted with its parent.
            }
        }
        return ticks * 10_000_000;
    }

    private static void say(String format, String part, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "%-60s %9d%n",
                format.formatted(part),
                Duration.ofNanos(nanos).toMillis());
    }
}
