package io.tieout.server.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// Metrics of jobs. Every label is there from the start, at 0.
final class JobMetrics {
    private static final List<String> KINDS = List.of("read", "match", "breaks", "store", "index");

    private final Map<JobStatus, Counter> finished = new EnumMap<>(JobStatus.class);
    private final Map<String, Timer> phases = new LinkedHashMap<>();
    private final Counter lost;
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong running = new AtomicLong();

    JobMetrics(MeterRegistry registry, MemoryBudget budget) {
        for (JobStatus status : JobStatus.values()) {
            if (status.isFinal()) {
                finished.put(
                        status,
                        Counter.builder("tieout_job_finished")
                                .description("Jobs that this server ended, by how they ended")
                                .tag("status", status.word())
                                .register(registry));
            }
        }
        for (String kind : KINDS) {
            phases.put(
                    kind,
                    Timer.builder("tieout_job_phase")
                            .description("Time that jobs took, by phase")
                            .tag("phase", kind)
                            .register(registry));
        }
        lost =
                Counter.builder("tieout_job_lost")
                        .description("Jobs that had to be taken up again after their server died")
                        .register(registry);
        gauge(registry, "tieout_job_queue_length", "Jobs that wait, on all servers", queued);
        gauge(registry, "tieout_job_running", "Jobs that this server works on", running);
        Gauge.builder("tieout_job_memory_budget_bytes", () -> (long) budget.mostMegabytes() << 20)
                .description("Memory that jobs may need together on this server")
                .register(registry);
        Gauge.builder("tieout_job_memory_used_bytes", () -> (long) budget.takenMegabytes() << 20)
                .description("Memory that the running jobs are thought to need")
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry, String name, String description, AtomicLong value) {
        Gauge.builder(name, value::get).description(description).register(registry);
    }

    /// The kind of a phase, for labels and for the times that a job keeps: passes have the names
    /// of users' plans.
    static String kind(String phase) {
        return switch (phase) {
            case JobPhases.READING_LEFT, JobPhases.READING_RIGHT, "starting" -> "read";
            case JobPhases.BREAKS, JobPhases.PROOF -> "breaks";
            case JobPhases.STORING -> "store";
            case JobPhases.INDEXING -> "index";
            default -> "match";
        };
    }

    void started() {
        running.incrementAndGet();
    }

    /// A job is off this server, ended or not.
    void stopped(Map<String, Duration> spent) {
        running.decrementAndGet();
        spent.forEach(
                (phase, time) -> Objects.requireNonNull(phases.get(kind(phase))).record(time));
    }

    void finished(JobStatus status) {
        Objects.requireNonNull(finished.get(status)).increment();
    }

    void lost() {
        lost.increment();
    }

    void queued(long count) {
        queued.set(count);
    }
}
