package io.tieout.cli;

import io.tieout.engine.failure.FailureException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Runs the demo's platform once, for the build to record which classes a server's start needs.
final class PlatformRehearsal {
    private PlatformRehearsal() {}

    public static void main(String[] arguments) {
        Path dir = Path.of(arguments[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), out, out);
        try {
            new DemoPlatform(dir, 0)
                    .start(
                            terminal,
                            dir.resolve("ledger.csv"),
                            dir.resolve("bank.csv"),
                            dir.resolve("plan.yaml"))
                    .close();
        } catch (FailureException e) {
            // Where no database of ours can run the program is still built; it starts slower.
            out.println(e.getMessage());
        }
    }
}
