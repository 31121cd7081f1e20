package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/// Canaries: secrets that are given to the server, and looked for in all that it writes.
final class SecretsTest {
    // Held: the log manager would forget its level.
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("io.tieout");

    @Test
    void noSecretIsInAnyLogLineProblemOrEntry() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler =
                new Handler() {
                    private final SimpleFormatter formatter = new SimpleFormatter();

                    @Override
                    public void publish(LogRecord line) {
                        lines.add(formatter.format(line));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        OURS.setLevel(Level.ALL);
        try (TestingServer server = TestingServer.start()) {
            List<String> canaries = new ArrayList<>();
            List<String> problems = use(server, canaries);
            assertThat(canaries).hasSizeGreaterThan(7).allMatch(canary -> canary.length() > 11);
            lines.addAll(problems);
            lines.addAll(kept(server));
            assertThat(lines).isNotEmpty();
            for (String canary : canaries) {
                assertThat(lines).noneMatch(line -> line.contains(canary));
            }
        } finally {
            ROOT.removeHandler(handler);
            OURS.setLevel(null);
        }
    }

    @Test
    void aFailedStatementDoesNotTellItsValues() {
        try (TestingServer server = TestingServer.start()) {
            String email = server.administrator().email();
            assertThatThrownBy(
                            () ->
                                    server.database()
                                            .inWorker(
                                                    new RequestId("test"),
                                                    h ->
                                                            h.execute(
                                                                    "insert into users (id, email, name) values (?, ?, 'canary')",
                                                                    UUID.randomUUID(),
                                                                    email)))
                    .hasMessageContaining("unique constraint")
                    .hasMessageContaining("insert into users")
                    .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain(email));
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /// Signs in and fails in many ways; gives the problems that were answered.
    private static List<String> use(TestingServer server, List<String> canaries) {
        Person person = server.person();
        UUID project = server.project(person);
        Reply login =
                post(
                        server,
                        "login",
                        Map.of("email", person.email(), "password", TestingServer.PASSWORD));
        Reply link =
                server.administrator()
                        .api()
                        .with("Idempotency-Key", "link")
                        .post("/api/users/" + person.id() + "/links");
        Reply token =
                person.api()
                        .with("Idempotency-Key", "token")
                        .post(
                                "/api/projects/" + project + "/service-tokens",
                                Map.of("name", "machine", "role", "editor"));
        canaries.add(TestingServer.PASSWORD);
        canaries.add("canary password one");
        canaries.add("canarycanary");
        canaries.add(login.text("access_token"));
        canaries.add(login.text("refresh_token"));
        canaries.add(link.text("link", "token"));
        canaries.add(token.text("token"));
        canaries.add("tieout_rt_canary-canary");
        List<String> problems = new ArrayList<>();
        problems.add(
                post(
                                server,
                                "login",
                                Map.of("email", person.email(), "password", "canary password one"))
                        .body());
        problems.add(
                post(server, "login", Map.of("canarycanary", 1))
                        .body()
                        .replace("canarycanary", ""));
        problems.add(
                post(server, "refresh", Map.of("refresh_token", "tieout_rt_canary-canary")).body());
        post(server, "refresh", Map.of("refresh_token", login.text("refresh_token")));
        problems.add(
                post(server, "refresh", Map.of("refresh_token", login.text("refresh_token")))
                        .body());
        problems.add(
                post(
                                server,
                                "accept",
                                Map.of(
                                        "token",
                                        link.text("link", "token"),
                                        "password",
                                        "canarycanary"))
                        .body());
        problems.add(server.anyone().bearing(token.text("token") + "x").get("/api/auth/me").body());
        assertThat(problems).allMatch(problem -> problem.contains("request_id"));
        return problems;
    }

    private static Reply post(TestingServer server, String what, Map<String, ?> body) {
        return server.anyone().post("/api/auth/" + what, body);
    }

    /// What the database keeps of it where others may read.
    private static List<String> kept(TestingServer server) {
        return server.database()
                .inWorker(
                        new RequestId("test"),
                        h ->
                                h.select(
                                                "select convert_from(answer, 'UTF8') || headers::text from idempotency_keys"
                                                        + " union all select details::text || action || subject_id from audit_log"
                                                        + " union all select query from pg_stat_activity where datname = current_database()")
                                        .mapTo(String.class)
                                        .list());
    }
}
