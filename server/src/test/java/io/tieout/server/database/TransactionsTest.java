package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TransactionsTest {
    private static final RequestId REQUEST = new RequestId("req-1");
    private static TestingDatabase testing;
    private static Database database;

    @BeforeAll
    static void start() {
        testing = TestingPostgres.database();
        database = testing.database();
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    @Test
    void eachBodyRunsAsItsRole() {
        UUID user = UUID.randomUUID();
        String app =
                database.inApp(
                        new Actor(user, REQUEST),
                        h ->
                                h.select(
                                                "select current_user || ' ' || tieout_user() || ' ' || current_setting('application_name')")
                                        .mapTo(String.class)
                                        .one());
        assertThat(app).isEqualTo("tieout_app " + user + " tieout req-1");
        String worker =
                database.inWorker(
                        REQUEST, h -> h.select("select current_user").mapTo(String.class).one());
        assertThat(worker).isEqualTo("tieout_worker");
    }
}
