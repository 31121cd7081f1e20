package io.tieout.server.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/// The data directory of an embedded PostgreSQL and the password of the one role that may sign in.
///
/// That role, `tieout`, owns the database and may make roles, but is no superuser: row-level
/// security binds it too. The superuser has no password and no line in `pg_hba.conf`, so nobody can
/// sign in as one; what needs one is done by a server process that listens to nobody.
final class Cluster {
    static final String ROLE = "tieout";
    static final String DATABASE = "tieout";

    private static final String ACCESS =
            """
            # Written by Tieout at each start. Whoever knows the password, from this machine; nobody else.
            host all tieout 127.0.0.1/32 scram-sha-256
            """;

    private final Path folder;
    private final Path passwordFile;
    private final PostgresPrograms programs;

    /// @param folder the data directory; its parent is ours as well
    Cluster(Path folder, PostgresPrograms programs) {
        this.folder = folder;
        this.passwordFile = folder.resolveSibling(folder.getFileName() + "-password");
        this.programs = programs;
    }

    Path folder() {
        return folder;
    }

    /// Makes the data directory if there is none, and sees that the role has the password that is
    /// kept beside it.
    ///
    /// @param durable whether it must be on the disk when this returns
    /// @return the password
    String prepare(boolean durable) {
        try {
            if (Files.exists(folder.resolve("PG_VERSION"))) {
                restrict(folder.resolve("pg_hba.conf"));
                return Files.exists(passwordFile)
                        ? Files.readString(passwordFile).strip()
                        : renewPassword();
            }
            refuseOther();
            return create(durable);
        } catch (IOException e) {
            throw new DatabaseFailure(
                    folder + " cannot be prepared (" + PostgresBinaries.reason(e) + ")",
                    "make room there, or let this user write to it",
                    e);
        }
    }

    private void refuseOther() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new DatabaseFailure(
                        folder + " is not empty and not a database",
                        "move it away, or set TIEOUT_HOME to another folder");
            }
        }
        Files.delete(folder);
    }

    // The directory gets its name last: what a kill left half made is thrown away by the next
    // start.
    private String create(boolean durable) throws IOException {
        Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
        PostgresBinaries.deleteTree(partial);
        programs.run("initdb", initdb(partial, durable), "");
        restrict(partial.resolve("pg_hba.conf"));
        String password = newPassword();
        single(
                partial,
                durable,
                "create role tieout login createrole createdb noinherit password '%s'"
                        .formatted(password),
                "create database tieout owner tieout");
        write(passwordFile, password);
        Files.move(partial, folder);
        return password;
    }

    // Byte order everywhere: an index then serves prefixes, and no upgrade of the machine reorders
    // it.
    private static List<String> initdb(Path target, boolean durable) {
        List<String> arguments =
                List.of(
                        "--pgdata=" + target,
                        "--username=postgres",
                        "--auth=reject",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions");
        return durable
                ? arguments
                : java.util.stream.Stream.concat(
                                arguments.stream(), java.util.stream.Stream.of("--no-sync"))
                        .toList();
    }

    private String renewPassword() throws IOException {
        String password = newPassword();
        single(folder, true, "alter role tieout password '%s'".formatted(password));
        write(passwordFile, password);
        return password;
    }

    private void single(Path data, boolean durable, String... statements) {
        String words =
                programs.run(
                        "postgres",
                        List.of(
                                "--single",
                                "-D",
                                data.toString(),
                                "-c",
                                "fsync=" + (durable ? "on" : "off"),
                                "-c",
                                "log_min_error_statement=panic",
                                "postgres"),
                        String.join("\n", statements) + "\n");
        // This mode goes on after an error.
        if (words.contains("ERROR:") || words.contains("FATAL:")) {
            throw new DatabaseFailure(
                    "the new database refused to be set up: " + PostgresPrograms.lastWords(words),
                    "remove " + data + " and start again");
        }
    }

    private static String newPassword() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static void restrict(Path accessFile) throws IOException {
        Files.writeString(accessFile, ACCESS);
    }

    private static void write(Path file, String secret) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        if (PostgresBinaries.supportsModes(file)) {
            Files.createFile(
                    partial,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(
                partial,
                secret.getBytes(StandardCharsets.US_ASCII),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE,
                java.nio.file.StandardOpenOption.SYNC);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
