package io.tieout.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parameters and headers that are wrong, or that may be.
final class HostileQueries {
    private static final List<String> VALUES =
            List.of(
                    "",
                    "x",
                    "%00",
                    "a%00b",
                    "%07",
                    "%ED%A0%80",
                    "%FF",
                    "0",
                    "-1",
                    "%2B5",
                    "%D9%A3",
                    "%EF%BC%95",
                    "1.5",
                    "1e9",
                    "1e999999999",
                    "NaN",
                    "-0",
                    "201",
                    "2147483648",
                    "99999999999999999999",
                    "9".repeat(40),
                    "9".repeat(41),
                    "0." + "9".repeat(40),
                    "true",
                    "TRUE",
                    "null",
                    "me",
                    "2026-02-30",
                    "2026-13-01",
                    "0000-01-01",
                    "9999-12-31",
                    "-0001-01-01",
                    "%2B999999999-12-31",
                    "9999-12-31T23:59:59Z",
                    "%2B1000000000-12-31T23:59:59.999999999Z",
                    "00000000-0000-0000-0000-000000000000",
                    "'",
                    "%27%3B%20drop%20table%20users%3B%20--",
                    "%25",
                    "%5C",
                    "_",
                    "%E2%80%AE",
                    "a,b,,",
                    ",".repeat(300),
                    "x".repeat(4_001),
                    "%F0%9F%98%80".repeat(50));

    private HostileQueries() {}

    /// A query.
    ///
    /// @param mustRefuse whether no server may take it
    record Query(String text, boolean mustRefuse) {}

    /// Queries with parameters that no route has, or that are no queries.
    static List<String> unknown() {
        return List.of(
                "no_route_has_this=1",
                "no_route_has_this",
                "=1&no_route_has_this=1",
                "%zz=1",
                "a=%",
                "%00=1",
                "%ED%A0%80=1",
                "a%2Fb~=1",
                "n".repeat(1_000) + "=1",
                "[]=1",
                "limit[]=1",
                "__proto__=1");
    }

    /// Queries about one parameter.
    static List<Query> of(ApiSchema api, ApiSchema.Parameter parameter) {
        List<Query> queries = new ArrayList<>();
        String name = parameter.name();
        for (String value : VALUES) {
            String text = URLDecoder.decode(value, StandardCharsets.UTF_8);
            boolean refused =
                    api.refusesInQuery(parameter.schema(), text)
                            || text.matches("(?s).*[\\x00\\x07].*");
            queries.add(new Query(name + "=" + value, refused));
        }
        String value = valid(api, parameter).orElse("x");
        queries.add(new Query(name + "=" + value + "&" + name + "=" + value, true));
        queries.add(new Query(name + "=" + value + "&%" + hex(name), true));
        queries.add(new Query(name + "=" + value + "&" + name, true));
        return queries;
    }

    /// The same name again, with its first letter written another way.
    private static String hex(String name) {
        return Integer.toHexString(name.charAt(0)) + name.substring(1) + "=x";
    }

    /// A value that narrows a list; none for where a page begins and how long it is.
    static Optional<String> valid(ApiSchema api, ApiSchema.Parameter parameter) {
        boolean isOnlyOne = parameter.schema().path("enum").size() == 1;
        if (List.of("cursor", "limit").contains(parameter.name()) || isOnlyOne) {
            return Optional.empty();
        }
        for (String value :
                List.of(
                        "key",
                        "break",
                        "pending",
                        "open",
                        "left",
                        "me",
                        "1",
                        "true",
                        "2026-01-01",
                        "2026-01-01T00:00:00Z",
                        "EUR")) {
            if (!api.refusesInQuery(parameter.schema(), value)
                    && (!parameter.schema().path("format").asString("").equals("date-time")
                            || value.endsWith("Z"))) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /// Headers that clients may get wrong.
    static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "*/*;q=nonsense");
        headers.put("accept", ";;;,,,/");
        headers.put("Accept-Encoding", "gzip;q=x, \u00e4");
        headers.put("Accept-Language", "x".repeat(2_000));
        headers.put("If-Match", "junk");
        headers.put("If-None-Match", "*");
        headers.put("Idempotency-Key", "x".repeat(256));
        headers.put("Range", "bytes=9-1");
        headers.put("traceparent", "00-junk");
        headers.put("X-Forwarded-For", "'; drop table users; --");
        headers.put("Host", "\u00e4");
        headers.put("Cookie", "x=" + "y".repeat(4_000));
        headers.put("Authorization", "Bearer second");
        headers.put("Content-Type", "\u00e4;;=");
        headers.put("Upgrade", "h2c");
        headers.put("Origin", "null");
        headers.put("Content-Encoding", "gzip");
        return headers;
    }
}
