package io.tieout.server.telemetry;

import io.tieout.server.http.Json;
import io.tieout.server.http.RequestContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// Writes each log record as one line of JSON with the id of the request it belongs to. JSON, so
/// that no text in it can pass for a line of its own.
final class JsonLogFormatter extends Formatter {
    @Override
    public String format(LogRecord entry) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", entry.getInstant().toString());
        line.put("level", entry.getLevel().getName().toLowerCase(java.util.Locale.ROOT));
        line.put("logger", String.valueOf(entry.getLoggerName()));
        line.put("message", formatMessage(entry));
        RequestContext context = RequestContext.current();
        line.put("request_id", context.requestId());
        line.put("route", context.route());
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            line.put("thrown", trace.toString());
        }
        return new String(Json.writeTree(line), StandardCharsets.UTF_8) + "\n";
    }
}
