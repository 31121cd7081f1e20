package io.tieout.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;

/// The streams that a command talks to.
///
/// @param in standard input
/// @param out what the command is for; may be a pipe
/// @param err progress and the one line of an error
record Terminal(InputStream in, PrintStream out, PrintStream err) {
    /// Whether a person watches: progress is drawn only then. Since JDK 25 there is no console
    /// again where no terminal is attached.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }
}
