package io.tieout.server;

import io.tieout.server.http.Cursor;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Cursors that no list gave, made from one that it gave.
final class HostileCursors {
    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "x",
                    "\u0000",
                    "a\u0000b",
                    "\ud800",
                    "'",
                    "0",
                    "-1",
                    "1.5",
                    "1e9",
                    "-9223372036854775808",
                    "9223372036854775807",
                    "99999999999999999999",
                    "00000000-0000-0000-0000-000000000000",
                    "ffffffff-ffff-ffff-ffff-ffffffffffff",
                    "1-1-1-1-1",
                    "9999-12-31T23:59:59Z",
                    "+1000000000-12-31T23:59:59.999999999Z",
                    "-1000000000-01-01T00:00:00Z",
                    "x".repeat(2_000));

    private HostileCursors() {}

    /// Cursors of the right form, each with another value, which may even be one of the list's.
    static List<String> forged(String given) {
        Cursor cursor = read(given);
        List<String> forged = new ArrayList<>();
        for (int i = 0; i < cursor.values().size(); i++) {
            for (String value : VALUES) {
                List<String> values = new ArrayList<>(cursor.values());
                values.set(i, value);
                forged.add(new Cursor(cursor.list(), values).encoded());
            }
        }
        byte[] bytes = Base64.getUrlDecoder().decode(given);
        for (int at = 0; at < bytes.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            forged.add(Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
        }
        return forged;
    }

    /// Cursors that are none.
    static List<String> damaged(String given) {
        Cursor cursor = read(given);
        List<String> more = new ArrayList<>(cursor.values());
        more.add("x");
        List<String> damaged = new ArrayList<>();
        damaged.addAll(List.of("x", "!", "%00", "AAAA", "null", "%F0%9F%98%80", given + given));
        for (int end = 1; end < given.length(); end += 3) {
            damaged.add(given.substring(0, end));
        }
        damaged.add(new Cursor(cursor.list(), more).encoded());
        damaged.add(new Cursor(cursor.list(), List.of()).encoded());
        damaged.add(new Cursor(cursor.list() + " ", cursor.values()).encoded());
        damaged.add(new Cursor("", cursor.values()).encoded());
        return damaged;
    }

    private static Cursor read(String encoded) {
        byte[] bytes = Base64.getUrlDecoder().decode(encoded);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String list = in.readUTF();
            List<String> values = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                values.add(in.readUTF());
            }
            return new Cursor(list, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds to a project so that each of its lists has a second page.
    static void twoOfEverything(ApiClient owner, Map<String, UUID> ids) {
        String project = "/api/projects/" + ids.get("project_id");
        String reconciliation = "/api/reconciliations/" + ids.get("reconciliation_id");
        String decisions = "/api/results/" + ids.get("result_id") + "/decisions";
        made(owner.post(project + "/service-tokens", Map.of("name", "two", "role", "viewer")));
        made(
                owner.post(
                        project + "/reconciliations",
                        ExampleBodies.of("createReconciliation", ids).orElseThrow()));
        UUID job = owner.post(reconciliation + "/jobs").id("id");
        ProjectFilling.await(owner, "/api/jobs/" + job, "succeeded");
        made(owner.post(decisions, Map.of("action", "comment", "comment", "two")));
        String etag = owner.get(reconciliation).header("etag").orElse("");
        String plan = ProjectFilling.PLAN.replace("name: same", "name: alike");
        made(owner.with("If-Match", etag).patch(reconciliation, Map.of("plan", plan)));
        String version = owner.get(project).header("etag").orElse("");
        made(owner.with("If-Match", version).patch(project, Map.of("four_eyes", true)));
        writeOff(owner, job);
        writeOff(owner, Objects.requireNonNull(ids.get("job_id")));
    }

    /// Writes a break off, which waits for somebody else's approval.
    private static void writeOff(ApiClient owner, UUID job) {
        String found =
                owner.get("/api/jobs/" + job + "/results?kind=break")
                        .items()
                        .getFirst()
                        .get("id")
                        .stringValue();
        String etag = owner.get("/api/results/" + found).header("etag").orElse("");
        made(
                owner.with("If-Match", etag)
                        .post(
                                "/api/results/" + found + "/decisions",
                                Map.of(
                                        "action", "write_off",
                                        "reason_code", "other",
                                        "reason", "two")));
    }

    private static void made(ApiClient.Reply reply) {
        if (reply.status() / 100 != 2) {
            throw new AssertionError(reply.toString());
        }
    }
}
