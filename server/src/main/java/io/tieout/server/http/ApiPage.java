package io.tieout.server.http;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The OpenAPI document as a page for people: no scripts, nothing loaded from elsewhere.
final class ApiPage {
    private static final String STYLE =
            """
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
            code,pre{font:14px/1.45 ui-monospace,monospace}
            h2{margin-top:2.5rem;border-bottom:1px solid #d0d7de}
            section{margin:1.5rem 0;padding:.75rem 1rem;border:1px solid #d0d7de;border-radius:6px}
            section h3{margin:0 0 .25rem;font:600 15px ui-monospace,monospace}
            .method{display:inline-block;min-width:4.5rem}
            table{border-collapse:collapse;width:100%}
            td,th{text-align:left;vertical-align:top;padding:.2rem .75rem .2rem 0;border-bottom:1px solid #eaeef2}
            .quiet{color:#57606a}
            @media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}section,h2{border-color:#30363d}td,th{border-color:#21262d}.quiet{color:#8d96a0}a{color:#58a6ff}}
            """;

    private final StringBuilder html = new StringBuilder();

    private ApiPage() {}

    static String of(Map<String, Object> document) {
        return new ApiPage().page(document);
    }

    private String page(Map<String, Object> document) {
        html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">")
                .append("<title>Tieout API</title><style>")
                .append(STYLE)
                .append("</style><h1>Tieout API</h1>")
                .append("<p>Everything is JSON in <code>snake_case</code>. Show who you are with ")
                .append(
                        "<code>Authorization: Bearer …</code>. Lists give <code>next_cursor</code>; ")
                .append(
                        "send it as <code>cursor</code> for the next page. Whatever goes wrong comes as ")
                .append("<code>application/problem+json</code> with a <code>request_id</code>. ")
                .append("The same as <a href=\"/api/openapi.json\">OpenAPI</a>.</p>");
        operations(document).forEach(this::group);
        html.append("<h2>Data</h2>");
        object(object(document, "components"), "schemas").forEach(this::schema);
        return html.append("</html>").toString();
    }

    /// The operations by their group, with method and path.
    private static Map<String, Map<String, Map<String, Object>>> operations(
            Map<String, Object> document) {
        Map<String, Map<String, Map<String, Object>>> groups = new TreeMap<>();
        object(document, "paths")
                .forEach(
                        (path, methods) ->
                                cast(methods)
                                        .forEach(
                                                (method, operation) -> {
                                                    Map<String, Object> one = cast(operation);
                                                    String tag =
                                                            (String) list(one, "tags").getFirst();
                                                    groups.computeIfAbsent(
                                                                    tag, _ -> new TreeMap<>())
                                                            .put(path + " " + method, one);
                                                }));
        return groups;
    }

    private void group(String tag, Map<String, Map<String, Object>> operations) {
        html.append("<h2>").append(escaped(tag)).append("</h2>");
        operations.forEach(this::operation);
    }

    private void operation(String pathAndMethod, Map<String, Object> operation) {
        int space = pathAndMethod.indexOf(' ');
        html.append("<section id=\"")
                .append(escaped((String) operation.getOrDefault("operationId", "")))
                .append("\"><h3><span class=\"method\">")
                .append(
                        escaped(
                                pathAndMethod
                                        .substring(space + 1)
                                        .toUpperCase(java.util.Locale.ROOT)))
                .append("</span>")
                .append(escaped(pathAndMethod.substring(0, space)))
                .append("</h3><p>")
                .append(escaped((String) operation.getOrDefault("summary", "")))
                .append(" <span class=\"quiet\">")
                .append(escaped((String) operation.getOrDefault("description", "")))
                .append("</span></p>");
        if (operation.containsKey("parameters")) {
            html.append("<table>");
            for (Object parameter : list(operation, "parameters")) {
                Map<String, Object> one = cast(parameter);
                row(
                        one.get("name") + " (" + one.get("in") + ")",
                        type(object(one, "schema")),
                        (String) one.getOrDefault("description", ""));
            }
            html.append("</table>");
        }
        if (operation.containsKey("requestBody")) {
            html.append("<p>Takes ")
                    .append(content(object(operation, "requestBody")))
                    .append("</p>");
        }
        object(operation, "responses")
                .forEach(
                        (status, response) ->
                                html.append("<p>")
                                        .append(escaped(status))
                                        .append(" ")
                                        .append(content(cast(response)))
                                        .append(" <span class=\"quiet\">")
                                        .append(
                                                escaped(
                                                        String.valueOf(
                                                                cast(response).get("description"))))
                                        .append("</span></p>"));
        html.append("</section>");
    }

    private static String content(Map<String, Object> holder) {
        if (!holder.containsKey("content")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        object(holder, "content")
                .forEach(
                        (mediaType, form) ->
                                text.append("<code>")
                                        .append(escaped(mediaType))
                                        .append("</code> ")
                                        .append(type(object(cast(form), "schema"))));
        return text.toString();
    }

    private void schema(String name, Object schema) {
        html.append("<section id=\"schema-")
                .append(escaped(name))
                .append("\"><h3>")
                .append(escaped(name))
                .append("</h3><table>");
        Map<String, Object> members = cast(schema);
        if (members.containsKey("properties")) {
            object(members, "properties")
                    .forEach(
                            (member, form) ->
                                    row(member, type(cast(form)), description(cast(form))));
        }
        html.append("</table></section>");
    }

    private static String description(Map<String, Object> form) {
        if (form.containsKey("anyOf")) {
            return description(cast(list(form, "anyOf").getFirst()));
        }
        return (String) form.getOrDefault("description", "");
    }

    private void row(String name, String type, String says) {
        html.append("<tr><td><code>")
                .append(escaped(name))
                .append("</code></td><td>")
                .append(type)
                .append("</td><td>")
                .append(escaped(says))
                .append("</td></tr>");
    }

    private static String type(Map<String, Object> schema) {
        if (schema.containsKey("anyOf")) {
            return type(cast(list(schema, "anyOf").getFirst())) + " or null";
        }
        if (schema.containsKey("$ref")) {
            String ref = (String) schema.get("$ref");
            String name = escaped(ref.substring(ref.lastIndexOf('/') + 1));
            return "<a href=\"#schema-" + name + "\">" + name + "</a>";
        }
        if (schema.containsKey("enum")) {
            return escaped(list(schema, "enum").toString());
        }
        if (schema.containsKey("items")) {
            return "list of " + type(object(schema, "items"));
        }
        Object format = schema.get("format");
        return escaped(String.valueOf(schema.getOrDefault("type", "any JSON")))
                + (format == null ? "" : " (" + escaped(format.toString()) + ")");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static Map<String, Object> object(Map<String, Object> holder, String name) {
        return cast(holder.getOrDefault(name, Map.of()));
    }

    private static List<?> list(Map<String, Object> holder, String name) {
        return (List<?>) holder.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked") // the document has texts as names throughout
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }
}
