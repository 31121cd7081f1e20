package io.tieout.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tieout.server.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One request and its response, as the HTTP library has them.
final class Exchange implements Call.Raw {
    /// A body that nobody wants is read to its end if it is small; otherwise the connection ends.
    private static final long DRAINED_BYTES = 1 << 16;

    /// How much is read of a body that nobody wants, after the answer and before the end.
    private static final long LINGERED_BYTES = 8 << 20;

    private final ServerRequest request;
    private final ServerResponse response;
    private final Proxies proxies;
    private final BooleanSupplier stopping;
    private @Nullable BodyStream body;

    /// @param proxies whose word is taken for where the call comes from
    /// @param stopping whether the connection is to end with the answer, whatever the caller wants
    Exchange(
            ServerRequest request,
            ServerResponse response,
            Proxies proxies,
            BooleanSupplier stopping) {
        this.request = request;
        this.response = response;
        this.proxies = proxies;
        this.stopping = stopping;
    }

    String method() {
        return request.prologue().method().text();
    }

    String path() {
        return request.path().rawPath();
    }

    @Override
    public Optional<String> header(String name) {
        HeaderName header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? Optional.of(request.headers().get(header).values())
                : Optional.empty();
    }

    @Override
    public String target() {
        String query = request.query().rawValue();
        return query.isEmpty() ? path() : path() + "?" + query;
    }

    @Override
    public String address() {
        SocketAddress address = request.remotePeer().address();
        return address instanceof InetSocketAddress internet
                ? proxies.origin(internet.getAddress(), header("x-forwarded-for"))
                : "local";
    }

    @Override
    public InputStream stream() {
        if (body == null) {
            body =
                    new BodyStream(
                            request.content().hasEntity()
                                    ? request.content().inputStream()
                                    : InputStream.nullInputStream());
        }
        return body;
    }

    /// The parameters of the query, in their order.
    Map<String, List<String>> query() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        String raw = request.query().rawValue();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.malformed("the query has a % that is not followed by two hex digits")
                    .exception();
        }
    }

    /// The whole body.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is larger than allowed
    byte[] body(int maxBytes) {
        long announced = request.headers().contentLength().orElse(0);
        if (announced > maxBytes) {
            throw tooLarge(announced, maxBytes);
        }
        try {
            byte[] bytes = stream().readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw tooLarge(bytes.length, maxBytes);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException tooLarge(long bytes, int maxBytes) {
        return Problem.tooLarge(
                        "the body has at least " + bytes + " bytes; allowed are " + maxBytes)
                .exception();
    }

    void setHeader(String name, String value) {
        response.headers().set(HeaderNames.create(name), value);
    }

    boolean isSent() {
        return response.isSent();
    }

    /// Sends an answer.
    void send(Answer answer) {
        boolean close = leavesBody() || stopping.getAsBoolean();
        response.status(Status.create(answer.status()));
        answer.headers().forEach(this::setHeader);
        if (!answer.contentType().isEmpty()) {
            setHeader("Content-Type", answer.contentType());
        }
        if (close) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (close || wantsClose()) {
            // Not sooner: the chunk that ends a stream is written after the handler is done.
            response.whenSent(() -> end(close));
        }
        switch (answer.body()) {
            case Answer.Body.Bytes bytes -> sendBytes(bytes.bytes(), method().equals("HEAD"));
            case Answer.Body.Stream stream -> sendStream(stream.writer());
        }
    }

    private void end(boolean lingering) {
        if (lingering) {
            linger();
        }
        throw new CloseConnectionException("the connection is done with");
    }

    private void sendBytes(byte[] bytes, boolean head) {
        if (head) {
            response.contentLength(bytes.length);
            response.send();
        } else {
            response.send(bytes);
        }
    }

    private void sendStream(Answer.Writer writer) {
        if (method().equals("HEAD")) {
            response.send();
            return;
        }
        try (OutputStream out = response.outputStream()) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads on for a while: a connection that ends with bytes unread is reset, and whoever still
    /// sends would lose the answer that says what is wrong.
    private void linger() {
        // A client that waits to be asked for its body sends none once it has an answer.
        if (header("expect").isPresent() || (body != null && body.isBroken())) {
            return;
        }
        try {
            InputStream rest = stream();
            byte[] buffer = new byte[1 << 16];
            long left = LINGERED_BYTES;
            for (int n = 0; n >= 0 && left > 0; left -= n) {
                n = rest.read(buffer);
            }
        } catch (IOException | RuntimeException _) {
            // The sender is gone; there was nothing more to wait for.
        }
    }

    /// Whether too much of the body is left, or the rest of it cannot be told.
    private boolean leavesBody() {
        if (body != null && body.isBroken()) {
            return true;
        }
        return request.content().hasEntity()
                && !request.content().consumed()
                && request.headers().contentLength().orElse(Long.MAX_VALUE) > DRAINED_BYTES;
    }

    private boolean wantsClose() {
        return header("connection").map(c -> c.equalsIgnoreCase("close")).orElse(false);
    }
}
