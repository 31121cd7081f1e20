package io.tieout.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is moved.
public final class SettableClock implements InstantSource {
    /// When it starts.
    public static final Instant START = Instant.parse("2026-03-31T22:30:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    /// Moves it on.
    public void advance(Duration time) {
        now = now.plus(time);
    }
}
