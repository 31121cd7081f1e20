package io.tieout.server.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.LogCapture;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import io.tieout.server.source.Uploads.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Uploads that mean harm: each is refused with a reason, soon and in little memory, and leaves
/// nothing behind; the next upload is loaded as ever.
final class HostileUploadTest {
    /// What a bomb may cost. The design says 2 s; a machine that builds other things is slower.
    private static final Duration SOON = Duration.ofSeconds(6);

    private static final long LITTLE_BYTES = 64L << 20;
    private static final long GIGABYTE = 1L << 30;

    @TempDir private static Path home;
    private static SourcesServer sources;
    private static TestingServer server;
    private static LogCapture log;
    private Uploads uploads;

    @BeforeAll
    static void start() {
        sources = new SourcesServer(home, 2 * GIGABYTE);
        server = sources.server();
        log = new LogCapture();
    }

    @AfterAll
    static void stop() {
        log.close();
        sources.close();
    }

    @BeforeEach
    void project() {
        Person owner = server.person();
        uploads = new Uploads(server.port(), owner.api(), server.project(owner));
    }

    @AfterEach
    void nothingIsLeftAndTheNextUploadIsLoaded() {
        JsonNode next = uploads.loaded(uploads.send("", Content.of("id,amount\n1,2\n")));
        assertThat(next.get("status").stringValue()).isEqualTo("ready");
        uploads.awaitThat("the spool is empty", () -> spooled().isEmpty());
        uploads.awaitThat("no segment is left", () -> segments() == 0);
        assertThat(log.defects()).isEmpty();
    }

    private static List<Path> spooled() {
        try (var files = Files.list(home.resolve("uploads"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many segments there are that only one upload uses.
    private static long segments() {
        return server.database()
                .inWorker(
                        new RequestId("look"),
                        handle ->
                                handle.createQuery(
                                                """
                                                select count(*) from pg_inherits i
                                                  join pg_class c on c.oid = i.inhrelid
                                                 where i.inhparent = 'reconciliation_records'::regclass
                                                   and c.relname not like '%shared%'
                                                   and c.relname not like '%default%'
                                                   and c.relname <> 'reconciliation_records_0'
                                                """)
                                        .mapTo(Long.class)
                                        .one());
    }

    /// Uploads, and claims that loading it fails soon with a reason.
    private String refused(String query, Content content) {
        Reply reply = uploads.send(query, content);
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        JsonNode source;
        long started;
        try (LiveHeap heap = new LiveHeap()) {
            started = System.nanoTime();
            source = uploads.loaded(reply);
            assertThat(heap.growth()).isLessThan(LITTLE_BYTES);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
        assertThat(source.get("status").stringValue()).as(source.toString()).isEqualTo("failed");
        assertThat(source.at("/failure/remedy").stringValue()).isNotEmpty();
        assertThat(source.toString()).doesNotContain("xception").doesNotContain(home.toString());
        String problem = source.at("/failure/problem").stringValue();
        assertThat(problem).isNotEmpty().isNotEqualTo(LoadStore.LoadFailure.DEFECT.problem());
        return problem;
    }

    /// A workbook with one part changed.
    private static byte[] workbook(String part, UnaryOperator<String> change) throws IOException {
        ByteArrayOutputStream right = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(right, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("one");
            sheet.value(0, 0, "id");
            sheet.value(1, 0, "marked");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                ZipFile in = ZipFile.builder().setByteArray(right.toByteArray()).get()) {
            for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                String text = new String(in.getInputStream(entry).readAllBytes(), UTF_8);
                String put = entry.getName().equals(part) ? change.apply(text) : text;
                zip.write(put.getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void theWorkbookOfTheseTestsIsReadWhereNothingIsWrongWithIt() throws IOException {
        // Otherwise those that follow could be refused for anything.
        byte[] right = workbook("xl/sharedStrings.xml", text -> text.replace("marked", "found"));
        JsonNode source = uploads.loaded(uploads.send("", Content.of(right)));
        assertThat(source.get("record_count").intValue()).as(source.toString()).isEqualTo(1);
        assertThat(source.toString()).contains("found");
    }

    @Test
    void aWorkbookThatUnfoldsWithoutEndIsRefused() throws IOException {
        String blanks = " ".repeat(300 << 20);
        byte[] bomb =
                workbook(
                        "xl/worksheets/sheet1.xml",
                        text -> text.replace("</sheetData>", blanks + "</sheetData>"));
        assertThat(refused("", Content.of(bomb))).contains("unfolds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"})
    void aWorkbookWithEntitiesIsRefusedAndReadsNoFile(String part) throws IOException {
        Path secret = Files.writeString(home.resolve("secret.txt"), "SECRET-OF-THE-SERVER");
        String external = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";
        for (String doctype : List.of(external, laughs())) {
            refused("", Content.of(workbook(part, text -> withEntity(text, doctype))));
        }
        Files.delete(secret);
    }

    /// With a type of document, and an entity of it wherever the part has a text or a name.
    private static String withEntity(String xml, String doctype) {
        String marked =
                xml.replace("marked", "&e;")
                        .replace("name=\"one\"", "name=\"&e;\"")
                        .replaceFirst("<v>[0-9]*</v>", "<v>&e;</v>");
        assertThat(marked).contains("&e;");
        return marked.startsWith("<?xml")
                ? marked.replaceFirst("\\?>", "?>" + Matcher.quoteReplacement(doctype))
                : doctype + marked;
    }

    private static String laughs() {
        StringBuilder entities = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            String one = "&e" + (i - 1) + ";";
            entities.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(one.repeat(10))
                    .append("\">");
        }
        return entities.append("<!ENTITY e \"&e11;&e11;\">]>").toString();
    }

    @Test
    void aCompressedBombIsRefused() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            bomb(out);
        }
        assertThat(refused("", Content.of(gzip.toByteArray()))).contains("unfolds");
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(zstd)) {
            bomb(out);
        }
        assertThat(refused("", Content.of(zstd.toByteArray()))).contains("unfolds");
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(line)) {
            out.write("a,b\n".getBytes(UTF_8));
            for (int i = 0; i < 1024; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        refused("", Content.of(line.toByteArray()));
    }

    private static void bomb(OutputStream out) throws IOException {
        out.write("a,b\n".getBytes(UTF_8));
        byte[] rows = "1,2\n".repeat(1 << 18).getBytes(UTF_8);
        for (int i = 0; i < 500; i++) {
            out.write(rows);
        }
    }

    @Test
    void aLineOfAGigabyteIsRefused() {
        String problem = refused("", Content.repeated("id,amount\n1,", 'x', GIGABYTE));
        assertThat(problem).contains("a record has more than");
    }

    @Test
    void aHeaderOfAHundredMegabytesIsRefused() {
        refused("", Content.repeated("id,", 'x', 100L << 20));
        refused("", Content.repeated("{\"id\":\"", 'x', 100L << 20));
        refused("", Content.repeated("{\"id\":", '[', 100L << 20));
        refused("&max_rejects=0", Content.repeated("{\"id\":", '{', 1L << 20));
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefusedWhereItOpens() {
        Content content = Content.repeated("id,amount\n1,2\n2,\"", '\n', 100L << 20);
        Reply reply = uploads.send("", content);
        JsonNode source = uploads.loaded(reply);
        assertThat(source.get("status").stringValue()).isEqualTo("failed");
        assertThat(source.at("/failure/line").intValue()).isEqualTo(3);
    }

    @Test
    void aMillionColumnsAreRefused() {
        StringBuilder header = new StringBuilder("c0");
        for (int i = 1; i < 1_000_000; i++) {
            header.append(",c").append(i);
        }
        assertThat(refused("", Content.of(header + "\n1,2\n"))).contains("columns");
        assertThat(refused("", Content.repeated("id,amount\n1", ',', 1_000_000))).isNotEmpty();
        StringBuilder members = new StringBuilder("{\"id\":1");
        for (int i = 1; i < 1_000_000; i++) {
            members.append(",\"c").append(i).append("\":1");
        }
        refused("", Content.of(members + "}\n"));
    }

    @Test
    void whatIsNoTableIsRefusedByItsContentWhateverItIsCalled() {
        byte[] noise = new byte[100_000];
        new java.util.Random(1).nextBytes(noise);
        noise[0] = 7;
        refused("&file_name=bank.csv", Content.of(noise));
        refused("&file_name=bank.csv", Content.of("%PDF-1.7 \n1,2\n"));
        refused("&file_name=bank.xlsx", Content.of("PK\u0003\u0004 and no more"));
        refused("", Content.of("\u001f\u008b".getBytes(ISO_8859_1)));
        refused("", Content.of("(\u00b5/\u00fd".getBytes(ISO_8859_1)));
        refused("", Content.of("\n \n\t\n"));
        refused("", Content.of("<html><table><tr><td>1"));
        refused("&encoding=utf-16le", Content.of("id,amount\n1,2\nx"));
        refused(
                "&max_rejects=0&encoding=utf-8",
                Content.of("id,amount\n1,\u00e9\n".getBytes(ISO_8859_1)));
        JsonNode text =
                uploads.loaded(uploads.send("&file_name=a.xlsx", Content.of("id,amount\n1,2\n")));
        assertThat(text.get("format").stringValue()).isEqualTo("csv");
    }

    @Test
    void anEmptyUploadIsRefusedAtOnce() {
        assertThat(uploads.send("", Content.of("")).status()).isEqualTo(422);
        assertThat(uploads.raw("Content-Length: 0\r\n", "")).startsWith("HTTP/1.1 422");
        assertThat(uploads.raw("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"))
                .startsWith("HTTP/1.1 422");
        assertThat(uploads.raw("", "")).startsWith("HTTP/1.1 422");
    }

    @Test
    void aBodyThatBreaksOffIsNotKept() {
        String body = "id,amount\n1,2\n";
        for (String headers :
                List.of("Content-Length: 1000\r\n", "Content-Length: 99999999999\r\n")) {
            assertThat(uploads.raw(headers, body)).matches("(?s)|HTTP/1.1 4.*");
        }
        for (String chunk :
                List.of("e\r\n" + body, "ff\r\n" + body, "zz\r\n" + body, "-1\r\n" + body)) {
            assertThat(uploads.raw("Transfer-Encoding: chunked\r\n", chunk))
                    .matches("(?s)|HTTP/1.1 4.*");
        }
        uploads.cut("Content-Length: 1000\r\n", body);
        uploads.cut("Transfer-Encoding: chunked\r\n", "e\r\n" + body);
        assertThat(uploads.listed()).isEmpty();
    }

    @Test
    void whatFollowsAnAnnouncedLengthIsNotPartOfTheUpload() {
        String answers = uploads.raw("Content-Length: 14\r\n", "id,amount\n1,2\n3,4\n5,6\n");
        assertThat(answers).startsWith("HTTP/1.1 202").contains("HTTP/1.1 4");
        JsonNode source = uploads.loaded(uploads.listed().getFirst().get("id").stringValue());
        assertThat(source.get("record_count").intValue()).isEqualTo(1);
    }

    @Test
    void bothLengthsAtOnceAreRefused() {
        String chunked = "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n";
        assertThat(uploads.raw(chunked, "e\r\nid,amount\n1,2\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(uploads.raw("Content-Length: 3\r\nContent-Length: 14\r\n", "id,amount\n1,2\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(uploads.raw("Content-Length: x\r\n", "id,amount\n1,2\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void aSlowSenderHoldsUpNobody() throws Exception {
        try (Uploads.Slow slow = uploads.slow("id,amount\n1,2\n")) {
            slow.send(5);
            JsonNode other = uploads.loaded(uploads.send("", Content.of("id,amount\n3,4\n")));
            assertThat(other.get("status").stringValue()).isEqualTo("ready");
            assertThat(slow.sendRest()).startsWith("HTTP/1.1 202");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"",
                "multipart/form-data; boundary=\u00e4",
                "multipart/form-data; boundary=b; boundary=c",
                "multipart/form-data;;;;boundary",
                "multipart/form-data; boundary=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aFormWithoutABoundaryIsRefused(String type) {
        String form =
                "--d\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\nid\r\n--d--\r\n";
        String headers = "Content-Type: " + type + "\r\nContent-Length: " + form.length() + "\r\n";
        assertThat(uploads.raw(headers, form)).startsWith("HTTP/1.1 400");
    }

    @Test
    void aFormThatIsJunkIsRefused() {
        String file = "Content-Disposition: form-data; name=f; filename=x.csv\r\n";
        String whole = file + "\r\nid,amount\n1,2\n\r\n--b--\r\n";
        String part = "--b\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n";
        for (String form :
                List.of(
                        part.repeat(1000) + "--b--\r\n",
                        "--b\r\n" + "X: y\r\n".repeat(100_000) + whole,
                        "--b\r\nX: " + "y".repeat(1_000_000) + "\r\n" + whole,
                        "--b\r\n" + file,
                        "--b\r\n" + file + "\r\nid,amount\n1,2\n",
                        "--b\r\n" + file + "\r\n\r\n--b--\r\n",
                        "--b--\r\n",
                        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n"
                                + file
                                + "\r\nid\n1\r\n--c--\r\n--b--\r\n",
                        "--b\r\n:\r\n\r\n\r\n--b--\r\n",
                        "x".repeat(1_000_000))) {
            Reply reply = uploads.form("b", form);
            String shown = form.substring(0, Math.min(80, form.length()));
            assertThat(reply.status()).as(shown).isIn(400, 422);
            assertThat(reply.problem()).isIn("malformed-request", "invalid-input");
        }
        assertThat(uploads.listed()).isEmpty();
    }

    @Test
    void aFileNameIsOnlyShownAndNamesNoFile() {
        for (String name :
                List.of(
                        "../../../etc/passwd",
                        "C:\\\\windows\\\\x.csv",
                        "a\u0000b.csv",
                        "a\u0007b.csv",
                        "%00%0d%0a.csv",
                        "x".repeat(3000),
                        "..",
                        "\u202ecsv.exe",
                        "'; drop table users; --")) {
            String form =
                    "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\""
                            + name
                            + "\"\r\n\r\nid,amount\n1,2\n\r\n--b--\r\n";
            Reply reply = uploads.form("b", form);
            assertThat(reply.status()).as(name + reply.body()).isEqualTo(202);
            String shown = reply.text("file_name");
            assertThat(shown).doesNotContain("/").doesNotContain("\\");
            assertThat(shown).doesNotContainPattern("\\p{Cntrl}");
            assertThat(shown.length()).isLessThanOrEqualTo(200);
            uploads.loaded(reply);
        }
    }

    @Test
    void aLineBreakInAFileNameEndsTheHeaderAndNothingElse() {
        String form =
                """
                --b
                Content-Disposition: form-data; name="f"; filename="a
                X-Evil: 1"

                id,amount
                1,2

                --b--
                """
                        .replace("\n", "\r\n");
        Reply reply = uploads.form("b", form);
        assertThat(reply.status()).isIn(202, 400);
        assertThat(reply.header("x-evil")).isEmpty();
        if (reply.status() == 202) {
            uploads.loaded(reply);
        }
    }

    @Test
    void anUploadOfAnySizeIsLoadedInConstantMemory() {
        String row = "0123456789,1234.56,2026-01-31,a reference of a payment that is long enough\n";
        // With -Dtieout.long=true a gigabyte, which takes minutes.
        long rows = (Boolean.getBoolean("tieout.long") ? GIGABYTE : GIGABYTE / 32) / row.length();
        try (LiveHeap heap = new LiveHeap()) {
            Reply reply = uploads.send("", Content.rows("id,amount,day,note\n", row, rows));
            JsonNode source = uploads.loaded(reply);
            assertThat(source.get("record_count").longValue())
                    .as(source.toString())
                    .isEqualTo(rows);
            System.out.println("heap grew by at most " + (heap.growth() >> 20) + " MiB");
            assertThat(heap.growth()).isLessThan(LITTLE_BYTES);
            uploads.delete(source);
        }
    }
}
