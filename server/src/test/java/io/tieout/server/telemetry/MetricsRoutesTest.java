package io.tieout.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.TestingServer;
import io.tieout.server.permission.Resource;
import java.util.EnumMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class MetricsRoutesTest {
    private static final String PATH = "/api/metrics";
    private static final String TOKEN = "metrics metrics metrics";

    private static TestingServer server;

    @BeforeAll
    static void start() {
        server =
                TestingServer.start(
                        new TestingServer.Features(
                                new EnumMap<>(Resource.class),
                                _ ->
                                        new MetricsRoutes(new Metrics(), Optional.of(TOKEN))
                                                .routes()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thisMachineNeedsNoToken() {
        assertThat(server.anyone().get(PATH).status()).isEqualTo(200);
        assertThat(server.anyone().get(PATH).body()).contains("jvm_memory");
    }

    @Test
    void whoComesThroughAProxyNeedsTheToken() {
        ApiClient proxied = server.anyone().with("X-Forwarded-For", "127.0.0.1");
        assertThat(proxied.get(PATH).status()).isEqualTo(401);
        assertThat(proxied.bearing("another").get(PATH).status()).isEqualTo(401);
        assertThat(proxied.bearing(TOKEN + "x").get(PATH).status()).isEqualTo(401);
        assertThat(proxied.bearing(TOKEN).get(PATH).status()).isEqualTo(200);
    }
}
