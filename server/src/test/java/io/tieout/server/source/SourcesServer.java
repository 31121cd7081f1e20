package io.tieout.server.source;

import io.tieout.server.TestingServer;
import io.tieout.server.permission.Resource;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/// A server that takes uploads and loads them.
public final class SourcesServer implements AutoCloseable {
    private static final UUID NODE = UUID.randomUUID();

    private final AtomicReference<Sources> sources = new AtomicReference<>();
    private final TestingServer server;

    /// @param home where uploads wait
    /// @param maxBytes how large one may be
    SourcesServer(Path home, long maxBytes) {
        server =
                TestingServer.start(
                        new TestingServer.Features(
                                Map.of(Resource.DATA_SOURCE, Sources.FINDER),
                                parts -> {
                                    Sources made = sources(parts, home, NODE, maxBytes);
                                    sources.set(made);
                                    return made.routes();
                                }));
        server.node(NODE);
        sources.get().start();
    }

    /// The feature as servers of tests have it, with two readers.
    ///
    /// @param home where uploads wait
    /// @param node the server's
    /// @param maxBytes how large an upload may be
    public static Sources sources(TestingServer.Parts parts, Path home, UUID node, long maxBytes) {
        return new Sources(
                parts.database(), parts.idempotency(), parts.ids(), home, node, maxBytes, 2);
    }

    TestingServer server() {
        return server;
    }

    @Override
    public void close() {
        sources.get().close();
        server.close();
    }
}
