package io.tieout.cli;

import io.tieout.engine.run.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// One line on a terminal that says what is being done, how far it is, how fast, and how long it
/// will still take. Silent where nobody watches; hears of interrupts either way.
final class ProgressLine implements Progress, AutoCloseable {
    private static final long FRAME_MILLIS = 100;
    private static final double SECOND = 1e9;
    private static final int SHORTEST_ESTIMATE_SECONDS = 1;

    private final PrintStream out;
    private final LongSupplier nanoClock;
    private final Thread painter;
    private final LongAdder done = new LongAdder();
    private volatile String name = "";
    private volatile String unit = "";
    private volatile long total;
    private volatile long start;
    private volatile boolean closed;

    /// @param watched whether to draw at all
    ProgressLine(PrintStream out, boolean watched, LongSupplier nanoClock) {
        this.out = out;
        this.nanoClock = nanoClock;
        painter = new Thread(this::paint, "progress");
        painter.setDaemon(true);
        if (watched) {
            painter.start();
        }
    }

    /// A phase that counts bytes.
    void bytes(String phase, long count) {
        begin(phase, count, "B");
    }

    @Override
    public void phase(String phase, long count) {
        begin(phase, count, "");
    }

    private synchronized void begin(String phase, long count, String of) {
        done.reset();
        total = count;
        unit = of;
        start = nanoClock.getAsLong();
        name = phase;
    }

    @Override
    public void advance(long units) {
        done.add(units);
    }

    @Override
    public boolean isCancelled() {
        return Interrupt.isRequested();
    }

    private void paint() {
        while (!closed) {
            if (!name.isEmpty()) {
                out.print("\r\u001b[2K" + line());
                out.flush();
            }
            try {
                Thread.sleep(FRAME_MILLIS);
            } catch (InterruptedException e) {
                break;
            }
        }
        out.print("\r\u001b[2K");
        out.flush();
    }

    /// What is drawn.
    synchronized String line() {
        long count = done.sum();
        double seconds = (nanoClock.getAsLong() - start) / SECOND;
        StringBuilder line = new StringBuilder(name);
        if (total > 0) {
            line.append("  ").append(Math.min(100, count * 100 / total)).append(" %");
        }
        if (count > 0 && seconds > 0) {
            line.append("  ").append(shortened((long) (count / seconds))).append(unit).append("/s");
        }
        if (total > count && count > 0) {
            long left = Math.round(seconds * (total - count) / count);
            if (left >= SHORTEST_ESTIMATE_SECONDS) {
                line.append("  ").append(left).append(" s left");
            }
        }
        return line.toString();
    }

    private static String shortened(long count) {
        String[] prefixes = {"", " k", " M", " G", " T"};
        double value = count;
        int prefix = 0;
        while (value >= 1000 && prefix < prefixes.length - 1) {
            value /= 1000;
            prefix++;
        }
        return prefix == 0
                ? Long.toString(count)
                : String.format(Locale.ROOT, "%.1f%s", value, prefixes[prefix]);
    }

    @Override
    public void close() {
        closed = true;
        painter.interrupt();
        try {
            painter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
