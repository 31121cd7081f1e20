package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.formats.source.CsvParser.Unclosed;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Parses the stretches of one text on several threads and keeps all parts. What comes out is in
/// the order of the text and does not depend on how many threads there are, failures included: the
/// first in the text counts.
final class Parsing<P extends Parsed> implements Workers.Receiver<P> {
    private final Stretches stretches;
    private final String source;
    private final long firstLine;
    private final byte lineEnd;
    private final int maxRejects;
    private final TreeMap<Integer, P> parts = new TreeMap<>();
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
    List<P> run(int threads, Supplier<? extends StretchParser<P>> parsers) {
        new Workers<>(stretches, lineEnd, this).run(threads, parsers);
        List<P> ordered = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            P part = parts.get(index);
            if (part == null || index >= failedAt) {
                break;
            }
            ordered.add(part);
            if (part.rejected() > maxRejects) {
                return ordered;
            }
        }
        long linesBefore = firstLine - 1;
        for (P part : parts.headMap(failedAt).values()) {
            linesBefore += part.lineCount();
        }
        Workers.rethrow(failure, source, linesBefore);
        return ordered;
    }

    /// Where the text has a quote that nothing closes, counted from the start of the last part;
    /// null when all are closed.
    @Nullable Unclosed unclosed() {
        return unclosed;
    }

    @Override
    public synchronized void take(int index, P part, @Nullable Unclosed open) {
        parts.put(index, part);
        if (open != null) {
            unclosed = open;
        }
        if (part.rejected() > maxRejects) {
            stretches.end();
        }
    }

    @Override
    public synchronized void fail(int index, Throwable cause) {
        if (failure == null || index < failedAt) {
            failure = cause;
            failedAt = index;
        }
        stretches.end();
    }
}
