package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Standard input that an interrupt does not have to wait for: another thread is the one that
/// blocks on it.
final class InterruptibleInput extends InputStream {
    private static final int CHUNK_BYTES = 1 << 18;
    private static final long LOOK_MILLIS = 50;

    private final InputStream in;
    private final SynchronousQueue<Chunk> chunks = new SynchronousQueue<>();
    private boolean started;
    private Chunk current = new Chunk(new byte[0], 0, null);
    private int at;

    /// @param length bytes in it; negative at the end
    private record Chunk(byte[] bytes, int length, @Nullable IOException failure) {}

    InterruptibleInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == current.length()) {
            current = next();
            at = 0;
        }
        if (current.failure() != null) {
            throw current.failure();
        }
        if (current.length() < 0) {
            at = current.length();
            return -1;
        }
        int count = Math.min(length, current.length() - at);
        System.arraycopy(current.bytes(), at, target, offset, count);
        at += count;
        return count;
    }

    private Chunk next() {
        if (current.length() < 0) {
            return current;
        }
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("standard-input").start(this::pump);
        }
        try {
            while (true) {
                @Nullable Chunk chunk = chunks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (chunk != null) {
                    return chunk;
                }
                if (Interrupt.isRequested()) {
                    throw new FailureException(
                            new Failure.Cancelled(
                                    Place.of("standard input"),
                                    "reading was cancelled",
                                    "start again when you like"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        }
    }

    private void pump() {
        try {
            Chunk chunk;
            do {
                byte[] bytes = new byte[CHUNK_BYTES];
                try {
                    chunk = new Chunk(bytes, in.read(bytes), null);
                } catch (IOException e) {
                    chunk = new Chunk(bytes, -1, e);
                }
                chunks.put(chunk);
            } while (chunk.length() >= 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
