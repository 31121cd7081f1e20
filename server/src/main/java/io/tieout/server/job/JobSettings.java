package io.tieout.server.job;

import java.time.Duration;
import java.util.UUID;

/// How a node runs jobs.
///
/// @param nodeId names the node; the same after it was restarted, and no other's
/// @param mostJobs jobs that run at once, at most
/// @param memoryMegabytes memory that jobs may need together by their estimates, in MiB
/// @param threads that a job may use at once
/// @param poll how often the node looks for jobs that other nodes queued
/// @param heartbeat how often it says that it works on a job; one not heard of for four of these
/// is taken away from it
/// @param grace how long a stopping node lets jobs go on before it hands them over
/// @param mostLosses how often a job may lose its node before it is given up
/// @param version of the program, kept with what it computed
public record JobSettings(
        UUID nodeId,
        int mostJobs,
        int memoryMegabytes,
        int threads,
        Duration poll,
        Duration heartbeat,
        Duration grace,
        int mostLosses,
        String version) {
    private static final int USUAL_JOBS = 4;

    /// Detection of the dead looks every second heartbeat, for those of four: 24 s at the most.
    private static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(4);

    private static final int USUAL_LOSSES = 3;
    private static final long HEAP_PERCENT = 60;

    public JobSettings {
        if (mostJobs < 1 || memoryMegabytes < 1 || threads < 1 || mostLosses < 1) {
            throw new IllegalArgumentException(
                    "jobs, memory, threads and losses are at least 1, not %d, %d, %d, %d"
                            .formatted(mostJobs, memoryMegabytes, threads, mostLosses));
        }
    }

    /// What suits this machine: a thread a core, and most of the heap.
    public static JobSettings usual(UUID nodeId, Duration grace, String version) {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return new JobSettings(
                nodeId,
                USUAL_JOBS,
                Math.clamp(heap * HEAP_PERCENT / 100, 1, Integer.MAX_VALUE),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofMillis(500),
                USUAL_HEARTBEAT,
                grace,
                USUAL_LOSSES,
                version);
    }

    /// The same with other limits.
    public JobSettings withLimits(int jobs, int megabytes) {
        return new JobSettings(
                nodeId, jobs, megabytes, threads, poll, heartbeat, grace, mostLosses, version);
    }
}
