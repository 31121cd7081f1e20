package io.tieout.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tieout.server.http.CallLog;
import io.tieout.server.http.RequestContext;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The server's metrics, and the log line of each call.
public final class Metrics implements CallLog {
    private static final Logger LOG = Logger.getLogger(Metrics.class.getName());
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter defects =
            Counter.builder("tieout_defects")
                    .description("Calls that met a defect")
                    .register(registry);

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /// Where features register meters of their own.
    public MeterRegistry registry() {
        return registry;
    }

    /// All metrics in Prometheus' text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void served(RequestContext context, int status, long nanos) {
        // Labels are templates and classes of statuses: their number is bounded by the routes.
        Timer.builder("tieout_http_request")
                .description("Calls by route and class of status")
                .tag("route", context.route())
                .tag("status", status / 100 + "xx")
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofNanos(nanos));
        LOG.log(
                status >= 500 ? Level.WARNING : Level.FINE,
                () -> "answered " + status + " in " + nanos / 1_000_000 + " ms");
    }

    @Override
    public void defect(RequestContext context, Throwable defect) {
        defects.increment();
        LOG.log(Level.SEVERE, "a call met a defect", defect);
    }
}
