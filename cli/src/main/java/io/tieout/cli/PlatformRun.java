package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.source.SourceInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The steps of a reconciliation on a platform, each until it is done.
final class PlatformRun {
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final int PARTS = 1000;

    private final PlatformClient client;
    private final UUID project;
    private final ProgressLine progress;

    PlatformRun(PlatformClient client, UUID project, ProgressLine progress) {
        this.client = client;
        this.project = project;
        this.progress = progress;
    }

    /// Uploads a source.
    ///
    /// @return the data source's id
    String upload(SourceInput input, String label, int maxRejects) {
        progress.bytes("uploading " + label, input.size());
        String path =
                "/api/projects/"
                        + project
                        + "/data-sources?name="
                        + PlatformClient.encoded(label)
                        + "&max_rejects="
                        + maxRejects;
        return client.upload(path, () -> counted(input), input.size() > 0).text("id");
    }

    private InputStream counted(SourceInput input) {
        try {
            return new FilterInputStream(input.opener().open()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    if (progress.isCancelled()) {
                        throw new IOException("cancelled");
                    }
                    int count = super.read(bytes, offset, length);
                    progress.advance(Math.max(0, count));
                    return count;
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until a data source is ready.
    void await(String id) {
        String path = "/api/data-sources/" + id;
        JsonNode source = client.get(path).body();
        progress.phase("loading " + source.path("name").asString(), PARTS);
        int shown = 0;
        while (source.path("status").asString().equals("loading")) {
            shown = show(source, shown);
            if (progress.isCancelled()) {
                client.post(path + "/cancel");
                throw cancelled();
            }
            PlatformClient.sleep(LOOK_EVERY_MILLIS);
            source = client.get(path).body();
        }
        if (!source.path("status").asString().equals("ready")) {
            throw failed(source.path("name").asString(), source.path("failure"));
        }
    }

    private int show(JsonNode thing, int shown) {
        int now = (int) (thing.path("progress").doubleValue() * PARTS);
        progress.advance(Math.max(0, now - shown));
        return Math.max(now, shown);
    }

    /// Finds the reconciliation of that name and gives it these sources and plan, or makes it.
    ///
    /// @return its id
    String reconciliation(String name, String leftId, String rightId, String plan, int maxRejects) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("left_data_source_id", leftId);
        wanted.put("right_data_source_id", rightId);
        wanted.put("plan", plan);
        wanted.put("max_rejects", maxRejects);
        Optional<String> known = find(name);
        if (known.isPresent()) {
            String path = "/api/reconciliations/" + known.get();
            PlatformClient.Reply now = client.get(path);
            client.change(path, now.etag().orElse("*"), wanted);
            return known.get();
        }
        wanted.put("name", name);
        return client.create("/api/projects/" + project + "/reconciliations", wanted).text("id");
    }

    private Optional<String> find(String name) {
        String path = "/api/projects/" + project + "/reconciliations?limit=200";
        String cursor = "";
        while (true) {
            JsonNode page = client.get(path + cursor).body();
            for (JsonNode one : page.path("items")) {
                if (one.path("name").asString().equals(name)) {
                    return Optional.of(one.path("id").asString());
                }
            }
            if (!page.path("next_cursor").isString()) {
                return Optional.empty();
            }
            cursor = "&cursor=" + PlatformClient.encoded(page.path("next_cursor").asString());
        }
    }

    /// Runs a reconciliation to its end.
    JobOutcome job(String reconciliation) {
        String id =
                client.create("/api/reconciliations/" + reconciliation + "/jobs", Map.of())
                        .text("id");
        String path = "/api/jobs/" + id;
        String phase = "";
        int shown = 0;
        while (true) {
            JsonNode job = client.get(path).body();
            String status = job.path("status").asString();
            if (status.equals("succeeded")) {
                return new JobOutcome(job);
            }
            if (status.equals("failed")) {
                throw failed("job " + id, job.path("failure"));
            }
            if (status.equals("cancelled")) {
                throw cancelled();
            }
            if (progress.isCancelled()) {
                client.post(path + "/cancel");
            }
            String now = status.equals("queued") ? "queued" : job.path("phase").asString();
            if (!now.equals(phase)) {
                phase = now;
                progress.phase(phase, PARTS);
                shown = 0;
            }
            shown = show(job, shown);
            PlatformClient.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private static FailureException failed(String what, JsonNode failure) {
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(
                                what,
                                failure.path("line").asLong(0),
                                failure.path("column").asLong(0)),
                        failure.path("problem").asString("failed"),
                        failure.path("remedy").asString("correct that and push again")));
    }

    private static FailureException cancelled() {
        return new FailureException(
                new Failure.Cancelled(Place.UNKNOWN, "the run was cancelled", "push again"));
    }
}
