package io.tieout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `tieout serve` and what talks to it, as processes of their own, with the database it brings.
final class PlatformTest {
    private static final String EMAIL = "ada@example.org";
    private static final String PASSWORD = "opal tangent veranda 41";
    private static final Pattern READY = Pattern.compile("ready at (http://127\\.0\\.0\\.1:\\d+)");

    @TempDir private static Path dir;
    private static Process server;
    private static URI address;
    private static String project;
    private static String token;
    private static Path demo;

    @BeforeAll
    static void start() throws IOException {
        server = serve(dir.resolve("home"), dir.resolve("log"));
        address = address(server);
        PlatformClient nobody = new PlatformClient(address, "");
        String access =
                nobody.create("/api/auth/login", Map.of("email", EMAIL, "password", PASSWORD))
                        .text("access_token");
        PlatformClient ada = nobody.bearing(access);
        project = ada.create("/api/projects", Map.of("name", "books")).text("id");
        token =
                ada.create(
                                "/api/projects/" + project + "/service-tokens",
                                Map.of("name", "nightly", "role", "editor"))
                        .text("token");
        demo = dir.resolve("demo");
        assertThat(run(Map.of(), "demo", "--out", demo).status()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        // Ended by the signal, after it had stopped in order.
        assertThat(server.exitValue()).isEqualTo(143);
        assertThat(dir.resolve("home/postgres/postmaster.pid")).doesNotExist();
        assertThat(Files.readString(dir.resolve("log"))).doesNotContain("\"level\":\"severe\"");
    }

    private static Process serve(Path home, Path log) throws IOException {
        List<String> command = new ArrayList<>(TestingProcess.java());
        command.addAll(List.of("serve", "--port", "0", "--home", home.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("TIEOUT_BOOTSTRAP_ADMIN_EMAIL", EMAIL);
        builder.environment().put("TIEOUT_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
        builder.environment().remove("DATABASE_URL");
        return builder.start();
    }

    private static URI address(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return URI.create(ready.group(1));
            }
        }
        throw new AssertionError("it never was ready: " + Files.readString(dir.resolve("log")));
    }

    private record Ran(int status, String out, String err) {}

    private static Ran run(Map<String, String> environment, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(TestingProcess.java());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path err = Files.createTempFile(dir, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Ran(process.waitFor(), out, Files.readString(err));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static Ran push(Map<String, String> environment, Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>();
        arguments.addAll(List.of("push", demo.resolve("ledger.csv"), demo.resolve("bank.csv")));
        arguments.addAll(List.of("--plan", demo.resolve("plan.yaml")));
        arguments.addAll(List.of("--server", address, "--project", project));
        arguments.addAll(List.of(more));
        return run(environment, arguments.toArray());
    }

    @Test
    void aPushEndsAsTheSameRunHere() throws IOException {
        Ran pushed = push(Map.of("TIEOUT_TOKEN", token), "--json");
        Ran here =
                run(
                        Map.of(),
                        "reconcile",
                        demo.resolve("ledger.csv"),
                        demo.resolve("bank.csv"),
                        "--plan",
                        demo.resolve("plan.yaml"),
                        "--json");

        assertThat(pushed.status()).as(pushed.err()).isEqualTo(here.status()).isEqualTo(1);
        JsonNode job = Json.tree(pushed.out());
        JsonNode summary = Json.tree(here.out());
        assertThat(job.get("digest")).isEqualTo(summary.at("/digests/outcome"));
        assertThat(job.at("/counts/breaks/total")).isEqualTo(summary.at("/counts/breaks/total"));
    }

    @Test
    void aSecondPushRunsTheSameReconciliationAgain() throws IOException {
        Ran first = push(Map.of("TIEOUT_TOKEN", token), "--name", "twice", "--json");
        Ran second = push(Map.of("TIEOUT_TOKEN", token), "--name", "twice", "--json");
        assertThat(second.status()).as(second.err()).isEqualTo(1);
        assertThat(Json.tree(second.out()).get("reconciliation_id"))
                .isEqualTo(Json.tree(first.out()).get("reconciliation_id"));
    }

    @Test
    void aPushForPeopleSaysWhatRemains() throws IOException {
        Ran pushed = push(Map.of("TIEOUT_TOKEN", token), "--name", "people");
        assertThat(pushed.out()).contains("breaks").contains("Digest ");
    }

    @Test
    void aPushThatCannotBeDoneSaysWhyInOneLine() throws IOException {
        assertThat(push(Map.of()).err()).startsWith("tieout: TIEOUT_TOKEN: is not set");
        Ran wrong = push(Map.of("TIEOUT_TOKEN", "tieout_wrong"));
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err()).contains("set TIEOUT_TOKEN").doesNotContain("tieout_wrong");
    }

    @Test
    void aSecondServerOnTheSameHomeIsRefusedInOneLine() throws Exception {
        Path log = dir.resolve("second-log");
        Process second = serve(dir.resolve("home"), log);
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(2);
        assertThat(Files.readString(log).lines().filter(line -> line.startsWith("tieout: ")))
                .hasSize(1)
                .allMatch(line -> line.contains(Long.toString(server.pid())));
    }

    @Test
    void anExportedTrailIsVerifiedWithoutTheServer() throws Exception {
        PlatformClient nobody = new PlatformClient(address, "");
        String access =
                nobody.create("/api/auth/login", Map.of("email", EMAIL, "password", PASSWORD))
                        .text("access_token");
        Path trail = dir.resolve("audit.jsonl");
        byte[] lines =
                java.net.http.HttpClient.newHttpClient()
                        .send(
                                java.net.http.HttpRequest.newBuilder(
                                                address.resolve("/api/audit/export"))
                                        .header("Authorization", "Bearer " + access)
                                        .build(),
                                java.net.http.HttpResponse.BodyHandlers.ofByteArray())
                        .body();
        Files.write(trail, lines);
        Ran intact = run(Map.of(), "audit", "verify", trail);
        assertThat(intact.status()).as(intact.err()).isZero();
        assertThat(intact.out()).startsWith("Intact: ");

        String text = new String(lines, StandardCharsets.UTF_8);
        Files.writeString(trail, text.replaceFirst("project\\.create", "project.delete"));
        Ran changed = run(Map.of(), "audit", "verify", trail);
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.out()).startsWith("Not intact: entry ");
    }
}
