package io.tieout.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The database commits and goes, before it can say so.
final class UnknownCommitTest {
    private static final byte[] FILE = Sample.csv(0, 1_000, false);

    @Test
    void anUploadWhoseCommitWasNotHeardOfIsLoadedAll() {
        try (Platform platform = Platform.shared();
                CommitCutter cutter =
                        new CommitCutter(platform.database(), "insert into data_sources")) {
            ServerProcess server =
                    platform.start(
                            platform.home(),
                            ServerProcess.freePort(),
                            Map.of("DATABASE_URL", cutter.address()));
            ApiClient api = platform.client(server);
            UUID project = Calls.project(api, "books");
            cutter.arm();
            ApiClient once = api.with("Idempotency-Key", "upload");
            String path = "/api/projects/" + project + "/data-sources?key=id&name=ledger";
            Reply unheard = once.post(path, "text/csv", FILE);
            assertThat(cutter.cuts()).isEqualTo(1);
            assertThat(unheard.status()).isEqualTo(503);
            UUID id = Calls.done(() -> once.post(path, "text/csv", FILE)).id("id");
            Reply source = Calls.over(api, "/api/data-sources/" + id);
            assertThat(source.text("status")).isEqualTo("ready");
            assertThat(source.json().path("record_count").asInt()).isEqualTo(1_000);
        }
    }
}
