package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Optional;
import java.util.UUID;

/// A file that is uploaded and loaded.
final class UploadWork implements Work {
    private static final String OF =
            "select count(*) from data_sources d where d.project_id = ? and d.name = ?";
    private static final String RECORDS =
            """
            select count(*) from reconciliation_records r join data_sources d on d.number = r.source_number
             where d.name = ?
            """;

    private final Scene scene;
    private final String name;
    private final byte[] file;
    private final int rows;
    private final long millis;
    private Optional<UUID> id = Optional.empty();

    /// @param millis how long the file is on its way
    UploadWork(Scene scene, boolean wide, int rows, long millis) {
        this.scene = scene;
        this.name = scene.name();
        this.rows = rows;
        this.file = Sample.csv(0, rows, wide);
        this.millis = millis;
    }

    @Override
    public void act(ApiClient api) {
        if (id.isEmpty()) {
            String path = "/api/projects/" + scene.project + "/data-sources?key=id&name=" + name;
            ApiClient keyed = api.with("Idempotency-Key", "upload-" + name);
            BodyPublisher body = Calls.slowly(file, millis);
            id = Optional.of(Calls.done(() -> keyed.post(path, "text/csv", body)).id("id"));
        }
        Calls.over(api, "/api/data-sources/" + id.get());
    }

    @Override
    public boolean isAnswered() {
        return id.isPresent();
    }

    @Override
    public boolean hasEffect(Books books) {
        return books.count(OF, scene.project, name) > 0;
    }

    @Override
    public void check(ApiClient api, Books books, Findings findings) {
        UUID source = id.orElseThrow();
        findings.count("data sources", 1, books.count(OF, scene.project, name));
        findings.count("its records", rows, books.count(RECORDS, name));
        ApiClient.Reply shown = Calls.done(() -> api.get("/api/data-sources/" + source));
        findings.same("a data source's status", "ready", shown.text("status"));
        findings.same(
                "a data source's records", (long) rows, shown.json().get("record_count").asLong());
        findings.count("entries of an upload", 1, books.audited("data_source.upload", source));
    }
}
