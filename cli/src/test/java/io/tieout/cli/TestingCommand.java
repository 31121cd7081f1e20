package io.tieout.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs commands in this process, with streams of bytes for a terminal.
final class TestingCommand {
    private TestingCommand() {}

    /// What came of a command.
    record Ran(int status, String out, String err) {
        List<String> errLines() {
            return err.lines().toList();
        }
    }

    static Ran run(Object... arguments) {
        return runWith("", arguments);
    }

    /// @param standardInput what the command reads from `-`
    static Ran runWith(String standardInput, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        byte[] in = standardInput.getBytes(StandardCharsets.UTF_8);
        int status =
                Tieout.run(new Terminal(new ByteArrayInputStream(in), outStream, errStream), texts);
        outStream.flush();
        return new Ran(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
