package io.tieout.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Puts large sets of rows into a segmented table, and takes them out again.
///
/// A large set gets a segment of its own: a table made, filled, indexed and joined to its parent in
/// one transaction, which is the fastest way in, and whose removal is that of a table. Small ones
/// share segment 0. Either way a set is there at once or not at all, and a process that is killed
/// leaves nothing behind.
///
/// Nobody waits for anybody: joining takes a lock on the parent that goes with reading and writing
/// it, and is held from the end of the load to its commit.
public final class Segments {
    /// The segment that small sets share.
    public static final int SHARED = 0;

    /// From how many rows on a set gets a segment of its own. Measured: docs/adr/0011-segments.md.
    public static final int OWN_FROM_ROWS = 50_000;

    private static final long REMOVING = 0x7469_656f_7574_0001L;

    private final Database database;

    public Segments(Database database) {
        this.database = database;
    }

    /// Writes the rows of a set.
    @FunctionalInterface
    public interface Rows {
        /// Writes them, each with the segment as its first value.
        void write(CopyWriter writer, int segment) throws SQLException;
    }

    /// What is done with a set that was loaded, in the same transaction.
    @FunctionalInterface
    public interface Completion<R extends @Nullable Object> {
        /// Completes it.
        ///
        /// @param handle as the worker
        /// @param rows how many were written
        R complete(Handle handle, int segment, long rows) throws SQLException;
    }

    /// Has an eye on the connection of a load, to end what it does.
    @FunctionalInterface
    public interface Guard {
        /// Nobody ends the load.
        Guard NONE = _ -> () -> {};

        /// Begins before the first statement of the load; what is given ends after the last.
        Guarded over(Connection connection);

        /// Ends it.
        @FunctionalInterface
        interface Guarded extends AutoCloseable {
            @Override
            void close();
        }
    }

    /// Loads a set of rows, which nobody ends.
    ///
    /// @param expectedRows about how many; decides about a segment of its own
    /// @param columns after `segment`, as the rows give them
    /// @return what the completion does
    public <R extends @Nullable Object> R load(
            RequestId requestId,
            SegmentedTable table,
            long expectedRows,
            List<String> columns,
            Rows rows,
            Completion<R> completion) {
        return load(requestId, table, expectedRows, columns, Guard.NONE, rows, completion);
    }

    /// Loads a set of rows.
    ///
    /// @param expectedRows about how many; decides about a segment of its own
    /// @param columns after `segment`, as the rows give them
    /// @return what the completion does
    public <R extends @Nullable Object> R load(
            RequestId requestId,
            SegmentedTable table,
            long expectedRows,
            List<String> columns,
            Guard guard,
            Rows rows,
            Completion<R> completion) {
        boolean own = expectedRows >= OWN_FROM_ROWS;
        return database.inOwner(
                requestId,
                handle -> {
                    Connection connection = handle.getConnection();
                    try (Guard.Guarded _ = guard.over(connection)) {
                        int segment = own ? create(connection, table) : SHARED;
                        long written = copy(connection, table, segment, columns, rows);
                        if (own) {
                            index(connection, table, segment);
                            attach(connection, table, segment);
                        }
                        execute(connection, "set local role tieout_worker");
                        return completion.complete(handle, segment, written);
                    }
                });
    }

    private static int create(Connection connection, SegmentedTable table) throws SQLException {
        int segment;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select nextval('segments')")) {
            row.next();
            segment = row.getInt(1);
        }
        String name = table.partition(segment);
        // Checked row by row on the way in, so that joining need not read them all again.
        execute(
                connection,
                "create table %s (like %s including defaults including constraints, constraint segment check (segment = %d))"
                        .formatted(name, table.sqlName(), segment));
        if (table.wideColumn().isPresent()) {
            execute(
                    connection,
                    "alter table %s alter %s set statistics 0"
                            .formatted(name, table.wideColumn().get()));
        }
        return segment;
    }

    private static long copy(
            Connection connection,
            SegmentedTable table,
            int segment,
            List<String> columns,
            Rows rows)
            throws SQLException {
        List<String> all = new ArrayList<>(List.of("segment"));
        all.addAll(columns);
        // Of the partition: the parent's row-level security would not let COPY through.
        try (CopyWriter writer =
                CopyWriter.into(connection, table.partition(segment), all, segment != SHARED)) {
            rows.write(writer, segment);
            return writer.finish();
        }
    }

    private static void index(Connection connection, SegmentedTable table, int segment)
            throws SQLException {
        execute(connection, "set local maintenance_work_mem = '256MB'");
        execute(connection, "set local max_parallel_maintenance_workers = 2");
        for (String name : indexes(connection, table)) {
            Index index = inCatalogue(name);
            execute(
                    connection,
                    "create index %s_%d on %s %s"
                            .formatted(
                                    name, segment, table.partition(segment), index.definition()));
        }
        execute(connection, "analyze " + table.partition(segment));
    }

    // Those that the parent has now; one that is being added meanwhile comes along by attaching.
    private static List<String> indexes(Connection connection, SegmentedTable table)
            throws SQLException {
        String sql =
                """
                select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                 where i.indrelid = ?::regclass order by 1
                """;
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.sqlName());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private static Index inCatalogue(String name) {
        return IndexCatalogue.all().stream()
                .filter(index -> index.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not in the catalogue"));
    }

    private static void attach(Connection connection, SegmentedTable table, int segment)
            throws SQLException {
        String name = table.partition(segment);
        execute(
                connection,
                "alter table %s attach partition %s for values in (%d)"
                        .formatted(table.sqlName(), name, segment));
        execute(connection, "alter table " + name + " drop constraint segment");
    }

    /// Removes a set. Who reads it now goes on to see it; who begins after does not.
    ///
    /// @param setNumber the data source's or job's number
    /// @return rows removed, or 0 where a segment went as a whole
    public long drop(RequestId requestId, SegmentedTable table, int segment, long setNumber) {
        if (segment == SHARED) {
            String sql =
                    "delete from %s using (select ?::bigint as number) s where segment = 0 and %s"
                            .formatted(table.sqlName(), table.setCondition());
            return database.inWorker(requestId, handle -> (long) handle.execute(sql, setNumber));
        }
        oneAtATime(
                connection -> {
                    if (isAttached(connection, table, segment)) {
                        // Waits for who reads now, and keeps nobody from reading.
                        execute(
                                connection,
                                "alter table %s detach partition %s concurrently"
                                        .formatted(table.sqlName(), table.partition(segment)));
                    }
                    execute(connection, "drop table if exists " + table.partition(segment));
                });
        return 0;
    }

    // Else a sweep would finish what a removal of another server is still about.
    private void oneAtATime(Database.Statements body) {
        database.outsideTransactions(
                connection -> {
                    execute(connection, "select pg_advisory_lock(" + REMOVING + ")");
                    try {
                        body.on(connection);
                    } finally {
                        execute(connection, "select pg_advisory_unlock(" + REMOVING + ")");
                    }
                });
    }

    private static boolean isAttached(Connection connection, SegmentedTable table, int segment)
            throws SQLException {
        return texts(connection, ATTACHED, table.sqlName()).contains(table.partition(segment));
    }

    /// Finishes removals that were interrupted: segments half or wholly detached, not yet dropped.
    /// A load under way is not seen by this.
    ///
    /// @return names of what was removed
    public List<String> sweep() {
        List<String> removed = new ArrayList<>();
        oneAtATime(
                connection -> {
                    for (SegmentedTable table : SegmentedTable.values()) {
                        for (String name : texts(connection, PENDING, table.sqlName())) {
                            execute(
                                    connection,
                                    "alter table %s detach partition %s finalize"
                                            .formatted(table.sqlName(), name));
                        }
                        for (String name : texts(connection, DETACHED, table.sqlName() + "\\_%")) {
                            execute(connection, "drop table " + name);
                            removed.add(name);
                        }
                    }
                });
        return List.copyOf(removed);
    }

    private static final String ATTACHED =
            "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass and not inhdetachpending";
    private static final String PENDING =
            "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass and inhdetachpending";
    private static final String DETACHED =
            """
            select relname::text from pg_class
             where relkind = 'r' and not relispartition and relnamespace = 'public'::regnamespace
               and relname like ? and relname ~ '_[0-9]+$'
            """;

    private static List<String> texts(Connection connection, String sql, String value)
            throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
        }
        return texts;
    }

    // Names and numbers of ours only.
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
