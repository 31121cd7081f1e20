package io.tieout.server.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tieout.server.ApiClient;
import io.tieout.server.ApiClient.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// Uploads to a project in any way, also in such that are wrong.
final class Uploads {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int port;
    private final ApiClient api;
    private final String path;

    Uploads(int port, ApiClient api, UUID project) {
        this.port = port;
        this.api = api;
        this.path = "/api/projects/" + project + "/data-sources";
    }

    /// The bytes of an upload, made while they are sent.
    @FunctionalInterface
    interface Content {
        InputStream open();

        static Content of(byte[] bytes) {
            return () -> new ByteArrayInputStream(bytes);
        }

        static Content of(String text) {
            return of(text.getBytes(UTF_8));
        }

        /// A start, and then one character again and again.
        static Content repeated(String start, char c, long count) {
            byte[] block = new byte[1 << 16];
            Arrays.fill(block, (byte) c);
            return () -> after(start, new Again(block, count));
        }

        /// A header and the same row again and again.
        static Content rows(String header, String row, long rows) {
            byte[] block = row.repeat(1000).getBytes(UTF_8);
            return () -> after(header, new Again(block, rows * row.length()));
        }

        private static InputStream after(String start, InputStream rest) {
            return new SequenceInputStream(of(start).open(), rest);
        }
    }

    /// A block of bytes again and again, up to a length.
    private static final class Again extends InputStream {
        private final byte[] block;
        private final long length;
        private long at;

        Again(byte[] block, long length) {
            this.block = block;
            this.length = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) {
            if (at >= length) {
                return -1;
            }
            int from = (int) (at % block.length);
            int count = (int) Math.min(Math.min(wanted, block.length - from), length - at);
            System.arraycopy(block, from, bytes, offset, count);
            at += count;
            return count;
        }
    }

    /// Sends a body of a length that is not announced.
    Reply send(String query, Content content) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + path + "?name=x" + query))
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofInputStream(content::open));
        List<String> headers = api.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Sends a form as it is.
    Reply form(String boundary, String form) {
        return api.post(
                path + "?name=x",
                "multipart/form-data; boundary=" + boundary,
                form.getBytes(UTF_8));
    }

    /// Sends headers and what follows as they are, ends sending, and reads what comes back.
    String raw(String headers, String body) {
        try (Socket socket = connect()) {
            start(socket, headers, body);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            // The server may end the connection before it has read everything.
            return "";
        }
    }

    /// Sends something and is gone.
    void cut(String headers, String body) {
        try (Socket socket = connect()) {
            socket.setSoLinger(true, 0);
            start(socket, headers, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private void start(Socket socket, String headers, String body) throws IOException {
        String request =
                "POST "
                        + path
                        + "?name=x HTTP/1.1\r\nHost: localhost\r\n"
                        + api.headers().get(0)
                        + ": "
                        + api.headers().get(1)
                        + "\r\n"
                        + headers
                        + "\r\n"
                        + body;
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /// A sender who takes time.
    final class Slow implements AutoCloseable {
        private final Socket socket;
        private final byte[] body;
        private int sent;

        private Slow(byte[] body) throws IOException {
            this.body = body;
            this.socket = connect();
            start(socket, "Connection: close\r\nContent-Length: " + body.length + "\r\n", "");
        }

        void send(int bytes) throws Exception {
            for (int end = sent + bytes; sent < end; sent++) {
                socket.getOutputStream().write(body[sent]);
                socket.getOutputStream().flush();
                Thread.sleep(30);
            }
        }

        String sendRest() throws Exception {
            send(body.length - sent);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    Slow slow(String body) throws IOException {
        return new Slow(body.getBytes(UTF_8));
    }

    /// What became of an upload.
    JsonNode loaded(Reply upload) {
        if (upload.status() != 202) {
            throw new AssertionError(upload.toString());
        }
        return loaded(upload.text("id"));
    }

    JsonNode loaded(String id) {
        awaitThat("it is loaded", () -> !status(id).equals("loading"));
        return api.get("/api/data-sources/" + id).json();
    }

    private String status(String id) {
        return api.get("/api/data-sources/" + id).text("status");
    }

    /// Every data source of the project.
    List<JsonNode> listed() {
        return api.get(path).items();
    }

    void delete(JsonNode source) {
        Reply reply = api.delete("/api/data-sources/" + source.get("id").stringValue());
        if (reply.status() != 204) {
            throw new AssertionError(reply.toString());
        }
    }

    void awaitThat(String claim, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so in time: " + claim);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
