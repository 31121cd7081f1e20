package io.tieout.server.database;

/// A database of one test.
public final class TestingDatabase implements AutoCloseable {
    private final DatabaseUrl url;
    private final Database database;

    TestingDatabase(DatabaseUrl url, Database database) {
        this.url = url;
        this.database = database;
    }

    /// It, as the program sees it.
    public Database database() {
        return database;
    }

    DatabaseUrl url() {
        return url;
    }

    /// Closes it and drops it.
    @Override
    public void close() {
        database.close();
        TestingPostgres.drop(url);
    }
}
