package io.tieout.formats.outcome;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A Chromium without a window, spoken to by its DevTools protocol over a local socket.
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<String, Object>>> pending =
            new ConcurrentHashMap<>();
    private final List<Consumer<Map<String, Object>>> listeners = new CopyOnWriteArrayList<>();

    private Browser(Process process, Path profile, URI address) {
        this.process = process;
        this.profile = profile;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(address, new Receiver())
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
    }

    static Browser start(Path program) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("tieout-browser");
        List<String> command = new ArrayList<>(List.of(program.toString(), "--headless"));
        command.addAll(
                List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        // The browser writes where it listens into its profile: the port, then the path.
        Path listening = profile.resolve("DevToolsActivePort");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(listening) || Files.readAllLines(listening).size() < 2) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException(program + " did not start");
            }
            Thread.sleep(20);
        }
        List<String> lines = Files.readAllLines(listening);
        return new Browser(
                process, profile, URI.create("ws://127.0.0.1:" + lines.getFirst() + lines.get(1)));
    }

    /// Puts the parts of messages together and hands them on.
    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                receive(TestingJson.object(message.toString()));
                message.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void receive(Map<String, Object> message) {
        if (message.get("id") instanceof Number id) {
            Optional.ofNullable(pending.remove(id.intValue()))
                    .ifPresent(answer -> answer.complete(message));
        } else {
            listeners.forEach(listener -> listener.accept(message));
        }
    }

    /// Hears what the browser says unasked.
    void listen(Consumer<Map<String, Object>> listener) {
        listeners.add(listener);
    }

    /// Sends a command and waits for its result.
    ///
    /// @param session empty for the browser itself
    @SuppressWarnings("unchecked")
    Map<String, Object> send(String session, String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        pending.put(id, answer);
        Map<String, Object> command =
                session.isEmpty()
                        ? Map.of("id", id, "method", method, "params", parameters)
                        : Map.of(
                                "id", id,
                                "method", method,
                                "params", parameters,
                                "sessionId", session);
        socket.sendText(TestingJson.text(command), true).join();
        Map<String, Object> received =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (received.get("result") instanceof Map<?, ?> result) {
            return (Map<String, Object>) result;
        }
        throw new IllegalStateException(method + ": " + received.get("error"));
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A helper process of the browser still writes; the folder is a temporary one.
        }
    }
}
