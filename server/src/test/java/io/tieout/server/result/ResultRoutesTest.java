package io.tieout.server.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.Side;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.database.RequestId;
import io.tieout.server.decision.DecisionHistory;
import io.tieout.server.decision.DecisionRoutes;
import io.tieout.server.job.JobRoutes;
import io.tieout.server.permission.Resource;
import io.tieout.server.result.ExportRow.Cell;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import io.tieout.server.result.TestingJobs.Source;
import io.tieout.server.source.StoredSources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ResultRoutesTest {
    private static TestingServer server;

    private Person owner;
    private Owned owned;
    private TestingJobs jobs;
    private Done job;

    @BeforeAll
    static void start() {
        server =
                TestingServer.start(
                        new TestingServer.Features(
                                Map.of(
                                        Resource.JOB,
                                        JobRoutes.FINDER,
                                        Resource.RESULT,
                                        ResultFeature.FINDER,
                                        Resource.DECISION,
                                        DecisionRoutes.FINDER),
                                parts ->
                                        Stream.concat(
                                                        new ResultFeature(
                                                                        parts.database(),
                                                                        parts.clock(),
                                                                        new StoredSources(),
                                                                        new DecisionHistory())
                                                                .routes().stream(),
                                                        DecisionRoutes.of(
                                                                parts.database(),
                                                                parts.idempotency(),
                                                                parts.ids())
                                                                .stream())
                                                .toList()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void run() {
        owner = server.person();
        owned = new Owned(server.project(owner), owner.id());
        jobs = new TestingJobs(server.database());
        job = jobs.run(owned);
    }

    private Reply get(String path) {
        Reply reply = owner.api().get("/api/jobs/" + job.id() + path);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply;
    }

    private void decideOnAll(String action, String filterName, String filter) {
        Map<String, Object> body = new HashMap<>();
        body.put("action", action);
        body.put("filter", Map.of(filterName, filter));
        body.put(
                "expected_count",
                get("/results/count?" + filterName + "=" + filter).json().get("count").intValue());
        if (action.equals("write_off")) {
            body.put("reason_code", "rounding");
            body.put("reason", "cents");
        }
        Reply reply = owner.api().post("/api/jobs/" + job.id() + "/decisions", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }

    @Test
    void aListGoesOnAfterItsCursor() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = get("/results?limit=3" + cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
            page.items().forEach(item -> ids.add(item.get("id").stringValue()));
            JsonNode next = page.json().get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        assertThat(ids).hasSize(8).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aCursorIsOfOneListOnly() {
        String cursor = get("/results?limit=3").text("next_cursor");
        Reply other =
                owner.api()
                        .get(
                                "/api/jobs/"
                                        + job.id()
                                        + "/results?limit=3&sort=date&cursor="
                                        + cursor);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.errors().getFirst()).startsWith("?cursor");
    }

    @Test
    void whatAFilterCannotBeIsToldWithWhatItCan() {
        Reply reply =
                owner.api()
                        .get(
                                "/api/jobs/"
                                        + job.id()
                                        + "/results?pass=exakt&amount_from=ten&assignee=you");
        assertThat(reply.status()).isEqualTo(422);
        Reply pass = owner.api().get("/api/jobs/" + job.id() + "/results?pass=exakt");
        assertThat(pass.errors())
                .containsExactly("?pass is no pass of the plan; it has exact, near, batch");
    }

    @Test
    void aJobThatIsNotDoneHasNoResultsYet() {
        UUID other = UUID.randomUUID();
        server.database()
                .inWorker(
                        new RequestId("test"),
                        handle ->
                                handle.execute(
                                        """
                                        insert into reconciliation_jobs
                                          (id, project_id, reconciliation_id, plan_version, left_data_source_id,
                                           right_data_source_id, max_rejects, trigger, request_id, started_by)
                                        select ?, project_id, reconciliation_id, plan_version, left_data_source_id,
                                               right_data_source_id, max_rejects, trigger, request_id, started_by
                                          from reconciliation_jobs where id = ?
                                        """,
                                        other,
                                        job.id()));
        Reply reply = owner.api().get("/api/jobs/" + other + "/results");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("no-results");
    }

    @Test
    void aSummaryTellsTheEndOfTheJobAndNow() {
        decideOnAll("reject", "status", "suggested");
        decideOnAll("write_off", "break_kind", "reopened");
        JsonNode summary = get("/summary").json();
        JsonNode end = summary.get("at_end");
        JsonNode now = summary.get("now");
        assertThat(end.get("match_rate").get("left").doubleValue()).isEqualTo(0.5);
        assertThat(end.get("matches").get("total").intValue()).isEqualTo(3);
        assertThat(end.get("breaks").get("total").intValue()).isEqualTo(5);
        assertThat(end.get("matches").get("by_pass").get(1).get("suggested").intValue())
                .isEqualTo(1);
        assertThat(now.get("match_rate").get("left").doubleValue()).isEqualTo(0.375);
        assertThat(now.get("matches").get("by_status").toString())
                .isEqualTo("{\"confirmed\":2,\"rejected\":1}");
        assertThat(now.get("breaks").get("by_status").toString())
                .isEqualTo("{\"open\":5,\"written_off\":2}");
        JsonNode line = line(now, "left", "EUR");
        assertThat(line.get("records").toString())
                .isEqualTo("{\"in\":4,\"matched\":1,\"open\":2,\"written_off\":1}");
        assertThat(line.get("amounts").toString())
                .isEqualTo(
                        "{\"in\":\"600.00\",\"matched\":\"10.00\",\"open\":\"570.00\",\"written_off\":\"20.00\"}");
    }

    private static JsonNode line(JsonNode standing, String side, String currency) {
        for (JsonNode line : standing.get("control_totals")) {
            if (line.get("side").stringValue().equals(side)
                    && line.get("currency").asString("").equals(currency)) {
                return line;
            }
        }
        throw new AssertionError("no line of " + side + " " + currency);
    }

    private JsonNode statistics() {
        Reply reply =
                owner.api()
                        .get(
                                "/api/projects/"
                                        + owned.project()
                                        + "/statistics?to=2099-01-01&from=2020-01-01");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void statisticsCountWhatNoLaterJobTookOver() {
        Source left = jobs.source(owned, TestingJobs.LEFT);
        Source right = jobs.source(owned, TestingJobs.RIGHT);
        Done first = jobs.run(owned, TestingJobs.PLAN, left, right);
        Done again =
                jobs.run(
                        owned,
                        TestingJobs.PLAN,
                        left,
                        right,
                        Optional.of(first.job().reconciliationId()));
        JsonNode statistics = statistics();
        assertThat(statistics.get("jobs")).hasSize(3);
        JsonNode latest = statistics.get("jobs").get(0);
        assertThat(latest.get("job_id").stringValue()).isEqualTo(again.id().toString());
        assertThat(latest.get("match_rate").get("left").doubleValue()).isEqualTo(0.5);
        assertThat(statistics.get("jobs").get(1).get("superseded").booleanValue()).isTrue();
        long open = 0;
        for (JsonNode each : statistics.get("open_breaks")) {
            open += each.get("count").longValue();
        }
        assertThat(open).isEqualTo(10);
        assertThat(statistics.get("open_amounts"))
                .anySatisfy(
                        each -> {
                            assertThat(each.get("currency").asString("")).isEqualTo("EUR");
                            assertThat(each.get("amount").stringValue()).isEqualTo("1140.00");
                        });
    }

    @Test
    void statisticsAreOfOneReconciliationIfWanted() {
        jobs.run(owned);
        Reply reply =
                owner.api()
                        .get(
                                "/api/projects/"
                                        + owned.project()
                                        + "/statistics?from=2020-01-01&to=2099-01-01&reconciliation_id="
                                        + job.job().reconciliationId());
        assertThat(reply.json().get("jobs")).hasSize(1);
    }

    @Test
    void openBreaksAreThoseThatNobodySettled() {
        assertThat(open(Side.LEFT)).containsExactly(3L, 6L, 7L, 8L);
        decideOnAll("write_off", "side", "left");
        decideOnAll("reject", "status", "suggested");
        assertThat(open(Side.LEFT)).containsExactly(2L);
        assertThat(open(Side.RIGHT)).containsExactly(2L, 4L);
    }

    private long[] open(Side side) {
        return server.database()
                .inWorker(
                        new RequestId("test"),
                        handle -> new KeptOpenBreaks().of(handle, job.id(), side));
    }

    @Test
    void anExportHasEveryResult() {
        Reply reply = get("/export");
        assertThat(reply.header("content-disposition"))
                .contains("attachment; filename=\"results-" + job.id() + ".csv\"");
        List<String> lines = reply.body().lines().toList();
        assertThat(lines).hasSize(9);
        assertThat(lines.getFirst()).startsWith("result_id,kind,status,side");
        assertThat(lines.getLast())
                .contains(
                        "match,confirmed,,,batch,N:1,,1.0,L4; L5,P3,,9.00,USD,9.00,USD,2026-01-04");
        assertThat(get("/export?kind=break&side=right").body().lines()).hasSize(2);
    }

    @Test
    void aSheetHoldsNumbersAndDays() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExportFile.Xlsx file = new ExportFile.Xlsx(bytes, 3);
        for (int i = 0; i < 4; i++) {
            file.row(
                    List.of(
                            new Cell.Characters("=1+" + i),
                            new Cell.Decimal(new BigDecimal("-12.50")),
                            new Cell.Decimal(new BigDecimal("123456789012345.67")),
                            new Cell.Day(LocalDate.of(2026, 1, 2))));
        }
        file.finish();
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
            // Two rows and the header fit on a sheet here.
            assertThat(workbook.getSheets().map(s -> s.getName()))
                    .containsExactly("results", "results 2");
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(3);
            assertThat(rows.get(1).getCellText(0)).isEqualTo("=1+0");
            assertThat(rows.get(1).getCellAsNumber(1)).contains(new BigDecimal("-12.50"));
            assertThat(rows.get(1).getCellText(2)).isEqualTo("123456789012345.67");
            assertThat(rows.get(1).getCellAsDate(3)).contains(LocalDateTime.of(2026, 1, 2, 0, 0));
        }
    }

    @Test
    void aWorkbookIsGiven() {
        Reply reply = get("/export?format=xlsx");
        assertThat(reply.header("content-type").orElseThrow()).contains("spreadsheetml");
        assertThat(reply.body()).startsWith("PK");
    }

    @Test
    void aFormulaIsWrittenSoThatItCanBeReadBack() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExportFile.Csv file = new ExportFile.Csv(bytes);
        for (String text : List.of("=cmd()", "@x", "'quoted", "plain", "-5", "a,\"b\"")) {
            file.row(List.of(new Cell.Characters(text), new Cell.Decimal(new BigDecimal("-5.00"))));
        }
        file.finish();
        assertThat(new String(bytes.toByteArray(), StandardCharsets.UTF_8).lines().skip(1))
                .containsExactly(
                        "'=cmd(),-5.00",
                        "'@x,-5.00",
                        "''quoted,-5.00",
                        "plain,-5.00",
                        "'-5,-5.00",
                        "\"a,\"\"b\"\"\",-5.00");
    }
}
