package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.formats.source.CsvParser.Unclosed;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Parses the stretches of one text on several threads and hands over the parts one at a time and
/// in their order. A thread whose part has to wait waits with it, so no more parts are held than
/// there are threads. The first failure in the text counts.
final class OrderedDelivery<P extends Parsed> implements Workers.Receiver<P> {
    /// Takes parts in order.
    interface Target<P> {
        /// Takes the next part.
        ///
        /// @param linesBefore lines of the source before it
        void take(P part, long linesBefore);
    }

    private final Stretches stretches;
    private final String source;
    private final byte lineEnd;
    private final Target<P> target;
    private long linesBefore;
    private int next;
    private int failedAt = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    /// @param firstLine the line on which the first stretch starts, from 1
    OrderedDelivery(
            Stretches stretches, String source, long firstLine, byte lineEnd, Target<P> target) {
        this.stretches = stretches;
        this.source = source;
        this.lineEnd = lineEnd;
        this.target = target;
        linesBefore = firstLine - 1;
    }

    /// Hands over everything.
    ///
    /// @throws FailureException when a stretch cannot be cut or parsed, or has a quote that nothing
    /// closes
    void run(int threads, Supplier<? extends StretchParser<P>> parsers) {
        new Workers<>(stretches, lineEnd, this).run(threads, parsers);
        Workers.rethrow(failure, source, linesBefore);
    }

    @Override
    public synchronized void take(int index, P part, @Nullable Unclosed open) {
        awaitTurn(index);
        if (index >= failedAt) {
            return;
        }
        target.take(part, linesBefore);
        if (open != null) {
            throw open.failure(source, linesBefore);
        }
        linesBefore += part.lineCount();
        next = index + 1;
        notifyAll();
    }

    private void awaitTurn(int index) {
        boolean interrupted = false;
        while (index != next && index < failedAt) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void fail(int index, Throwable cause) {
        if (failure == null || index < failedAt) {
            failure = cause;
            failedAt = index;
        }
        stretches.end();
        notifyAll();
    }
}
