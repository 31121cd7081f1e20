package io.tieout.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tieout.server.ApiClient.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Calls over one connection with whatever is to be sent, valid or not: clients for everyday use
/// refuse to send what this is for.
final class RawApi implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;
    private Socket socket;
    private InputStream in;

    RawApi(int port) {
        this.port = port;
        try {
            this.socket = connect();
            this.in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is sent.
    ///
    /// @param target path and query, as they are
    /// @param headers names and values in turn, in ISO 8859-1
    record Request(String method, String target, List<String> headers, Framing framing) {
        Request {
            headers = List.copyOf(headers);
        }

        static Request of(String method, String target) {
            return new Request(method, target, List.of(), new Framing.None());
        }

        Request with(String name, String value) {
            List<String> more = new ArrayList<>(headers);
            more.add(name);
            more.add(value);
            return new Request(method, target, more, framing);
        }

        Request to(String other) {
            return new Request(method, other, headers, framing);
        }

        Request body(byte[] bytes) {
            return new Request(method, target, headers, new Framing.Whole(bytes));
        }

        Request framed(Framing other) {
            return new Request(method, target, headers, other);
        }
    }

    /// How a body is announced, and what is sent of it.
    sealed interface Framing {
        /// No body.
        record None() implements Framing {}

        /// A body of known length.
        record Whole(byte[] bytes) implements Framing {}

        /// A length, and nothing after it.
        record OnlyAnnounced(long bytes) implements Framing {}

        /// One chunk that is not the last, and nothing after it.
        record Unfinished(byte[] chunk) implements Framing {}
    }

    private Socket connect() throws IOException {
        Socket made = new Socket(InetAddress.getLoopbackAddress(), port);
        made.setSoTimeout(PATIENCE_MILLIS);
        made.setTcpNoDelay(true);
        return made;
    }

    private void reconnect() throws IOException {
        socket.close();
        socket = connect();
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Sends it and reads the answer.
    Reply send(Request request) {
        byte[] bytes = bytes(request);
        try {
            try {
                return exchange(request.method(), bytes);
            } catch (IOException _) {
                // The server may have ended an idle connection; a new one must answer.
                reconnect();
                return exchange(request.method(), bytes);
            }
        } catch (IOException e) {
            String target = request.target();
            throw new UncheckedIOException(
                    "no answer to "
                            + request.method()
                            + " "
                            + target.substring(0, Math.min(300, target.length())),
                    e);
        }
    }

    private static byte[] bytes(Request request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                (request.method() + " " + request.target() + " HTTP/1.1\r\nHost: localhost\r\n")
                        .getBytes(ISO_8859_1));
        List<String> headers = request.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            String line = headers.get(i) + ": " + headers.get(i + 1) + "\r\n";
            out.writeBytes(line.getBytes(ISO_8859_1));
        }
        switch (request.framing()) {
            case Framing.None _ -> out.writeBytes("\r\n".getBytes(ISO_8859_1));
            case Framing.Whole whole -> {
                String length = "Content-Length: " + whole.bytes().length + "\r\n\r\n";
                out.writeBytes(length.getBytes(ISO_8859_1));
                out.writeBytes(whole.bytes());
            }
            case Framing.OnlyAnnounced only ->
                    out.writeBytes(
                            ("Content-Length: " + only.bytes() + "\r\n\r\n").getBytes(ISO_8859_1));
            case Framing.Unfinished part -> {
                String start = "Transfer-Encoding: chunked\r\n\r\n";
                out.writeBytes(start.getBytes(ISO_8859_1));
                String size = Integer.toHexString(part.chunk().length) + "\r\n";
                out.writeBytes(size.getBytes(ISO_8859_1));
                out.writeBytes(part.chunk());
                out.writeBytes("\r\n".getBytes(ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    private Reply exchange(String method, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        String first = line();
        int status = Integer.parseInt(first.split(" ", 3)[1]);
        Map<String, List<String>> headers = headers();
        byte[] body =
                method.equals("HEAD") || status == 204 || status == 304
                        ? new byte[0]
                        : body(headers);
        if (headers.getOrDefault("connection", List.of()).toString().contains("close")) {
            reconnect();
        }
        return new Reply(status, headers, new String(body, UTF_8));
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = size(); size > 0; size = size()) {
                body.writeBytes(exactly(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        return exactly(
                Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst()));
    }

    private int size() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the answer breaks off");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server ended the connection");
            }
            line.write(c);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
