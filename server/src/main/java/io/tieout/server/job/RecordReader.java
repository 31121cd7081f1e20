package io.tieout.server.job;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.Reject;
import io.tieout.formats.source.SourceInfo;
import io.tieout.formats.source.SourceRead;
import io.tieout.formats.source.StoredKeys;
import io.tieout.formats.source.StoredPart;
import io.tieout.formats.source.StoredRows;
import io.tieout.formats.source.StoredSource;
import io.tieout.server.database.Access;
import io.tieout.server.database.CopyReader;
import io.tieout.server.database.Database;
import io.tieout.server.database.PackedCells;
import io.tieout.server.database.RequestId;
import io.tieout.server.reconciliation.SourceFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// Reads the records of a side out of the database, only the columns that the plan needs, by binary
/// COPY of several ranges at once, straight into the columns of a table.
final class RecordReader {
    /// Rows that a thread reads at a time.
    private static final int RANGE = 1 << 16;

    /// Rows that are asked for by their numbers at a time.
    private static final int NUMBERS = 1 << 13;

    /// Rows between two looks at whether the job must end.
    private static final int STRIDE = 1 << 10;

    private static final int KINDS = 2;
    private static final int CELLS = 3;

    private static final String REJECTS =
            """
            select line, row_number, column_name, reason from data_source_rejects
             where data_source_id = :id order by row_number, number
            """;

    private final Database database;
    private final int threads;

    RecordReader(Database database, int threads) {
        this.database = database;
        this.threads = threads;
    }

    /// What a side is read for.
    record Request(Plan plan, Side side, int maxRejects, JobWatch watch, RequestId requestId) {}

    /// Reads a side.
    ///
    /// @param source the job's own data source
    /// @param carried records that are taken along, unless the data source has their keys
    ReconciledSide read(Request request, SourceFacts source, List<CarriedInput> carried) {
        StoredRows rows = new StoredRows(request.plan(), request.side(), request.maxRejects());
        List<StoredSource> into = new ArrayList<>();
        into.add(rows.source(source.name(), source.columns()));
        fill(request, source, into.getFirst());
        List<UUID> ids = new ArrayList<>(List.of(source.id()));
        for (CarriedInput earlier : carried) {
            StoredSource stored = rows.source(earlier.source().name(), earlier.source().columns());
            fill(request, earlier, stored, into.getFirst().keys());
            into.add(stored);
            ids.add(earlier.source().id());
        }
        int[] counts = into.stream().mapToInt(StoredSource::records).toArray();
        SourceRead read = rows.assemble(info(source), into);
        return new ReconciledSide(read, ids, counts);
    }

    private static SourceInfo info(SourceFacts source) {
        return new SourceInfo(
                source.name(), source.format(), "none", source.sha256(), source.sizeBytes(), 0);
    }

    private void fill(Request request, SourceFacts source, StoredSource into) {
        long last = source.recordCount() + source.rejectedCount();
        if (last > Integer.MAX_VALUE - RANGE) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.of(source.name()),
                            "has " + last + " rows, more than can be matched at once",
                            "split the source"));
        }
        List<Reject> rejects =
                database.inWorker(
                        request.requestId(), Access.READ, handle -> rejects(handle, source));
        List<ParallelReading.Piece> pieces = new ArrayList<>();
        AtomicLong found = new AtomicLong();
        for (int from = 0; from == 0 || from < last; from += RANGE) {
            int after = from;
            int to = (int) Math.min(last, (long) from + RANGE);
            StoredPart part = into.part(to - from);
            List<Reject> among =
                    rejects.stream().filter(r -> r.row() > after && r.row() <= to).toList();
            String where = "row_number > " + after + " and row_number <= " + to;
            pieces.add(
                    () -> {
                        Rows rows = new Rows(request.watch(), part, among, into.columns());
                        found.addAndGet(read(request, source, where, rows));
                    });
        }
        ParallelReading.run(pieces, threads);
        if (found.get() != source.recordCount()) {
            throw new JobFailure.Thrown(JobFailure.sourceGone(source.name()));
        }
    }

    private static List<Reject> rejects(Handle handle, SourceFacts source) {
        return handle.createQuery(REJECTS)
                .bind("id", source.id())
                .map(
                        (row, _) ->
                                new Reject(
                                        row.getLong("line"),
                                        row.getInt("row_number"),
                                        row.getString("column_name"),
                                        row.getString("reason")))
                .list();
    }

    private void fill(Request request, CarriedInput carried, StoredSource into, StoredKeys newer) {
        List<ParallelReading.Piece> pieces = new ArrayList<>();
        AtomicLong found = new AtomicLong();
        for (int from = 0; from < carried.rows().length; from += NUMBERS) {
            int[] numbers =
                    Arrays.copyOfRange(
                            carried.rows(), from, Math.min(carried.rows().length, from + NUMBERS));
            StoredPart part = into.partWithout(newer, numbers.length);
            String where =
                    IntStream.of(numbers)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(",", "row_number = any ('{", "}'::int[])"));
            pieces.add(
                    () -> {
                        Rows rows = new Rows(request.watch(), part, List.of(), into.columns());
                        found.addAndGet(read(request, carried.source(), where, rows));
                    });
        }
        ParallelReading.run(pieces, threads);
        if (found.get() != carried.rows().length) {
            throw new JobFailure.Thrown(JobFailure.sourceGone(carried.source().name()));
        }
    }

    /// Reads rows in their order.
    ///
    /// @param where which, of nothing but whole numbers: COPY takes no parameters
    /// @return how many there were
    private long read(Request request, SourceFacts source, String where, Rows rows) {
        String query =
                "select row_number, line, kinds, cells from reconciliation_records where segment = %d and source_number = %d and %s order by row_number"
                        .formatted(source.segment(), source.number(), where);
        return database.inWorker(
                request.requestId(),
                Access.READ,
                handle -> rows.read(handle.getConnection(), query));
    }

    /// Rows on their way from the database into a part.
    private static final class Rows {
        private final JobWatch watch;
        private final StoredPart part;
        private final List<Reject> rejects;
        private final int[] columns;
        private final PackedCells cells = new PackedCells();
        private int nextReject;
        private long count;

        Rows(JobWatch watch, StoredPart part, List<Reject> rejects, int[] columns) {
            this.watch = watch;
            this.part = part;
            this.rejects = rejects;
            this.columns = columns;
        }

        long read(Connection connection, String query) throws SQLException {
            try (JobWatch.Watched _ = watch.watch(connection);
                    CopyReader reader = CopyReader.of(connection, query)) {
                while (reader.next()) {
                    add(reader);
                    if (++count % STRIDE == 0) {
                        tell(STRIDE);
                    }
                }
                rejectBefore(Integer.MAX_VALUE);
                tell(count % STRIDE);
                return count;
            }
        }

        private void tell(long rows) {
            watch.advance(rows);
            watch.requireGoingOn();
        }

        private void add(CopyReader reader) {
            int number = reader.getInt(0);
            rejectBefore(number);
            byte[] bytes = reader.bytes();
            boolean plain = reader.isNull(KINDS);
            int kinds = reader.from(KINDS);
            int kindsEnd = reader.to(KINDS);
            cells.read(bytes, reader.from(CELLS), reader.to(CELLS));
            for (int i = 0; i < columns.length; i++) {
                int column = columns[i];
                if (!cells.isAbsent(column)) {
                    int at = kinds + column;
                    byte kind = plain || at >= kindsEnd ? CellKind.TEXT : bytes[at];
                    part.cell(i, bytes, cells.from(column), cells.to(column), kind);
                }
            }
            part.add(number, reader.getLong(1));
        }

        private void rejectBefore(int number) {
            while (nextReject < rejects.size() && rejects.get(nextReject).row() < number) {
                part.reject(rejects.get(nextReject++));
            }
        }
    }
}
