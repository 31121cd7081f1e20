package io.tieout.server.database;

import java.time.Duration;

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

    /// It, as another program on the same database sees it.
    public Database another() {
        return Database.at(url, TestingPostgres.settings(Duration.ofSeconds(30)));
    }

    /// Its URL with the password, for another process.
    public String text() {
        return "postgres://"
                + url.user()
                + ":"
                + url.password()
                + "@"
                + url.place()
                + "?sslmode=disable";
    }

    /// Closes it and drops it.
    @Override
    public void close() {
        database.close();
        TestingPostgres.drop(url);
    }
}
