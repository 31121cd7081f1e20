package io.tieout.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class SourcesTest {
    private static final String BYTES = "application/octet-stream";
    private static final long MAX_BYTES = 50_000_000;

    @TempDir private static Path home;
    private static SourcesServer sources;
    private static TestingServer server;
    private Person editor;
    private UUID project;

    @BeforeAll
    static void start() {
        sources = new SourcesServer(home, MAX_BYTES);
        server = sources.server();
    }

    @AfterAll
    static void stop() {
        sources.close();
    }

    @BeforeEach
    void project() {
        Person owner = server.person();
        project = server.project(owner);
        editor = server.member(owner, project, "editor");
    }

    private Reply upload(String query, byte[] file) {
        return editor.api()
                .post("/api/projects/" + project + "/data-sources?name=bank" + query, BYTES, file);
    }

    private JsonNode loaded(Reply upload) {
        assertThat(upload.status()).as(upload.body()).isEqualTo(202);
        return waitFor(upload.id("id"));
    }

    private JsonNode waitFor(UUID id) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            JsonNode source = editor.api().get("/api/data-sources/" + id).json();
            if (!source.get("status").stringValue().equals("loading")) {
                return source;
            }
            pause();
        }
        throw new AssertionError("still loading");
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<JsonNode> records(JsonNode source, String query) {
        return editor.api()
                .get("/api/data-sources/" + source.get("id").stringValue() + "/records" + query)
                .items();
    }

    private static byte[] csv(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "k" + i + "," + i + ".50,2026-01-0" + (1 + i % 9))
                .collect(Collectors.joining("\n", "id,amount,day\n", "\n"))
                .getBytes(UTF_8);
    }

    @Test
    void anUploadBecomesRecordsAndAProfile() {
        Reply upload = upload("&file_name=bank.csv&key=id", csv(250));
        assertThat(upload.text("status")).isEqualTo("loading");

        JsonNode source = loaded(upload);
        assertThat(source.get("status").stringValue()).as(source.toString()).isEqualTo("ready");
        assertThat(source.get("record_count").intValue()).isEqualTo(250);
        assertThat(source.get("rejected_count").intValue()).isZero();
        assertThat(source.get("format").stringValue()).isEqualTo("csv");
        assertThat(source.get("digest").stringValue()).hasSize(64);
        assertThat(source.at("/columns/1/type").stringValue()).isIn("amount", "number");
        assertThat(source.at("/columns/1/max").stringValue()).isEqualTo("249.50");
        assertThat(source.at("/columns/2/type").stringValue()).isEqualTo("date");

        List<JsonNode> first = records(source, "?limit=2");
        assertThat(first.get(0).toString())
                .isEqualTo(
                        "{\"row\":1,\"line\":2,\"key\":\"k0\",\"values\":{\"id\":\"k0\",\"amount\":\"0.50\",\"day\":\"2026-01-01\"}}");
        assertThat(records(source, "?key=k77").getFirst().get("row").intValue()).isEqualTo(78);
        assertThat(records(source, "?row=250").getFirst().at("/values/id").stringValue())
                .isEqualTo("k249");
        assertThat(records(source, "?row=251")).isEmpty();
        assertThat(records(source, "?key=nobody")).isEmpty();
    }

    @Test
    void pagesShowEachRecordOnce() {
        JsonNode source = loaded(upload("", csv(431)));
        List<Integer> rows = new ArrayList<>();
        String path = "/api/data-sources/" + source.get("id").stringValue() + "/records?limit=100";
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            Reply page = editor.api().get(path + cursor.get());
            page.items().forEach(record -> rows.add(record.get("row").intValue()));
            JsonNode next = page.json().get("next_cursor");
            cursor =
                    next.isNull() ? Optional.empty() : Optional.of("&cursor=" + next.stringValue());
        }
        assertThat(rows).isEqualTo(IntStream.rangeClosed(1, 431).boxed().toList());
    }

    @Test
    void aLargeUploadHasASegmentOfItsOwnAndIsReadAlike() {
        JsonNode source = loaded(upload("&key=id", csv(120_000)));
        assertThat(source.get("record_count").intValue()).isEqualTo(120_000);
        assertThat(records(source, "?key=k119999").getFirst().get("row").intValue())
                .isEqualTo(120_000);
        int segment =
                server.database()
                        .inWorker(
                                new RequestId("look"),
                                handle ->
                                        handle.createQuery(
                                                        "select segment from data_sources where id = ?")
                                                .bind(
                                                        0,
                                                        UUID.fromString(
                                                                source.get("id").stringValue()))
                                                .mapTo(Integer.class)
                                                .one());
        assertThat(segment).isPositive();
    }

    @Test
    void aFormsFirstFileIsTaken() {
        String form =
                """
                --b
                Content-Disposition: form-data; name="note"

                hello
                --b
                Content-Disposition: form-data; name="f"; filename="../../etc/x.csv"

                id,amount
                1,2

                --b--
                """
                        .replace("\n", "\r\n");
        Reply upload =
                editor.api()
                        .post(
                                "/api/projects/" + project + "/data-sources?name=bank",
                                "multipart/form-data; boundary=b",
                                form.getBytes(UTF_8));
        JsonNode source = loaded(upload);
        assertThat(source.get("file_name").stringValue()).isEqualTo("x.csv");
        assertThat(source.get("record_count").intValue()).isEqualTo(1);
    }

    @Test
    void aFormWithoutAFileAndABrokenFormAreRefused() {
        String path = "/api/projects/" + project + "/data-sources?name=bank";
        String without =
                "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--b--\r\n";
        for (String form : List.of(without, "--b\r\n", "nonsense", "")) {
            assertThat(
                            editor.api()
                                    .post(
                                            path,
                                            "multipart/form-data; boundary=b",
                                            form.getBytes(UTF_8))
                                    .status())
                    .as(form)
                    .isEqualTo(400);
        }
        assertThat(editor.api().post(path, "multipart/form-data", without.getBytes(UTF_8)).status())
                .isEqualTo(400);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void compressedTextJsonLinesAndWorkbooksAreTaken() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(csv(10));
        }
        assertThat(loaded(upload("", zipped.toByteArray())).get("record_count").intValue())
                .isEqualTo(10);

        JsonNode lines =
                loaded(
                        upload(
                                "",
                                "{\"a\":1,\"b\":null}\n{\"b\":\"x\",\"c\":{\"d\":true}}\n"
                                        .getBytes(UTF_8)));
        assertThat(lines.get("format").stringValue()).isEqualTo("jsonl");
        assertThat(records(lines, "").get(0).at("/values/b").isNull()).isTrue();
        assertThat(records(lines, "").get(1).at("/values/b").stringValue()).isEqualTo("x");

        ByteArrayOutputStream book = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(book, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("one");
            sheet.value(0, 0, "id");
            sheet.value(0, 1, "amount");
            sheet.value(1, 0, "a");
            sheet.value(1, 1, 12.5);
        }
        JsonNode workbook = loaded(upload("", book.toByteArray()));
        assertThat(workbook.get("format").stringValue()).isEqualTo("xlsx");
        assertThat(records(workbook, "").getFirst().at("/values/amount").stringValue())
                .isEqualTo("12.5");
    }

    @Test
    void badRowsAreRejectedAndStopNothing() {
        byte[] file = "id,amount\n1,2\n3\n4,5,6\n7,8\n".getBytes(UTF_8);
        JsonNode source = loaded(upload("", file));
        assertThat(source.get("status").stringValue()).isEqualTo("ready");
        assertThat(source.get("record_count").intValue()).isEqualTo(2);
        assertThat(source.get("rejected_count").intValue()).isEqualTo(2);
        assertThat(records(source, "").get(1).get("row").intValue()).isEqualTo(4);
        String rejects =
                editor.api()
                        .get("/api/data-sources/" + source.get("id").stringValue() + "/rejects")
                        .body();
        assertThat(rejects).startsWith("line,row,column,reason\n3,2,\"\",\"has 1 field, not 2");
    }

    @Test
    void aColumnOfRejectsIsNoFormula() {
        byte[] file = "id,=cmd()\n1,?\n2,3\n".getBytes(UTF_8);
        file[12] = (byte) 0xFF;
        JsonNode source = loaded(upload("&encoding=utf-8", file));
        assertThat(source.get("rejected_count").intValue()).as(source.toString()).isEqualTo(1);
        String rejects =
                editor.api()
                        .get("/api/data-sources/" + source.get("id").stringValue() + "/rejects")
                        .body();
        assertThat(rejects).contains("\"'=cmd()\"");
    }

    @Test
    void moreRejectsThanAllowedFailTheLoadAndKeepNothing() {
        JsonNode source = loaded(upload("&max_rejects=0", "id,amount\n1,2\n3\n".getBytes(UTF_8)));
        assertThat(source.get("status").stringValue()).isEqualTo("failed");
        assertThat(source.at("/failure/line").intValue()).isEqualTo(3);
        assertThat(source.at("/failure/remedy").stringValue()).isNotEmpty();
        assertThat(records(source, "")).isEmpty();
    }

    @Test
    void whatIsNoSourceFailsWithAReason() {
        JsonNode binary = loaded(upload("", new byte[] {0, 1, 2, 3, 0, 0, 5}));
        assertThat(binary.get("status").stringValue()).isEqualTo("failed");
        assertThat(binary.at("/failure/problem").stringValue()).isNotEmpty();
        JsonNode noKey = loaded(upload("&key=nope", csv(3)));
        assertThat(noKey.at("/failure/problem").stringValue()).contains("`nope`");
        JsonNode quote = loaded(upload("", "id,amount\n\"a,2\n".getBytes(UTF_8)));
        assertThat(quote.at("/failure/line").intValue()).isEqualTo(2);
    }

    @Test
    void anEmptyUploadAndAnUnknownEncodingAreRefusedAtOnce() {
        assertThat(upload("", new byte[0]).errors()).hasSize(1);
        assertThat(upload("&encoding=klingon", csv(1)).errors())
                .containsExactly("?encoding is no character set that is known here");
        assertThat(upload("&nmae=x", csv(1)).status()).isEqualTo(422);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void anUploadOverTheLimitIsRefusedAndLeavesNothing() {
        assertThat(upload("", new byte[(int) MAX_BYTES + 1]).status()).isEqualTo(413);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void theSameFileIsRecognised() {
        JsonNode first = loaded(upload("", csv(5)));
        JsonNode second = loaded(upload("", csv(5)));
        assertThat(second.get("same_content_as").get(0)).isEqualTo(first.get("id"));
    }

    @Test
    void rowsThatRepeatAreKept() {
        JsonNode source = loaded(upload("", "id,amount\n1,2\n1,2\n1,2\n".getBytes(UTF_8)));
        assertThat(source.get("record_count").intValue()).isEqualTo(3);
    }

    @Test
    void repeatsWithTheSameKeyAreOneUpload() throws Exception {
        ApiClient client = editor.api().with("Idempotency-Key", "upload-" + UUID.randomUUID());
        String path = "/api/projects/" + project + "/data-sources?name=bank";
        List<Callable<Reply>> repeats = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            repeats.add(() -> client.post(path, BYTES, csv(20)));
        }
        List<Reply> replies = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> reply : executor.invokeAll(repeats)) {
                replies.add(reply.get());
            }
        }
        assertThat(replies).extracting(Reply::status).containsAnyOf(202).isSubsetOf(202, 409);
        assertThat(replies.stream().filter(r -> r.status() == 202).map(r -> r.id("id")).distinct())
                .hasSize(1);
        assertThat(editor.api().get("/api/projects/" + project + "/data-sources").items())
                .hasSize(1);
        assertThat(client.post(path, BYTES, csv(21)).problem()).isEqualTo("idempotency-key-reused");
        Reply again = client.post(path, BYTES, csv(20));
        assertThat(again.header("idempotency-replayed")).contains("true");
    }

    @Test
    void theSameKeyWithAnotherQueryIsAnotherRequest() {
        ApiClient client = editor.api().with("Idempotency-Key", "upload-" + UUID.randomUUID());
        String path = "/api/projects/" + project + "/data-sources?name=";
        assertThat(client.post(path + "bank", BYTES, csv(3)).status()).isEqualTo(202);
        assertThat(client.post(path + "book", BYTES, csv(3)).problem())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void whatNothingUsesCanBeDeletedAndIsGone() {
        JsonNode source = loaded(upload("", csv(30_000)));
        String path = "/api/data-sources/" + source.get("id").stringValue();
        assertThat(editor.api().delete(path).status()).isEqualTo(204);
        assertThat(editor.api().get(path).status()).isEqualTo(404);
        assertThat(editor.api().delete(path).status()).isEqualTo(404);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (hasSegment(source) && System.nanoTime() < end) {
            pause();
        }
        assertThat(hasSegment(source)).isFalse();
    }

    private static boolean hasSegment(JsonNode source) {
        return server.database()
                .inWorker(
                        new RequestId("look"),
                        handle ->
                                handle.createQuery(
                                                "select segment is not null from data_sources where id = ?")
                                        .bind(0, UUID.fromString(source.get("id").stringValue()))
                                        .mapTo(Boolean.class)
                                        .one());
    }

    @Test
    void aFinishedLoadCannotBeCancelled() {
        JsonNode source = loaded(upload("", csv(3)));
        Reply reply =
                editor.api()
                        .post("/api/data-sources/" + source.get("id").stringValue() + "/cancel");
        assertThat(reply.status()).isEqualTo(409);
    }

    @Test
    void aViewerReadsAndDoesNotUpload() {
        JsonNode source = loaded(upload("", csv(3)));
        Person owner = server.person();
        assertThat(owner.api().get("/api/data-sources/" + source.get("id").stringValue()).status())
                .isEqualTo(404);
    }

    @Test
    void listsComeByPagesNewestFirst() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(loaded(upload("", csv(1 + i))).get("id").stringValue());
        }
        String path = "/api/projects/" + project + "/data-sources?limit=2";
        List<String> listed = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            Reply page = editor.api().get(path + cursor.get());
            page.items().forEach(source -> listed.add(source.get("id").stringValue()));
            JsonNode next = page.json().get("next_cursor");
            cursor =
                    next.isNull() ? Optional.empty() : Optional.of("&cursor=" + next.stringValue());
        }
        assertThat(listed).isEqualTo(made.reversed());
    }

    private static List<Path> spooled() {
        try (var files = Files.list(home.resolve("uploads"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
