package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.source.CsvParser.Unclosed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Parses the stretches of one text on several threads, each of which takes what is next.
final class Workers<P extends Parsed> {
    /// Hears from all threads at once.
    interface Receiver<P> {
        /// Takes a part; the bytes of its stretch are written over once this returns.
        ///
        /// @param index of the stretch, from 0
        /// @param open where the stretch has a quote that nothing closes; null when all are closed
        void take(int index, P part, @Nullable Unclosed open);

        /// Takes a failure.
        ///
        /// @param index of the stretch, larger than that of any when it could not be cut
        void fail(int index, Throwable cause);
    }

    private static final int NOT_CUT = Integer.MAX_VALUE - 1;

    private final Stretches stretches;
    private final byte lineEnd;
    private final Receiver<P> receiver;

    Workers(Stretches stretches, byte lineEnd, Receiver<P> receiver) {
        this.stretches = stretches;
        this.lineEnd = lineEnd;
        this.receiver = receiver;
    }

    /// Parses all stretches, and returns when every thread has ended.
    ///
    /// @param threads the caller's included
    void run(int threads, Supplier<? extends StretchParser<P>> parsers) {
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            helpers.add(Thread.ofPlatform().name("read-" + i).start(() -> work(parsers.get())));
        }
        work(parsers.get());
        for (Thread helper : helpers) {
            join(helper);
        }
    }

    private void work(StretchParser<P> parser) {
        byte @Nullable [] reuse = null;
        int index = NOT_CUT;
        try {
            for (Stretch stretch = stretches.next(reuse);
                    stretch != null;
                    stretch = stretches.next(reuse)) {
                index = stretch.index();
                // Before parsing, which writes into the bytes.
                Unclosed open = CsvParser.unclosed(stretch, lineEnd);
                receiver.take(index, parser.parse(stretch), open);
                reuse = stretch.bytes();
                index = NOT_CUT;
            }
        } catch (RuntimeException | Error e) {
            receiver.fail(index, e);
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

    /// Throws what a thread failed with, if one did.
    ///
    /// @param linesBefore lines of the source before the stretch that failed
    static void rethrow(@Nullable Throwable failure, String source, long linesBefore) {
        switch (failure) {
            case null -> {}
            case FailureException e when e.failure().place().source() == null -> {
                // Only now is it known how many lines there are before the stretch.
                long line = e.failure().place().line() + linesBefore;
                throw new FailureException(e.failure().at(Place.of(source, line)), e);
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
