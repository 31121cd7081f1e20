package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.source.CsvParser.Unclosed;
import io.tieout.formats.source.RecordBuilder.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Parses the stretches of one text on several threads. What comes out is in the order of the text
/// and does not depend on how many threads there are, failures included: the first in the text
/// counts.
final class Parsing {
    private final Stretches stretches;
    private final String source;
    private final long firstLine;
    private final byte lineEnd;
    private final int maxRejects;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();
    private int failedAt = Integer.MAX_VALUE;
    private @Nullable Throwable failure;
    private @Nullable Unclosed unclosed;

    /// @param firstLine the line on which the first stretch starts, from 1
    Parsing(Stretches stretches, String source, long firstLine, byte lineEnd, int maxRejects) {
        this.stretches = stretches;
        this.source = source;
        this.firstLine = firstLine;
        this.lineEnd = lineEnd;
        this.maxRejects = maxRejects;
    }

    /// All parts in order; after the first that has too many rejects, none.
    ///
    /// @throws FailureException when a stretch cannot be cut or parsed
    List<Part> run(int threads, Supplier<StretchParser> parsers) {
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            helpers.add(Thread.ofPlatform().name("read-" + i).start(() -> work(parsers.get())));
        }
        work(parsers.get());
        for (Thread helper : helpers) {
            join(helper);
        }
        List<Part> ordered = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            Part part = parts.get(index);
            if (part == null || index >= failedAt) {
                break;
            }
            ordered.add(part);
            if (part.rejected() > maxRejects) {
                return ordered;
            }
        }
        rethrow();
        return ordered;
    }

    /// Where the text has a quote that nothing closes, counted from the start of the last part;
    /// null when all are closed.
    @Nullable Unclosed unclosed() {
        return unclosed;
    }

    private void work(StretchParser parser) {
        byte @Nullable [] reuse = null;
        int index = Integer.MAX_VALUE - 1;
        try {
            for (Stretch stretch = stretches.next(reuse);
                    stretch != null;
                    stretch = stretches.next(reuse)) {
                index = stretch.index();
                // Before parsing, which writes into the bytes.
                Unclosed open = CsvParser.unclosed(stretch, lineEnd);
                keep(index, parser.parse(stretch), open);
                reuse = stretch.bytes();
                index = Integer.MAX_VALUE - 1;
            }
        } catch (RuntimeException | Error e) {
            fail(index, e);
        }
    }

    private synchronized void keep(int index, Part part, @Nullable Unclosed open) {
        parts.put(index, part);
        if (open != null) {
            unclosed = open;
        }
        if (part.rejected() > maxRejects) {
            stretches.end();
        }
    }

    private synchronized void fail(int index, Throwable cause) {
        if (failure == null || index < failedAt) {
            failure = cause;
            failedAt = index;
        }
        stretches.end();
    }

    private void rethrow() {
        switch (failure) {
            case null -> {}
            case FailureException e when e.failure().place().source() == null -> {
                // Only now is it known how many lines there are before the stretch.
                long line = e.failure().place().line() + firstLine - 1;
                for (Part part : parts.headMap(failedAt).values()) {
                    line += part.lineCount();
                }
                throw new FailureException(e.failure().at(Place.of(source, line)), e);
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
