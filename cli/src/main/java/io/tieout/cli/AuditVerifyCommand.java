package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.server.audit.AuditEntry;
import io.tieout.server.audit.AuditVerifier;
import io.tieout.server.http.Json;
import io.tieout.server.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `tieout audit verify`.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks that nobody changed, removed or added an entry of an exported audit trail, without"
                    + " the server.",
            "Exit status: 0 intact, 1 not, 2 an error."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "As `GET /api/audit/export` gave it.")
    private Path file = Path.of("");

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        AuditVerifier verifier = new AuditVerifier();
        long line = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank() && !verifier.accept(entry(text, line))) {
                    break;
                }
            }
        } catch (IOException e) {
            throw unreadable(line, "cannot be read", "check the file", e);
        }
        if (verifier.problem().isPresent()) {
            terminal.out().printf("Not intact: %s (line %d)%n", verifier.problem().get(), line);
            return ExitStatus.OPEN;
        }
        terminal.out().printf("Intact: %,d entries%n", verifier.entries());
        new TreeMap<>(verifier.heads())
                .forEach((chain, hash) -> terminal.out().printf("%s ends at %s%n", chain, hash));
        return ExitStatus.TIED_OUT;
    }

    private AuditEntry entry(String text, long line) {
        try {
            return Json.read(Json.tree(text.getBytes(StandardCharsets.UTF_8)), AuditEntry.class);
        } catch (ProblemException e) {
            throw unreadable(
                    line,
                    "is no entry of an audit trail",
                    "export it again, and change nothing in it",
                    e);
        }
    }

    private FailureException unreadable(long line, String problem, String remedy, Exception cause) {
        return new FailureException(
                new Failure.UnreadableSource(Place.of(file.toString(), line), problem, remedy),
                cause);
    }
}
