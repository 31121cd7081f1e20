package io.tieout.server.reliability;

import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.statement.Query;

/// The database of the platform, looked at from aside.
final class Books implements AutoCloseable {
    private static final RequestId REQUEST = new RequestId("books");
    private static final long PATIENCE_MILLIS = 40_000;
    private static final String LOOSE_TABLES =
            "select count(*) from pg_class where relkind = 'r' and not relispartition"
                    + " and relname ~ '^reconciliation_(records|results)_[0-9]+$'";

    private final Database database;
    private final Runnable closing;

    private Books(Database database, Runnable closing) {
        this.database = database;
        this.closing = closing;
    }

    /// Of a database that others close.
    static Books shared(Database database) {
        return new Books(database, () -> {});
    }

    /// Of a database that is closed with them.
    static Books own(Database database) {
        return new Books(database, database::close);
    }

    /// The first value of the first row.
    ///
    /// @param values of the question marks
    long count(String sql, Object... values) {
        return database.inWorker(
                REQUEST,
                handle -> {
                    Query query = handle.createQuery(sql);
                    for (int i = 0; i < values.length; i++) {
                        query.bind(i, values[i]);
                    }
                    return query.mapTo(Long.class).one();
                });
    }

    /// Tables of large sets that belong to nothing, once upkeep had its time.
    long looseTables() {
        return settled(() -> count(LOOSE_TABLES));
    }

    /// Entries of the trail about one thing.
    long audited(String action, Object subject) {
        return count(
                "select count(*) from audit_log where action = ? and subject_id = ?",
                action,
                subject.toString());
    }

    /// What is zero sooner or later; after a while, what it is then.
    static long settled(LongSupplier count) {
        await(() -> count.getAsLong() == 0);
        return count.getAsLong();
    }

    /// Waits until something is so, and no longer than it may take.
    ///
    /// @return whether it came to be so
    static boolean await(BooleanSupplier so) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!so.getAsBoolean()) {
            if (System.currentTimeMillis() > end) {
                return false;
            }
            pause(20);
        }
        return true;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
