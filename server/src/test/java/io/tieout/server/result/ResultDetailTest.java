package io.tieout.server.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.decision.DecisionHistory;
import io.tieout.server.decision.DecisionRoutes;
import io.tieout.server.http.Json;
import io.tieout.server.job.JobRoutes;
import io.tieout.server.permission.Resource;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import io.tieout.server.source.StoredSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ResultDetailTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    private static TestingServer server;

    private Person owner;
    private Owned owned;
    private TestingJobs jobs;

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
    void project() {
        owner = server.person();
        owned = new Owned(server.project(owner), owner.id());
        jobs = new TestingJobs(server.database());
    }

    private JsonNode get(String path) {
        Reply reply = owner.api().get(path);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private List<JsonNode> results(Done job, String query) {
        return owner.api().get("/api/jobs/" + job.id() + "/results?limit=200&" + query).items();
    }

    private JsonNode detail(JsonNode result) {
        return get("/api/results/" + result.get("id").stringValue());
    }

    private JsonNode detail(Done job, String key) {
        return detail(results(job, "text=" + key).getFirst());
    }

    private Done example(String name, String left, String right) throws IOException {
        Path folder = EXAMPLES.resolve(name);
        return jobs.run(
                owned,
                Files.readString(folder.resolve("plan.yaml")),
                jobs.file(owned, folder.resolve(left)),
                jobs.file(owned, folder.resolve(right)));
    }

    @ParameterizedTest
    @CsvSource({
        "invoices-and-payments, invoices.csv, payments.jsonl",
        "ledger-and-bank, ledger.csv, bank.csv"
    })
    void explanationsAgreeWithTheRun(String name, String left, String right) throws IOException {
        Done job = example(name, left, right);
        int matches = 0;
        int breaks = 0;
        for (JsonNode result : results(job, "")) {
            JsonNode explanation = detail(result).get("explanation");
            assertThat(explanation.get("basis").stringValue()).isEqualTo("all_records");
            if (result.get("kind").stringValue().equals("match")) {
                matches++;
                agree(result, explanation);
            } else {
                breaks++;
                agreeOnBreak(result, explanation);
            }
        }
        assertThat(matches).isEqualTo(job.outcome().matches().size());
        assertThat(breaks)
                .isEqualTo(job.outcome().leftBreaks().size() + job.outcome().rightBreaks().size());
    }

    @ParameterizedTest
    @CsvSource({
        "invoices-and-payments, invoices.csv, payments.jsonl",
        "ledger-and-bank, ledger.csv, bank.csv"
    })
    void explanationsOfLargeJobsAgreeWithTheRunAsWell(String name, String left, String right)
            throws IOException {
        Done job = example(name, left, right);
        ResultDetails large =
                new ResultDetails(server.database(), new StoredSources(), new DecisionHistory(), 0);
        for (JsonNode result : results(job, "")) {
            UUID id = UUID.fromString(result.get("id").stringValue());
            String detail =
                    server.database()
                            .inApp(
                                    server.as(owner),
                                    handle ->
                                            new String(
                                                    Json.write(
                                                            large.detail(
                                                                            handle,
                                                                            ResultId.parse(id)
                                                                                    .orElseThrow())
                                                                    .orElseThrow()),
                                                    StandardCharsets.UTF_8));
            JsonNode explanation = Json.tree(detail).get("explanation");
            assertThat(explanation.get("basis").stringValue()).isEqualTo("near_records");
            if (result.get("kind").stringValue().equals("match")) {
                agree(result, explanation);
            } else {
                agreeOnBreak(result, explanation);
            }
        }
    }

    private static void agree(JsonNode result, JsonNode explanation) {
        JsonNode match = explanation.get("match");
        assertThat(explanation.get("matched").booleanValue()).isTrue();
        assertThat(match.get("result_id")).isEqualTo(result.get("id"));
        assertThat(match.get("pass")).isEqualTo(result.get("pass"));
        assertThat(match.get("cardinality")).isEqualTo(result.get("cardinality"));
        assertThat(match.get("score")).isEqualTo(result.get("score"));
        assertThat(explanation.get("made").get("score")).isEqualTo(result.get("score"));
        double sum = 0;
        double weights = 0;
        for (JsonNode check : explanation.get("made").get("comparisons")) {
            assertThat(check.get("met").booleanValue()).as("%s", check).isTrue();
            sum += check.get("score").doubleValue() * check.get("weight").doubleValue();
            weights += check.get("weight").doubleValue();
        }
        assertThat(sum / weights)
                .isCloseTo(
                        result.get("score").doubleValue(),
                        org.assertj.core.data.Offset.offset(0.0002));
    }

    private static void agreeOnBreak(JsonNode result, JsonNode explanation) {
        assertThat(explanation.get("matched").booleanValue()).isFalse();
        assertThat(explanation.get("reason").stringValue()).isNotEmpty();
        JsonNode nearest = explanation.get("nearest");
        if (!result.get("nearest_key").isNull()) {
            assertThat(nearest.get(0).get("key")).isEqualTo(result.get("nearest_key"));
        }
        for (JsonNode near : nearest) {
            List<String> verdicts = new ArrayList<>();
            near.get("passes").forEach(pass -> verdicts.add(pass.get("verdict").stringValue()));
            assertThat(verdicts).doesNotContain("matched");
            for (JsonNode pass : near.get("passes")) {
                if (pass.get("verdict").stringValue().equals("failed")) {
                    assertThat(pass.get("comparisons"))
                            .anyMatch(check -> !check.get("met").booleanValue());
                }
            }
        }
    }

    @Test
    void aMatchShowsItsRecordsWithAllTheirColumns() {
        Done job = jobs.run(owned);
        JsonNode detail = detail(job, "L4");
        assertThat(detail.get("left_records")).hasSize(2);
        JsonNode record = detail.get("left_records").get(1);
        assertThat(record.get("key").stringValue()).isEqualTo("L5");
        assertThat(record.get("row_number").intValue()).isEqualTo(5);
        assertThat(record.get("line").intValue()).isEqualTo(6);
        assertThat(record.get("columns").get("batch").stringValue()).isEqualTo("B1");
        assertThat(record.get("fields").get("amount").stringValue()).isEqualTo("5.00 USD");
        assertThat(detail.get("right_records").get(0).get("key").stringValue()).isEqualTo("P3");
    }

    @Test
    void aBreakSaysWhatItsNearestRecordFailed() {
        Done job = jobs.run(owned);
        JsonNode explanation = detail(job, "L6").get("explanation");
        JsonNode nearest = explanation.get("nearest").get(0);
        assertThat(nearest.get("key").stringValue()).isEqualTo("P4");
        assertThat(nearest.get("record").get("columns").get("amount").stringValue())
                .isEqualTo("-601.50");
        JsonNode near = nearest.get("passes").get(1);
        assertThat(near.get("pass").stringValue()).isEqualTo("near");
        assertThat(near.get("verdict").stringValue()).isEqualTo("failed");
        assertThat(near.get("comparisons").get(1).get("finding").stringValue())
                .isEqualTo("600.00 EUR and -601.50 EUR, 1201.50 apart, at most 1.00");
        assertThat(explanation.get("reason").stringValue())
                .isEqualTo("the nearest on the right agrees in all but amount -1201.50");
    }

    @Test
    void whatWasDecidedIsToldTheLatestFirst() {
        Done job = jobs.run(owned);
        JsonNode result = results(job, "text=L2").getFirst();
        String path = "/api/results/" + result.get("id").stringValue() + "/decisions";
        owner.api().post(path, Map.of("action", "comment", "comment", "who knows this?"));
        owner.api().with("If-Match", "\"2\"").post(path, Map.of("action", "reject"));
        JsonNode history = detail(result).get("history");
        assertThat(history).hasSize(2);
        assertThat(history.get(0).get("action").stringValue()).isEqualTo("reject");
        assertThat(history.get(1).get("comment").stringValue()).isEqualTo("who knows this?");
        assertThat(history.get(1).get("decided_by").stringValue()).isEqualTo(owner.id().toString());
    }

    @Test
    void aReopenedBreakIsExplainedByTheMatchThatItWasIn() {
        Done job = jobs.run(owned);
        JsonNode match = results(job, "text=L2").getFirst();
        owner.api()
                .with("If-Match", "\"1\"")
                .post(
                        "/api/results/" + match.get("id").stringValue() + "/decisions",
                        Map.of("action", "reject"));
        JsonNode reopened = results(job, "break_kind=reopened&side=right").getFirst();
        JsonNode detail = detail(reopened);
        assertThat(detail.get("right_records").get(0).get("key").stringValue()).isEqualTo("P2");
        assertThat(detail.get("explanation").get("match").get("result_id"))
                .isEqualTo(match.get("id"));
    }

    @Test
    void aMatchByHandShowsItsRecordsAndHasNoExplanation() {
        Done job = jobs.run(owned);
        List<String> ids = new ArrayList<>();
        for (String key : List.of("L3", "L6", "P4")) {
            ids.add(results(job, "text=" + key).getFirst().get("id").stringValue());
        }
        Reply made =
                owner.api()
                        .post(
                                "/api/jobs/" + job.id() + "/decisions",
                                Map.of("action", "match", "result_ids", ids));
        JsonNode detail =
                get("/api/results/" + made.json().get("made_result_ids").get(0).stringValue());
        assertThat(detail.get("explanation").isNull()).isTrue();
        assertThat(detail.get("left_records")).hasSize(2);
        assertThat(detail.get("right_records")).hasSize(1);
    }

    @Test
    void anUnknownResultIsNotFoundAsAForeignOne() {
        Done job = jobs.run(owned);
        String id = results(job, "").getFirst().get("id").stringValue();
        Person stranger = server.person();
        Reply foreign = stranger.api().get("/api/results/" + id);
        Reply unknown = stranger.api().get("/api/results/" + UUID.randomUUID());
        Reply beyond = owner.api().get("/api/results/" + id.substring(0, 35) + "f");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.comparable()).isEqualTo(unknown.comparable());
        assertThat(beyond.status()).isEqualTo(404);
    }
}
