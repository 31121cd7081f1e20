package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.job.JobApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Calls as clients make them.
final class Calls {
    private static final long PATIENCE_MILLIS = 90_000;
    private static final Set<String> OVER = Set.of("ready", "failed", "succeeded", "cancelled");

    private Calls() {}

    /// Calls until the answer is not to call again in a moment, as it is where the same call is
    /// being served, and wants one that says that it was done.
    static Reply done(Supplier<Reply> call) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            Reply reply = call.get();
            boolean again = reply.header("retry-after").isPresent();
            if (!again && reply.status() / 100 != 2) {
                throw new AssertionError(reply.toString());
            }
            if (!again) {
                return reply;
            }
            if (System.currentTimeMillis() > end) {
                throw new AssertionError("for ever: " + reply);
            }
            Books.pause(100);
        }
    }

    /// Waits until a data source or job is over.
    ///
    /// @param path of it
    /// @return it, as it is then
    static Reply over(ApiClient api, String path) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            Reply reply = done(() -> api.get(path));
            if (OVER.contains(reply.text("status"))) {
                return reply;
            }
            if (System.currentTimeMillis() > end) {
                throw new AssertionError("not over: " + reply);
            }
            Books.pause(20);
        }
    }

    /// Uploads a file and waits for its records.
    static UUID source(ApiClient api, UUID project, String name, byte[] file) {
        String path = "/api/projects/" + project + "/data-sources?key=id&name=" + name;
        UUID id = done(() -> api.post(path, "text/csv", file)).id("id");
        over(api, "/api/data-sources/" + id);
        return id;
    }

    static UUID project(ApiClient api, String name) {
        return done(() -> api.post("/api/projects", Map.of("name", name))).id("id");
    }

    static UUID reconciliation(ApiClient api, UUID project, UUID left, UUID right) {
        return done(() ->
                        api.post(
                                "/api/projects/" + project + "/reconciliations",
                                Map.of(
                                        "name",
                                        "r",
                                        "left_data_source_id",
                                        left,
                                        "right_data_source_id",
                                        right,
                                        "plan",
                                        JobApi.PLAN)))
                .id("id");
    }

    /// A body that takes its time on the way.
    static BodyPublisher slowly(byte[] bytes, long millis) {
        int steps = 20;
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(
                        () -> new Slow(bytes, bytes.length / steps + 1, millis / steps)),
                bytes.length);
    }

    private static final class Slow extends InputStream {
        private final InputStream bytes;
        private final int most;
        private final long pauseMillis;

        Slow(byte[] bytes, int most, long pauseMillis) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.most = most;
            this.pauseMillis = pauseMillis;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            Books.pause(pauseMillis * Math.min(length, most) / most);
            return bytes.read(into, from, Math.min(length, most));
        }
    }

    /// Whether `in` is the sum of what is beside it, wherever there is such a thing.
    static boolean addsUp(JsonNode node) {
        boolean right = true;
        if (node.has("in")) {
            BigDecimal rest = new BigDecimal(node.get("in").asString());
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                if (!each.getKey().equals("in")) {
                    rest = rest.subtract(new BigDecimal(each.getValue().asString()));
                }
            }
            right = rest.signum() == 0;
        }
        for (JsonNode child : node) {
            right &= addsUp(child);
        }
        return right;
    }
}
