package io.tieout.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Runs every command once, for the build to record which classes a start needs. What they print
/// goes into the build's log.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        Interrupt.install();
        Path dir = Path.of(arguments[0]);
        String outcome = dir.resolve("outcome").toString();
        String left = dir.resolve("ledger.csv").toString();
        String right = dir.resolve("bank.csv").toString();
        String plan = dir.resolve("plan.yaml").toString();
        String matches = dir.resolve("outcome").resolve(OutcomeFiles.MATCHES).toString();
        run("demo", "--out", dir.toString());
        run("reconcile", left, right, "--plan", plan, "--json");
        run("explain", outcome, "L1092");
        run("explain", outcome, "L1032", "--json");
        run("check", plan, left, right);
        run("evaluate", outcome, "--truth", matches);
        run("reconcile", "--help");
        Interrupt.finished();
    }

    private static void run(String... arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status = Tieout.run(new Terminal(InputStream.nullInputStream(), out, out), arguments);
        if (status == ExitStatus.ERROR) {
            throw new IllegalStateException("failed: " + String.join(" ", arguments));
        }
    }
}
