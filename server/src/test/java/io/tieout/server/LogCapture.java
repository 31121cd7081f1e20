package io.tieout.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What is logged in this process while it is open.
public final class LogCapture extends Handler implements AutoCloseable {
    // Held: the JDK's log manager would forget it.
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> defects = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /// Begins.
    public LogCapture() {
        ROOT.addHandler(this);
    }

    /// What was logged as an error.
    public List<String> defects() {
        return List.copyOf(defects);
    }

    /// All that was logged.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append(entry.getLoggerName()).append(' ').append(String.valueOf(entry.getMessage()));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text));
        }
        lines.add(text.toString());
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            defects.add(text.toString());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
