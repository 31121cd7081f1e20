package io.tieout.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tieout.server.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Bodies that are wrong in one place each, made from one that is right.
final class HostileBodies {
    /// Stands for what is put in its place, which may be what no tree can hold.
    private static final String HOLE = "@@HOLE@@";

    /// In every text of a password, so that it can be looked for where it must not be.
    static final String CANARY = "canary7391";

    /// A plan as an object, as rich as the project's.
    static final String PLAN =
            """
            {"version": 1, "left": {"key": "id"}, "right": {"key": "id"},
             "fields": {"note": "note",
                        "amount": {"left": "amount", "right": "amount", "type": "amount"}},
             "passes": [{"name": "same", "match": {"note": "exact", "amount": "exact"}}]}
            """;

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "1e999999999",
                    "-1e-999999999",
                    "9223372036854775808",
                    "9".repeat(99),
                    "[]",
                    "{}",
                    "[null]",
                    "[[[]]]",
                    "{\"a\":{\"b\":[]}}",
                    "[" + "1,".repeat(999) + "1]");

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "x",
                    "\\u0000",
                    "a\\u0000b",
                    "\\u0007",
                    "\\u007f",
                    "\\ud800",
                    "\\udc00\\ud800",
                    "\\u202e",
                    "%s%n{0}${x}",
                    "'; drop table users; --",
                    "../../etc/passwd",
                    "NaN",
                    "2026-02-30",
                    "00000000-0000-0000-0000-000000000000",
                    "x".repeat(10_000),
                    "\\ud83d\\ude00".repeat(300));

    private static final List<String> NAMES =
            List.of("no_route_has_this", "", "\\u0000", "\\ud800", "a/b~c", "n".repeat(900));

    private HostileBodies() {}

    /// A body.
    ///
    /// @param mustRefuse whether no server may take it
    record Body(String what, byte[] bytes, boolean mustRefuse) {
        Body(String what, String text, boolean mustRefuse) {
            this(what, text.getBytes(UTF_8), mustRefuse);
        }
    }

    /// Bodies that are no JSON, or no object, whatever the route.
    static List<Body> malformed(ObjectNode right) {
        String text = write(right);
        List<Body> bodies = new ArrayList<>();
        for (int end : new TreeSet<>(List.of(1, text.length() / 2, text.length() - 1))) {
            if (end < text.length()) {
                bodies.add(new Body("truncated at " + end, text.substring(0, end), true));
            }
        }
        String twice = right.isEmpty() ? "{\"a\":1,\"a\":1}" : doubled(right);
        Map.ofEntries(
                        Map.entry("trailing brace", text + "}"),
                        Map.entry("two bodies", text + text),
                        Map.entry("a member twice", twice),
                        Map.entry("NUL", "\u0000" + text),
                        Map.entry("NUL after", text + "\u0000"),
                        Map.entry("NaN", "NaN"),
                        Map.entry("a comment", "/* */" + text),
                        Map.entry("single quotes", "{'a':1}"),
                        Map.entry("huge exponent", "{\"a\":1e999999999}"),
                        Map.entry("no number", "{\"a\":NaN}"),
                        Map.entry("long number", "{\"a\":" + "1".repeat(10_000) + "}"),
                        Map.entry("deep lists", "[".repeat(10_000) + "]".repeat(10_000)),
                        Map.entry(
                                "deep objects",
                                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
                        Map.entry("deep member", "{\"plan\":" + "[".repeat(10_000)),
                        Map.entry("many items", "[" + "0,".repeat(100_000) + "0]"),
                        Map.entry("many members", members(2_000)),
                        Map.entry("long name", "{\"" + "n".repeat(100_000) + "\":1}"),
                        Map.entry("a text", "\"x\""),
                        Map.entry("a number", "1"),
                        Map.entry("null", "null"),
                        Map.entry("a list", "[]"))
                .forEach((what, body) -> bodies.add(new Body(what, body, true)));
        bodies.add(new Body("lone continuation byte", bytes("{\"a\":\"", 0x80, "\"}"), true));
        bodies.add(new Body("overlong slash", bytes("{\"a\":\"", 0xC0, "\u00af\"}"), true));
        bodies.add(new Body("no UTF", bytes("", 0xFF, text), true));
        bodies.add(
                new Body("UTF-16", text.getBytes(java.nio.charset.StandardCharsets.UTF_16), false));
        // Decoders may take it or leave it.
        bodies.add(new Body("a byte order mark", "\ufeff" + text, false));
        return bodies;
    }

    private static String doubled(ObjectNode right) {
        Map.Entry<String, JsonNode> first = right.properties().iterator().next();
        return "{\""
                + first.getKey()
                + "\":"
                + write(first.getValue())
                + ","
                + write(right).substring(1);
    }

    private static String members(int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":1");
        }
        return text.append('}').toString();
    }

    private static byte[] bytes(String before, int one, String after) {
        byte[] start = before.getBytes(UTF_8);
        byte[] end = after.getBytes(UTF_8);
        byte[] all = new byte[start.length + 1 + end.length];
        System.arraycopy(start, 0, all, 0, start.length);
        all[start.length] = (byte) one;
        System.arraycopy(end, 0, all, start.length + 1, end.length);
        return all;
    }

    /// Bodies in which one member is wrong, missing, unknown, or may be wrong.
    ///
    /// @param deep whether what the schema leaves open, such as a plan, is taken apart too
    static List<Body> mutated(ApiSchema api, JsonNode schema, ObjectNode right, boolean deep) {
        List<Body> bodies = new ArrayList<>();
        JsonNode known = api.resolved(schema);
        for (String name : NAMES) {
            ObjectNode more = right.deepCopy();
            more.put(HOLE, 1);
            bodies.add(new Body("unknown member " + shown(name), fill(more, HOLE, name), true));
        }
        for (Map.Entry<String, JsonNode> member : known.path("properties").properties()) {
            replace(api, member.getKey(), member.getValue(), right, bodies);
            if (right.has(member.getKey())) {
                ObjectNode less = right.deepCopy();
                less.remove(member.getKey());
                bodies.add(
                        new Body(
                                "without " + member.getKey(),
                                write(less),
                                api.refuses(known, less)));
                if (deep && api.isFree(member.getValue())) {
                    takeApart(right, right.get(member.getKey()), member.getKey(), bodies);
                }
            }
        }
        return bodies;
    }

    private static void replace(
            ApiSchema api, String name, JsonNode schema, ObjectNode right, List<Body> bodies) {
        ObjectNode holed = right.deepCopy();
        holed.put(name, HOLE);
        for (String value : VALUES) {
            boolean refused = api.refuses(schema, Json.tree(value));
            String what = name + " is " + shown(value);
            bodies.add(new Body(what, fill(holed, "\"" + HOLE + "\"", value), refused));
        }
        for (String text : TEXTS) {
            boolean refused =
                    api.refuses(schema, Json.tree("\"" + text + "\""))
                            || (!api.isFree(schema)
                                    && text.matches("(?s).*\\\\u(0000|0007|d[8c]00).*")
                                    && !text.startsWith("\\ud83d"));
            String secret = name.contains("password") || name.contains("token") ? CANARY : "";
            String what = name + " is \"" + shown(text) + "\"";
            boolean isExact = text.isEmpty() || text.equals(" ");
            String filled = isExact ? text : text + secret;
            bodies.add(
                    new Body(what, fill(holed, "\"" + HOLE + "\"", "\"" + filled + "\""), refused));
        }
    }

    /// Puts something else in place of each value inside of a member that is free in form.
    private static void takeApart(ObjectNode right, JsonNode at, String path, List<Body> bodies) {
        if (at instanceof ObjectNode object) {
            for (String name : new ArrayList<>(object.propertyNames())) {
                JsonNode kept = object.get(name);
                String here = path + "/" + name;
                takeApart(right, kept, here, bodies);
                object.put(name, HOLE);
                fillAll(right, here, bodies);
                object.remove(name);
                bodies.add(new Body("without " + here, write(right), false));
                object.set(name, kept);
            }
            for (String name : NAMES) {
                object.put(HOLE, 1);
                bodies.add(
                        new Body(
                                "unknown in " + path + shown(name),
                                fill(right, HOLE, name),
                                false));
                object.remove(HOLE);
            }
        } else if (at instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode kept = list.get(i);
                takeApart(right, kept, path + "/" + i, bodies);
                list.set(i, HOLE);
                fillAll(right, path + "/" + i, bodies);
                list.set(i, kept);
            }
        }
    }

    private static void fillAll(ObjectNode holed, String path, List<Body> bodies) {
        for (String value : VALUES) {
            String what = path + " is " + shown(value);
            bodies.add(new Body(what, fill(holed, "\"" + HOLE + "\"", value), false));
        }
        for (String text : TEXTS) {
            String what = path + " is \"" + shown(text) + "\"";
            bodies.add(new Body(what, fill(holed, HOLE, text), false));
        }
    }

    private static String fill(JsonNode holed, String hole, String with) {
        return write(holed).replace(hole, with);
    }

    private static String write(JsonNode tree) {
        return new String(Json.writeTree(tree), UTF_8);
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
