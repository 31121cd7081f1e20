package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
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
        footer = {
            "",
            "Exit status: 0 everything tied out, 1 breaks or suggestions remain, 2 an error."
        })
public final class Tieout implements Runnable {
    private static final List<Class<?>> COMMANDS =
            List.of(
                    ReconcileCommand.class,
                    ExplainCommand.class,
                    CheckCommand.class,
                    EvaluateCommand.class,
                    DemoCommand.class,
                    PushCommand.class,
                    AuditCommand.class,
                    ServeCommand.class,
                    SchemaCommand.class,
                    CompletionCommand.class,
                    HelpCommand.class);

    /// Those that speak of other commands.
    private static final List<Class<?>> OF_ALL =
            List.of(CompletionCommand.class, HelpCommand.class);

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by the command line's parser.
    public Tieout() {}

    /// Runs one command and ends the process.
    public static void main(String[] arguments) {
        Interrupt.install();
        OutputPipe pipe = OutputPipe.standard();
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(pipe, 1 << 16), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(new Terminal(System.in, out, err), arguments);
        out.flush();
        if (pipe.isBroken() && status != ExitStatus.ERROR) {
            err.println("tieout: standard output: cannot be written; check the disk that it is on");
            status = ExitStatus.ERROR;
        }
        // Not System.exit alone when an interrupt already ends the process: its hook waits for us.
        Interrupt.finished();
        System.exit(status);
    }

    /// Runs one command with the given streams.
    ///
    /// @return its exit status
    static int run(Terminal terminal, String... arguments) {
        CommandLine line = line(terminal, arguments.length == 0 ? "" : arguments[0]);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, _) -> misused(terminal, e));
        line.setExecutionExceptionHandler((e, _, _) -> failed(terminal, e));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            return failed(terminal, e);
        }
    }

    /// The parser. Making one of every command takes longer than a small run, so where the first
    /// word says which one it is, only that one is made.
    private static CommandLine line(Terminal terminal, String word) {
        Commands commands = new Commands(terminal);
        List<Class<?>> wanted =
                COMMANDS.stream()
                        .filter(type -> !OF_ALL.contains(type) && name(type).equals(word))
                        .toList();
        CommandLine line = new CommandLine(new Tieout(), commands);
        for (Class<?> type : wanted.isEmpty() ? COMMANDS : wanted) {
            line.addSubcommand(new CommandLine(type, commands));
        }
        return line;
    }

    private static String name(Class<?> type) {
        Command command = type.getAnnotation(Command.class);
        return command == null ? "" : command.name();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int misused(Terminal terminal, ParameterException e) {
        String hint =
                UnmatchedArgumentException.printSuggestions(e, new PrintWriter(Writer.nullWriter()))
                        ? suggestions(e)
                        : "";
        terminal.err()
                .println(
                        "tieout: "
                                + oneLine(uncapitalized(String.valueOf(e.getMessage())))
                                + hint
                                + "; see `"
                                + e.getCommandLine().getCommandSpec().qualifiedName()
                                + " --help`");
        return ExitStatus.ERROR;
    }

    private static String uncapitalized(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String suggestions(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? " (did you mean " + unmatched.getSuggestions().getFirst() + "?)"
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

    /// Says what failed, for a command that has more than one thing to say.
    static void report(Terminal terminal, Failure failure) {
        terminal.err().println("tieout: " + oneLine(failure.message()));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
