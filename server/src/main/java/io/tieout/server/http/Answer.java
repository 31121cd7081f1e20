package io.tieout.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a route answers.
///
/// @param status the HTTP status
/// @param contentType of the body; empty where there is none
/// @param headers sent along
/// @param body what is sent
public record Answer(int status, String contentType, Map<String, String> headers, Body body) {
    /// JSON.
    public static final String JSON = "application/json";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /// The bytes of an answer.
    public sealed interface Body {
        /// Known as a whole.
        record Bytes(byte[] bytes) implements Body {}

        /// Written piece by piece, while the connection lasts.
        record Stream(Writer writer) implements Body {}
    }

    /// Writes the body of an answer.
    @FunctionalInterface
    public interface Writer {
        /// Writes all of it.
        ///
        /// @throws IOException when the caller is gone
        void write(OutputStream out) throws IOException;
    }

    /// 200 with a record as JSON.
    public static Answer ok(Object record) {
        return json(200, record);
    }

    /// A record as JSON.
    public static Answer json(int status, Object record) {
        return new Answer(status, JSON, Map.of(), new Body.Bytes(Json.write(record)));
    }

    /// 201 with what was made, and where it is.
    public static Answer created(String location, Object record) {
        return json(201, record).with("Location", location);
    }

    /// 204.
    public static Answer empty() {
        return new Answer(204, "", Map.of(), new Body.Bytes(new byte[0]));
    }

    /// 200 with a body that is written piece by piece.
    public static Answer stream(String contentType, Writer writer) {
        return new Answer(200, contentType, Map.of(), new Body.Stream(writer));
    }

    /// The same with one more header.
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, contentType, more, body);
    }

    /// The same with the version of what it shows as its `ETag`.
    public Answer version(int version) {
        return with("ETag", "\"" + version + "\"");
    }
}
