package io.tieout.cli;

import io.tieout.formats.source.SourceInput;
import io.tieout.server.Configuration;
import io.tieout.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The demo on a platform of its own: a person who can sign in, a project, its sources, and a job
/// that has found what it finds. It is kept, and found again the next time.
final class DemoPlatform {
    private static final String EMAIL = "demo@example.com";
    private static final String PROJECT = "Demo";

    private final Path home;
    private final int port;

    /// @param dir where the demo's files are
    DemoPlatform(Path dir, int port) {
        this.home = dir.resolve("platform").toAbsolutePath().normalize();
        this.port = port;
    }

    /// Starts it and fills it where it is new.
    ///
    /// @return the server, to be closed
    Server start(Terminal terminal, Path left, Path right, Path plan) {
        String password = password();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("DATABASE_URL");
        environment.put("TIEOUT_BOOTSTRAP_ADMIN_EMAIL", EMAIL);
        environment.put("TIEOUT_BOOTSTRAP_ADMIN_PASSWORD", password);
        Server server =
                ServeCommand.start(
                        Configuration.of(environment)
                                .withHome(home)
                                .withAddress("127.0.0.1", port));
        try {
            URI address = URI.create("http://127.0.0.1:" + server.port());
            String job = fill(terminal, address, password, left, right, plan);
            announce(terminal, address, password, job);
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /// The password of the demo's user, made at first and kept beside its data.
    private String password() {
        Path file = home.resolve("demo-password");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(home);
                byte[] random = new byte[15];
                new SecureRandom().nextBytes(random);
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, Base64.getUrlEncoder().encodeToString(random));
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fill(
            Terminal terminal, URI address, String password, Path left, Path right, Path plan) {
        PlatformClient nobody = new PlatformClient(address, "");
        PlatformClient user =
                nobody.bearing(
                        nobody.create(
                                        "/api/auth/login",
                                        Map.of("email", EMAIL, "password", password))
                                .text("access_token"));
        for (JsonNode project : user.get("/api/projects").body().path("items")) {
            if (project.path("name").asString().equals(PROJECT)) {
                String jobs = "/api/projects/" + project.path("id").asString() + "/jobs?limit=1";
                return user.get(jobs).body().at("/items/0/id").asString();
            }
        }
        UUID project =
                UUID.fromString(user.create("/api/projects", Map.of("name", PROJECT)).text("id"));
        try (ProgressLine silent = new ProgressLine(terminal.err(), false, System::nanoTime)) {
            PlatformRun run = new PlatformRun(user, project, silent);
            String leftId = run.upload(SourceInput.file(left), "ledger", 0);
            String rightId = run.upload(SourceInput.file(right), "bank", 0);
            run.await(leftId);
            run.await(rightId);
            String reconciliation =
                    run.reconciliation("ledger and bank", leftId, rightId, text(plan), 0);
            return run.job(reconciliation).job().path("id").asString();
        }
    }

    private static String text(Path plan) {
        try {
            return Files.readString(plan, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void announce(Terminal terminal, URI address, String password, String job) {
        terminal.out()
                .printf(
                        """
                        Tieout is ready at %1$s (API: %1$s/api/docs), with a project and a finished job.
                        Its data is in %2$s. Ctrl-C stops it.

                        Sign in as %3$s with %4$s, for example:
                          TOKEN=$(curl -s %1$s/api/auth/login -H 'Content-Type: application/json' \\
                            -d '{"email":"%3$s","password":"%4$s"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                          curl -s -H "Authorization: Bearer $TOKEN" '%1$s/api/jobs/%5$s/results?kind=break&limit=3'
                        """,
                        address, home, EMAIL, password, job);
        terminal.out().flush();
    }
}
