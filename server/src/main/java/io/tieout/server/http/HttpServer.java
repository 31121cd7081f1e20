package io.tieout.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;

/// The listening socket and its limits. One virtual thread a connection.
public final class HttpServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int LONGEST_TARGET = 8192;
    private static final int LARGEST_HEADERS = 16_384;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final WebServer server;
    private final ApiHandler handler;

    private HttpServer(WebServer server, ApiHandler handler) {
        this.server = server;
        this.handler = handler;
    }

    /// Listens.
    ///
    /// @param port 0 for any that is free
    /// @param grace how long [#close] waits for calls that are being served
    /// @throws IllegalStateException where the address cannot be listened on
    public static HttpServer start(String host, int port, Duration grace, ApiHandler handler) {
        WebServer server =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .shutdownGracePeriod(grace)
                        .maxTcpConnections(MOST_CONNECTIONS)
                        .idleConnectionTimeout(IDLE)
                        // Bodies are limited by each route, which knows what it takes.
                        .maxPayloadSize(-1)
                        .contentEncoding(
                                ContentEncodingContext.builder()
                                        .contentEncodingsDiscoverServices(false)
                                        .build())
                        .mediaContext(
                                MediaContext.builder().mediaSupportsDiscoverServices(false).build())
                        .addProtocol(
                                Http1Config.builder()
                                        .maxPrologueLength(LONGEST_TARGET)
                                        .maxHeadersSize(LARGEST_HEADERS)
                                        .build())
                        .directHandlers(brokenRequests(handler.forBrokenRequests()))
                        .routing(routing -> routing.any(handler))
                        .build();
        return new HttpServer(server.start(), handler);
    }

    private static DirectHandlers brokenRequests(DirectHandler handler) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    /// Takes no more calls, waits for those that are being served, and ends each connection with
    /// its answer.
    @Override
    public void close() {
        handler.stopping();
        server.stop();
    }
}
