package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JobMetricsTest {
    @Test
    void everyLabelIsThereBeforeAnythingHappens() {
        Metrics metrics = new Metrics();
        JobMetrics jobs = new JobMetrics(metrics.registry(), new MemoryBudget(2, 100));
        assertThat(metrics.scrape())
                .contains(
                        List.of(
                                "tieout_job_finished_total{status=\"succeeded\"} 0.0",
                                "tieout_job_finished_total{status=\"failed\"} 0.0",
                                "tieout_job_finished_total{status=\"cancelled\"} 0.0",
                                "tieout_job_phase_seconds_count{phase=\"read\"} 0",
                                "tieout_job_phase_seconds_count{phase=\"match\"} 0",
                                "tieout_job_phase_seconds_count{phase=\"breaks\"} 0",
                                "tieout_job_phase_seconds_count{phase=\"store\"} 0",
                                "tieout_job_phase_seconds_count{phase=\"index\"} 0",
                                "tieout_job_lost_total 0.0",
                                "tieout_job_queue_length 0.0",
                                "tieout_job_running 0.0",
                                "tieout_job_memory_budget_bytes 1.048576E8",
                                "tieout_job_memory_used_bytes 0.0"));
        jobs.started();
        assertThat(metrics.scrape()).contains("tieout_job_running 1.0");
        jobs.stopped(Map.of("pass anything", Duration.ofSeconds(2)));
        jobs.finished(JobStatus.FAILED);
        assertThat(metrics.scrape())
                .contains(
                        "tieout_job_running 0.0",
                        "tieout_job_phase_seconds_sum{phase=\"match\"} 2.0",
                        "tieout_job_finished_total{status=\"failed\"} 1.0");
    }
}
