package io.tieout.server.telemetry;

import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.problem.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows the metrics to Prometheus: on the same machine, or with a token.
public final class MetricsRoutes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;
    private final Optional<String> token;

    /// @param token what a bearer from another machine must show; empty: none may
    public MetricsRoutes(Metrics metrics, Optional<String> token) {
        this.metrics = metrics;
        this.token = token;
    }

    /// The routes of this feature.
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/metrics")
                        .forAnyone()
                        .counts(Route.Quota.NONE)
                        .named(
                                "metrics",
                                "health",
                                "The metrics in Prometheus' text format; from another machine with"
                                        + " the token of `TIEOUT_METRICS_TOKEN`.")
                        .answersStream(TEXT, "The metrics.")
                        .handle(this::scrape));
    }

    private Answer scrape(Call<Nothing, Nothing> call) {
        boolean local =
                isLoopback(call.raw().address()) && call.raw().header("x-forwarded-for").isEmpty();
        if (!local && !showsToken(call)) {
            throw Problem.unauthenticated("metrics are for this machine, or for who has the token")
                    .exception();
        }
        byte[] text = metrics.scrape().getBytes(StandardCharsets.UTF_8);
        return new Answer(200, TEXT, Map.of(), new Answer.Body.Bytes(text));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private boolean showsToken(Call<Nothing, Nothing> call) {
        return token.isPresent()
                && call.raw()
                        .header("authorization")
                        .map(shown -> isEqual(shown, "Bearer " + token.get()))
                        .orElse(false);
    }

    private static boolean isEqual(String shown, String expected) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
