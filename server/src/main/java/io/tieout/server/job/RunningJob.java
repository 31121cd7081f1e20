package io.tieout.server.job;

import io.tieout.server.database.RunningStatement;
import io.tieout.server.job.JobPhases.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A job that this node works on: how far it is, and whether it must end.
final class RunningJob implements JobWatch {
    private static final System.Logger LOG = System.getLogger(RunningJob.class.getName());
    private static final double NANOS = 1e9;
    private static final double LEAST_FOR_AN_ESTIMATE = 0.02;
    private static final Phase STARTING = new Phase("starting", 0, 0);

    private final StoredJob job;
    private final LongSupplier nanoClock;
    private final long started;
    private final LongAdder done = new LongAdder();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Map<String, Duration> spent = new LinkedHashMap<>();
    private @Nullable JobPhases phases;
    private Phase phase = STARTING;
    private long phaseStarted;
    private long total;
    private double reached;
    private int remaining = Integer.MAX_VALUE;
    private volatile @Nullable End end;

    RunningJob(StoredJob job, LongSupplier nanoClock) {
        this.job = job;
        this.nanoClock = nanoClock;
        started = nanoClock.getAsLong();
        phaseStarted = started;
    }

    /// Why a job must end before it is done.
    enum End {
        /// Somebody cancelled it.
        CANCELLED,
        /// This node stops; another goes on.
        HANDED_OVER,
        /// Another node has it already.
        LOST
    }

    StoredJob job() {
        return job;
    }

    /// The phases that it will have.
    synchronized void expect(JobPhases expected) {
        phases = expected;
    }

    @Override
    public synchronized void phase(String name, long units) {
        settle();
        reached = Math.max(reached, phase.start() + phase.share());
        phase = phases == null ? STARTING : phases.named(name, phase);
        total = units;
        done.reset();
    }

    /// Counts the time of the phase that ends.
    private void settle() {
        long now = nanoClock.getAsLong();
        spent.merge(phase.name(), Duration.ofNanos(now - phaseStarted), Duration::plus);
        phaseStarted = now;
    }

    @Override
    public void advance(long units) {
        done.add(units);
    }

    @Override
    public boolean isCancelled() {
        return end != null;
    }

    /// Why it must end; empty where it need not.
    Optional<End> end() {
        return Optional.ofNullable(end);
    }

    /// From now on it must end, for the first reason that was given.
    void end(End why) {
        synchronized (this) {
            if (end == null) {
                end = why;
            }
        }
        interruptStatements();
    }

    /// Cancels what the database is doing for a job that must end. Called again and again: a
    /// statement may have started after the last time.
    synchronized void interruptStatements() {
        if (end == null) {
            return;
        }
        for (Connection connection : connections) {
            try {
                RunningStatement.cancel(connection);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "a statement could not be cancelled", e);
            }
        }
    }

    @Override
    public synchronized Watched watch(Connection connection) {
        connections.add(connection);
        return () -> forget(connection);
    }

    // Waits for a cancellation that is on its way, so that it does not meet the next transaction.
    private synchronized void forget(Connection connection) {
        connections.remove(connection);
    }

    /// How far it is.
    ///
    /// @param fraction 0 to 1, never less than before
    /// @param remainingSeconds never more than before; empty where it cannot be told yet
    record State(String phase, double fraction, Optional<Integer> remainingSeconds) {}

    synchronized State state() {
        long units = done.sum();
        double ofPhase = total > 0 ? Math.min(1, (double) units / total) : 0;
        reached = Math.max(reached, phase.start() + phase.share() * ofPhase);
        double fraction = Math.floor(Math.min(reached, 0.9999) * 10_000) / 10_000;
        if (fraction >= LEAST_FOR_AN_ESTIMATE) {
            double seconds = (nanoClock.getAsLong() - started) / NANOS;
            remaining = Math.min(remaining, (int) Math.ceil(seconds * (1 - fraction) / fraction));
        }
        boolean proving = phase.name().equals(JobPhases.BREAKS) && total > 0 && units >= total;
        return new State(
                proving ? JobPhases.PROOF : phase.name(),
                fraction,
                remaining == Integer.MAX_VALUE ? Optional.empty() : Optional.of(remaining));
    }

    /// The time that each phase has taken so far.
    synchronized Map<String, Duration> spent() {
        settle();
        return new LinkedHashMap<>(spent);
    }
}
