package io.tieout.server.telemetry;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Where log lines go: to standard error, as JSON.
public final class Logging {
    // Held: the JDK's log manager would forget a logger's level with the logger.
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger HELIDON = Logger.getLogger("io.helidon");
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private Logging() {}

    /// Replaces what the JDK would print. Done once, by the program and not by a library's user.
    public static void install() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        console.setFormatter(new JsonLogFormatter());
        console.setLevel(Level.ALL);
        ROOT.addHandler(console);
        ROOT.setLevel(Level.INFO);
        HELIDON.setLevel(Level.WARNING);
        FLYWAY.setLevel(Level.WARNING);
    }
}
