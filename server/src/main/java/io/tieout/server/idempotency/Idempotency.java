package io.tieout.server.idempotency;

import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.database.Work;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Json;
import io.tieout.server.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/// Makes what a request creates once, however often it is sent with the same `Idempotency-Key`. The
/// effect and the memory of its answer are one transaction, so that a server that dies leaves both
/// or neither.
public final class Idempotency {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String LOCK =
            """
            select pg_try_advisory_xact_lock(hashtextextended('idempotency ' || :user_id || ' ' || :key, 0))
            """;
    private static final String FIND =
            """
            select route, body_digest, status, headers, answer
              from idempotency_keys where user_id = :user_id and key = :key
            """;
    private static final String KEEP =
            """
            insert into idempotency_keys (user_id, key, route, body_digest, status, headers, answer)
            values (:user_id, :key, :route, :body_digest, :status, :headers::jsonb, :answer)
            """;

    private final Database database;

    public Idempotency(Database database) {
        this.database = database;
    }

    /// Runs a body as the caller, in one transaction; where the call has a key that was used
    /// before, gives the answer of then instead.
    ///
    /// @param body makes something and answers with bytes
    /// @throws io.tieout.server.problem.ProblemException 422 where the key came with another
    /// request before, 409 where that request is still being served
    public Answer once(Call<?, ?> call, Work<Answer> body) {
        return once(call, call.bytes(), body);
    }

    /// As [#once(Call, Work)], where the body is a stream whose digest stands for it.
    public Answer once(Call<?, ?> call, byte[] content, Work<Answer> body) {
        Actor actor = call.actor();
        Optional<String> key = call.raw().header("idempotency-key");
        if (key.isEmpty()) {
            return database.inApp(actor, Access.WRITE, body);
        }
        if (!call.route().creates()) {
            throw new IllegalStateException(call.route().name() + " does not say that it creates");
        }
        if (!KEY.matcher(key.get()).matches()) {
            throw Problem.malformed("`Idempotency-Key` has from 1 to 255 visible ASCII characters")
                    .exception();
        }
        Request request =
                new Request(
                        call.caller().userId(),
                        key.get(),
                        call.route().method() + " " + call.raw().target(),
                        sha256(content));
        return database.inApp(actor, Access.WRITE, handle -> replayOrRun(handle, request, body));
    }

    private record Request(UUID userId, String key, String route, byte[] digest) {}

    private static Answer replayOrRun(Handle handle, Request request, Work<Answer> body)
            throws java.sql.SQLException {
        boolean alone =
                handle.createQuery(LOCK)
                        .bind("user_id", request.userId().toString())
                        .bind("key", request.key())
                        .mapTo(Boolean.class)
                        .one();
        if (!alone) {
            throw Problem.conflict(
                            "request-in-progress",
                            "The same request is being served",
                            "wait for its answer, or send it again in a moment")
                    .with("Retry-After", "1")
                    .exception();
        }
        Optional<Answer> before = find(handle, request);
        if (before.isPresent()) {
            return before.get();
        }
        Answer answer = body.in(handle);
        keep(handle, request, answer);
        return answer;
    }

    private static Optional<Answer> find(Handle handle, Request request) {
        return handle.createQuery(FIND)
                .bind("user_id", request.userId())
                .bind("key", request.key())
                .map(
                        (row, _) -> {
                            requireSame(
                                    request, row.getString("route"), row.getBytes("body_digest"));
                            return new Answer(
                                            row.getInt("status"),
                                            Answer.JSON,
                                            headers(row.getString("headers")),
                                            new Answer.Body.Bytes(row.getBytes("answer")))
                                    .with("Idempotency-Replayed", "true");
                        })
                .findOne();
    }

    private static void requireSame(Request request, String route, byte[] digest) {
        if (!route.equals(request.route()) || !Arrays.equals(digest, request.digest())) {
            throw Problem.of(
                            "idempotency-key-reused",
                            "The key came with another request before",
                            422,
                            "use a new `Idempotency-Key` for each thing to create")
                    .exception();
        }
    }

    private static Map<String, String> headers(String json) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header : Json.tree(json).properties()) {
            headers.put(header.getKey(), header.getValue().stringValue());
        }
        return headers;
    }

    private static void keep(Handle handle, Request request, Answer answer) {
        if (!(answer.body() instanceof Answer.Body.Bytes bytes)) {
            throw new IllegalStateException("what is created is answered with bytes");
        }
        handle.createUpdate(KEEP)
                .bind("user_id", request.userId())
                .bind("key", request.key())
                .bind("route", request.route())
                .bind("body_digest", request.digest())
                .bind("status", answer.status())
                .bind(
                        "headers",
                        new String(Json.writeTree(answer.headers()), StandardCharsets.UTF_8))
                .bind("answer", bytes.bytes())
                .execute();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
