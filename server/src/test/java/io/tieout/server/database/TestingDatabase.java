package io.tieout.server.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

    /// Its address with user and password, for a program that is to use it too.
    public String address() {
        String password = URLEncoder.encode(String.valueOf(url.password()), StandardCharsets.UTF_8);
        return "postgres://" + url.user() + ":" + password + "@" + url.place() + "?sslmode=disable";
    }

    DatabaseUrl url() {
        return url;
    }

    /// It, as another program on the same database sees it.
    public Database another() {
        return Database.at(url, TestingPostgres.settings(Duration.ofSeconds(30)));
    }

    /// Closes it and drops it.
    @Override
    public void close() {
        database.close();
        TestingPostgres.drop(url);
    }
}
