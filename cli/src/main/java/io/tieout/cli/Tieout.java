package io.tieout.cli;

import io.tieout.engine.failure.FailureException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command's root and the one place where failures become an exit status and a line.
@Command(
        name = "tieout",
        description = {
            "Matches two sets of records, explains every match and every break, and keeps the proof.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ReconcileCommand.class,
            DemoCommand.class,
            SchemaCommand.class,
            EvaluateCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit status: 0 everything tied out, 1 breaks or suggestions remain, 2 an error."
        })
public final class Tieout implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /// Made by the command line's parser.
    public Tieout() {}

    /// Runs one command and ends the process.
    public static void main(String[] arguments) {
        PrintStream out = buffered(System.out);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(new Terminal(System.in, out, err), arguments);
        out.flush();
        if (out.checkError() && status != ExitStatus.ERROR) {
            err.println("tieout: standard output cannot be written; keep its reader open");
            status = ExitStatus.ERROR;
        }
        // Not System.exit when an interrupt already ends the process: its hook waits for us.
        Interrupt.finished();
        System.exit(status);
    }

    private static PrintStream buffered(PrintStream stream) {
        return new PrintStream(
                new java.io.BufferedOutputStream(stream, 1 << 16), false, StandardCharsets.UTF_8);
    }

    /// Runs one command with the given streams.
    ///
    /// @return its exit status
    static int run(Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new Tieout(), new Commands(terminal));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new java.io.PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, _) -> misused(terminal, e));
        line.setExecutionExceptionHandler((e, _, _) -> failed(terminal, e));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            return failed(terminal, e);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int misused(Terminal terminal, ParameterException e) {
        String hint =
                UnmatchedArgumentException.printSuggestions(
                                e, new java.io.PrintWriter(java.io.Writer.nullWriter()))
                        ? suggestions(e)
                        : "";
        terminal.err()
                .println(
                        "tieout: "
                                + oneLine(String.valueOf(e.getMessage()))
                                + hint
                                + "; see `"
                                + e.getCommandLine().getCommandSpec().qualifiedName()
                                + " --help`");
        return ExitStatus.ERROR;
    }

    private static String suggestions(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? " (did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?)"
                : "";
    }

    private static int failed(Terminal terminal, Throwable e) {
        String message =
                switch (e) {
                    case FailureException failure -> failure.failure().message();
                    case OutOfMemoryError _ ->
                            "the sources do not fit in memory; give the program more with"
                                    + " JAVA_OPTS=-Xmx…, or split the sources";
                    default ->
                            "a defect of the program, "
                                    + e.getClass().getSimpleName()
                                    + "; run again with TIEOUT_DEBUG=1 and report what it prints";
                };
        if (System.getenv("TIEOUT_DEBUG") != null) {
            e.printStackTrace(terminal.err());
        }
        terminal.err().println("tieout: " + oneLine(message));
        return ExitStatus.ERROR;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
