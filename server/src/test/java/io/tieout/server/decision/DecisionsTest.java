package io.tieout.server.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import io.tieout.server.AtOnce;
import io.tieout.server.TestingServer;
import io.tieout.server.TestingServer.Person;
import io.tieout.server.job.JobRoutes;
import io.tieout.server.permission.Resource;
import io.tieout.server.result.ResultFeature;
import io.tieout.server.result.TestingJobs;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import io.tieout.server.source.StoredSources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DecisionsTest {
    private static final Map<String, Object> WRITE_OFF =
            Map.of("action", "write_off", "reason_code", "bank_fee", "reason", "the bank's fee");

    private static TestingServer server;

    private Person owner;
    private Person reviewer;
    private UUID project;
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
        project = server.project(owner);
        reviewer = server.member(owner, project, "reviewer");
        job = new TestingJobs(server.database()).run(new Owned(project, owner.id()));
    }

    private JsonNode result(String key) {
        return results("text=" + key).stream().findFirst().orElseThrow();
    }

    private List<JsonNode> results(String query) {
        Reply reply = reviewer.api().get("/api/jobs/" + job.id() + "/results?" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.items();
    }

    private static String path(JsonNode result) {
        return "/api/results/" + result.get("id").stringValue() + "/decisions";
    }

    private static Reply decide(ApiClient api, JsonNode result, Map<String, Object> body) {
        return api.with("If-Match", "\"" + result.get("version").intValue() + "\"")
                .post(path(result), body);
    }

    private Reply decide(String key, Map<String, Object> body) {
        return decide(reviewer.api(), result(key), body);
    }

    private Reply bulk(Map<String, Object> body) {
        return reviewer.api().post("/api/jobs/" + job.id() + "/decisions", body);
    }

    private Reply carryOn(Person who, Reply decision, String verb) {
        return who.api().post("/api/decisions/" + decision.id("id") + "/" + verb);
    }

    private String status(String key) {
        return result(key).get("status").stringValue();
    }

    private void needFourEyes() {
        Reply project = owner.api().get("/api/projects/" + this.project);
        Reply changed =
                owner.api()
                        .with("If-Match", project.header("etag").orElseThrow())
                        .patch("/api/projects/" + this.project, Map.of("four_eyes", true));
        assertThat(changed.status()).isEqualTo(200);
    }

    @Test
    void aSuggestedMatchIsConfirmed() {
        Reply decided = decide("L2", Map.of("action", "confirm"));
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
        assertThat(decided.text("status")).isEqualTo("applied");
        assertThat(decided.header("etag")).contains("\"2\"");
        assertThat(status("L2")).isEqualTo("confirmed");
        assertThat(result("L2").get("version").intValue()).isEqualTo(2);
    }

    @Test
    void whatIsRejectedBecomesOpenBreaksThatAreLinkedToIt() {
        String match = result("L2").get("id").stringValue();
        Reply decided = decide("L2", Map.of("action", "reject"));
        assertThat(decided.json().get("made_result_ids")).hasSize(2);
        List<JsonNode> breaks = results("break_kind=reopened&sort=key");
        assertThat(breaks)
                .extracting(each -> each.get("linked_result_id").stringValue())
                .containsExactly(match, match);
        JsonNode left = breaks.getFirst();
        JsonNode right = breaks.getLast();
        assertThat(left.get("left_key").stringValue()).isEqualTo("L2");
        assertThat(left.get("nearest_key").stringValue()).isEqualTo("P2");
        assertThat(left.get("amount").stringValue()).isEqualTo("20.00");
        assertThat(left.get("other_amount").stringValue()).isEqualTo("20.50");
        assertThat(right.get("right_key").stringValue()).isEqualTo("P2");
        assertThat(right.get("amount").stringValue()).isEqualTo("20.50");
        assertThat(right.get("date").stringValue()).isEqualTo("2026-01-03");
        assertThat(results("status=rejected")).hasSize(1);
    }

    @Test
    void aGroupThatIsTakenApartGivesABreakForEachRecord() {
        decide("L4", Map.of("action", "unmatch"));
        assertThat(results("break_kind=reopened&sort=key"))
                .extracting(
                        each ->
                                each.get("side").stringValue()
                                        + each.get("amount").stringValue()
                                        + each.get("currency").stringValue())
                .containsExactly("left4.00USD", "left5.00USD", "right9.00USD");
    }

    @Test
    void recordsOfAGroupAreFoundByTheirKeys() {
        assertThat(result("L5").get("left_key").stringValue()).isEqualTo("L4");
    }

    @Test
    void breaksOfBothSidesAreMatchedByHand() {
        JsonNode left = result("L6");
        Reply decided =
                decide(
                        reviewer.api(),
                        left,
                        Map.of(
                                "action",
                                "match",
                                "result_ids",
                                List.of(result("P4").get("id").stringValue())));
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
        JsonNode match = results("kind=match&text=L6").getFirst();
        assertThat(decided.json().get("made_result_ids").get(0)).isEqualTo(match.get("id"));
        assertThat(match.get("pass").isNull()).isTrue();
        assertThat(match.get("status").stringValue()).isEqualTo("confirmed");
        assertThat(match.get("amount").stringValue()).isEqualTo("600.00");
        assertThat(match.get("other_amount").stringValue()).isEqualTo("-601.50");
        assertThat(results("kind=break&status=matched"))
                .extracting(each -> each.get("linked_result_id"))
                .containsExactly(match.get("id"), match.get("id"));
    }

    @Test
    void severalBreaksAreMatchedByHandAndTakenApartAgain() {
        List<String> ids =
                Stream.of("L3", "L6", "P4").map(k -> result(k).get("id").stringValue()).toList();
        Reply decided = bulk(Map.of("action", "match", "result_ids", ids));
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
        JsonNode match = results("kind=match&text=L6").getFirst();
        assertThat(match.get("cardinality").stringValue()).isEqualTo("N:1");
        assertThat(match.get("amount").stringValue()).isEqualTo("570.00");
        Reply apart = decide(reviewer.api(), match, Map.of("action", "unmatch"));
        assertThat(apart.status()).as(apart.body()).isEqualTo(201);
        assertThat(results("break_kind=reopened&sort=key"))
                .extracting(each -> each.get("amount").stringValue())
                .containsExactly("-30.00", "600.00", "-601.50");
    }

    @Test
    void aMatchByHandHasBothSides() {
        Reply reply =
                bulk(
                        Map.of(
                                "action",
                                "match",
                                "result_ids",
                                List.of(
                                        result("L3").get("id").stringValue(),
                                        result("L6").get("id").stringValue())));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.errors())
                .containsExactly("/result_ids has no right break; a match has both sides");
    }

    @Test
    void aWriteOffNeedsAReason() {
        assertThat(decide("L3", Map.of("action", "write_off")).errors())
                .containsExactly("/reason_code is missing", "/reason is missing");
        assertThat(decide("L3", WRITE_OFF).status()).isEqualTo(201);
        assertThat(status("L3")).isEqualTo("written_off");
    }

    @Test
    void anActionIsOnlyForWhatItIsMeantFor() {
        assertThat(decide("L1", WRITE_OFF).problem()).isEqualTo("not-for-this-status");
        assertThat(decide("L3", Map.of("action", "confirm")).status()).isEqualTo(409);
        assertThat(decide("L1", Map.of("action", "reject")).status()).isEqualTo(409);
        assertThat(decide("L2", Map.of("action", "unmatch")).status()).isEqualTo(409);
    }

    @Test
    void undoingMakesEverythingWhatItWas() {
        Map<String, JsonNode> before = withoutVersions();
        for (Map.Entry<String, Map<String, Object>> each :
                Map.of(
                                "L2",
                                Map.<String, Object>of("action", "reject"),
                                "L4",
                                Map.<String, Object>of("action", "unmatch"),
                                "L3",
                                WRITE_OFF,
                                "L7",
                                Map.<String, Object>of(
                                        "action", "assign", "assignee_id", owner.id().toString()))
                        .entrySet()) {
            Reply decided = decide(each.getKey(), each.getValue());
            assertThat(decided.status()).as(decided.body()).isEqualTo(201);
            assertThat(withoutVersions()).isNotEqualTo(before);
            Reply undone = carryOn(reviewer, decided, "undo");
            assertThat(undone.status()).as(undone.body()).isEqualTo(200);
            assertThat(undone.text("status")).isEqualTo("undone");
            assertThat(withoutVersions()).isEqualTo(before);
        }
    }

    private Map<String, JsonNode> withoutVersions() {
        Map<String, JsonNode> all = new HashMap<>();
        for (JsonNode item : results("limit=200")) {
            ((tools.jackson.databind.node.ObjectNode) item).remove("version");
            all.put(item.get("id").stringValue(), item);
        }
        return all;
    }

    @Test
    void onlyTheLastDecisionOnAResultIsUndone() {
        Reply assigned =
                decide("L3", Map.of("action", "assign", "assignee_id", owner.id().toString()));
        Reply writtenOff = decide("L3", WRITE_OFF);
        Reply early = carryOn(reviewer, assigned, "undo");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.problem()).isEqualTo("decided-since");
        assertThat(carryOn(reviewer, writtenOff, "undo").status()).isEqualTo(200);
        assertThat(carryOn(reviewer, assigned, "undo").status()).isEqualTo(200);
        assertThat(carryOn(reviewer, assigned, "undo").problem()).isEqualTo("decision-is-over");
    }

    @Test
    void aDecisionOnWhatADecisionMadeStandsInTheWayOfUndoingThat() {
        Reply rejected = decide("L2", Map.of("action", "reject"));
        JsonNode made = results("break_kind=reopened&sort=key").getFirst();
        assertThat(decide(reviewer.api(), made, WRITE_OFF).status()).isEqualTo(201);
        assertThat(carryOn(reviewer, rejected, "undo").problem()).isEqualTo("decided-since");
    }

    @Test
    void aCommentNeedsNoVersionAndStandsInNobodysWay() {
        Reply writtenOff = decide("L3", WRITE_OFF);
        Reply comment =
                reviewer.api()
                        .post(path(result("L3")), Map.of("action", "comment", "comment", "why?"));
        assertThat(comment.status()).as(comment.body()).isEqualTo(201);
        assertThat(result("L3").get("comment_count").intValue()).isEqualTo(1);
        assertThat(carryOn(reviewer, writtenOff, "undo").status()).isEqualTo(200);
        assertThat(carryOn(reviewer, comment, "undo").status()).isEqualTo(200);
        assertThat(result("L3").get("comment_count").intValue()).isZero();
    }

    @Test
    void ofTwoReviewersAtOnceOneWins() {
        JsonNode suggested = result("L2");
        List<Reply> replies =
                AtOnce.all(
                        List.of(
                                () ->
                                        decide(
                                                reviewer.api(),
                                                suggested,
                                                Map.of("action", "confirm")),
                                () -> decide(owner.api(), suggested, Map.of("action", "reject"))));
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 412);
    }

    @Test
    void aDecisionNeedsTheVersionThatWasRead() {
        JsonNode before = result("L2");
        assertThat(reviewer.api().post(path(before), Map.of("action", "confirm")).status())
                .isEqualTo(428);
        decide("L2", Map.of("action", "assign", "assignee_id", owner.id().toString()));
        assertThat(decide(reviewer.api(), before, Map.of("action", "confirm")).status())
                .isEqualTo(412);
    }

    @Test
    void aRepeatedRequestDecidesOnce() {
        ApiClient api = reviewer.api().with("Idempotency-Key", "once").with("If-Match", "\"1\"");
        String path = path(result("L3"));
        Reply first = api.post(path, WRITE_OFF);
        Reply second = api.post(path, WRITE_OFF);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.id("id")).isEqualTo(first.id("id"));
        assertThat(decisions()).hasSize(1);
    }

    private List<JsonNode> decisions() {
        return reviewer.api().get("/api/jobs/" + job.id() + "/decisions").items();
    }

    @Test
    void fourEyesLetAWriteOffWaitForSomebodyElse() {
        needFourEyes();
        Reply waiting = decide("L3", WRITE_OFF);
        assertThat(waiting.text("status")).isEqualTo("pending");
        assertThat(status("L3")).isEqualTo("open");
        assertThat(result("L3").get("pending").booleanValue()).isTrue();
        assertThat(decide("L3", WRITE_OFF).problem()).isEqualTo("decision-is-pending");
        assertThat(pending()).hasSize(1);

        assertThat(carryOn(reviewer, waiting, "approve").status()).isEqualTo(403);
        Reply approved = carryOn(owner, waiting, "approve");
        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        assertThat(approved.id("settled_by")).isEqualTo(owner.id());
        assertThat(status("L3")).isEqualTo("written_off");
        assertThat(pending()).isEmpty();
        assertThat(carryOn(owner, waiting, "approve").problem())
                .isEqualTo("decision-is-not-pending");
    }

    private List<JsonNode> pending() {
        return reviewer.api().get("/api/projects/" + project + "/decisions?status=pending").items();
    }

    @Test
    void anOwnerDoesNotApproveTheirOwnDecisionEither() {
        needFourEyes();
        Reply waiting = decide(owner.api(), result("L3"), WRITE_OFF);
        assertThat(carryOn(owner, waiting, "approve").status()).isEqualTo(403);
        assertThat(carryOn(owner, waiting, "decline").status()).isEqualTo(403);
        assertThat(carryOn(owner, waiting, "undo").status()).isEqualTo(200);
        assertThat(result("L3").get("pending").booleanValue()).isFalse();
    }

    @Test
    void onlyWhoTookADecisionThatWaitsWithdrawsIt() {
        needFourEyes();
        Reply waiting = decide("L3", WRITE_OFF);
        assertThat(carryOn(owner, waiting, "undo").problem()).isEqualTo("decision-is-pending");
        assertThat(result("L3").get("pending").booleanValue()).isTrue();
        assertThat(carryOn(reviewer, waiting, "undo").status()).isEqualTo(200);
        assertThat(result("L3").get("pending").booleanValue()).isFalse();
    }

    @Test
    void whatIsDeclinedIsAsItWas() {
        needFourEyes();
        Reply waiting =
                bulk(
                        Map.of(
                                "action",
                                "match",
                                "result_ids",
                                List.of(
                                        result("L6").get("id").stringValue(),
                                        result("P4").get("id").stringValue())));
        assertThat(waiting.text("status")).isEqualTo("pending");
        assertThat(carryOn(owner, waiting, "decline").text("status")).isEqualTo("declined");
        assertThat(status("L6")).isEqualTo("open");
        assertThat(result("L6").get("pending").booleanValue()).isFalse();
    }

    @Test
    void anApprovedMatchIsMade() {
        needFourEyes();
        Reply waiting =
                bulk(
                        Map.of(
                                "action",
                                "match",
                                "result_ids",
                                List.of(
                                        result("L6").get("id").stringValue(),
                                        result("P4").get("id").stringValue())));
        Reply approved = carryOn(owner, waiting, "approve");
        assertThat(approved.json().get("made_result_ids")).hasSize(1);
        assertThat(results("kind=match&text=L6")).hasSize(1);
        assertThat(carryOn(reviewer, waiting, "undo").status()).isEqualTo(200);
        assertThat(status("L6")).isEqualTo("open");
    }

    @Test
    void aFilterIsDecidedOnAtOnceIfItFindsWhatIsExpected() {
        Map<String, Object> body = new HashMap<>(WRITE_OFF);
        body.put("filter", Map.of("kind", "break", "status", "open", "side", "left"));
        body.put("expected_count", 3);
        Reply refused = bulk(body);
        assertThat(refused.problem()).isEqualTo("other-count");
        assertThat(refused.text("detail")).startsWith("it finds 4, not 3");
        body.put("expected_count", 4);
        Reply taken = bulk(body);
        assertThat(taken.status()).as(taken.body()).isEqualTo(201);
        assertThat(taken.json().get("result_count").intValue()).isEqualTo(4);
        assertThat(taken.json().get("filter").get("side").stringValue()).isEqualTo("left");
        assertThat(results("status=written_off")).hasSize(4);
    }

    @Test
    void idsOfOtherJobsAndProjectsAreNotOfThisJob() {
        Done other = new TestingJobs(server.database()).run(new Owned(project, owner.id()));
        String foreign =
                reviewer.api()
                        .get("/api/jobs/" + other.id() + "/results")
                        .items()
                        .getFirst()
                        .get("id")
                        .stringValue();
        String unknown = UUID.randomUUID().toString();
        Reply reply =
                bulk(
                        Map.of(
                                "action",
                                "comment",
                                "comment",
                                "hello",
                                "result_ids",
                                List.of(foreign, unknown)));
        assertThat(reply.errors())
                .containsExactly(
                        "/result_ids/0 is no result of this job",
                        "/result_ids/1 is no result of this job");
    }

    @Test
    void strangersSeeNoResultAndViewersDecideNothing() {
        JsonNode result = result("L3");
        Person stranger = server.person();
        Person viewer = server.member(owner, project, "viewer");
        Map<String, Object> comment = Map.of("action", "comment", "comment", "hello");
        Reply foreign = stranger.api().post(path(result), comment);
        Reply unknown =
                stranger.api().post("/api/results/" + UUID.randomUUID() + "/decisions", comment);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.comparable()).isEqualTo(unknown.comparable());
        assertThat(viewer.api().post(path(result), comment).status()).isEqualTo(403);
    }

    @Test
    void resultsAreAssignedToMembersOnly() {
        Person stranger = server.person();
        Reply reply =
                decide("L3", Map.of("action", "assign", "assignee_id", stranger.id().toString()));
        assertThat(reply.errors()).containsExactly("/assignee_id is no member of the project");
        decide("L3", Map.of("action", "assign", "assignee_id", reviewer.id().toString()));
        assertThat(results("assignee=me"))
                .extracting(each -> each.get("left_key").stringValue())
                .containsExactly("L3");
        assertThat(results("assignee=none&kind=break&side=left")).hasSize(3);
    }
}
