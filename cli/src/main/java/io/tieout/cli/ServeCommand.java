package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.server.Configuration;
import io.tieout.server.ConfigurationException;
import io.tieout.server.Server;
import io.tieout.server.access.AccessFailure;
import io.tieout.server.access.OneTimeLink;
import io.tieout.server.database.DatabaseFailure;
import io.tieout.server.telemetry.Logging;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tieout serve`.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Runs the platform: projects, data sources, reconciliations, jobs and results over HTTP.",
            "Without DATABASE_URL it brings a PostgreSQL of its own. Ctrl-C stops it in order."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int LOOK_EVERY_MILLIS = 100;

    private final Terminal terminal;

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 2000 unless said.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "On which address; 127.0.0.1 unless said.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where data and keys are kept; TIEOUT_HOME or ~/.tieout unless said.")
    private Optional<Path> home = Optional.empty();

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return serve(
                () -> {
                    Server server = start(configuration());
                    announce(server);
                    return server;
                });
    }

    /// Runs a server until it is told to end.
    static int serve(Supplier<Server> start) throws InterruptedException {
        Logging.install();
        // An interrupt waits until the server has stopped in order.
        if (!Interrupt.startWriting()) {
            return ExitStatus.ERROR;
        }
        try (Server _ = start.get()) {
            while (!Interrupt.isRequested()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            return ExitStatus.TIED_OUT;
        }
    }

    private Configuration configuration() {
        try {
            Configuration said = Configuration.of(System.getenv());
            Configuration at = said.withAddress(host.orElse(said.host()), port.orElse(said.port()));
            return home.map(dir -> at.withHome(dir.toAbsolutePath().normalize())).orElse(at);
        } catch (ConfigurationException e) {
            throw failure(e);
        }
    }

    /// Starts a server, or says in one line why it cannot be.
    static Server start(Configuration configuration) {
        try {
            return Server.start(configuration, Version.engine());
        } catch (ConfigurationException | AccessFailure | DatabaseFailure e) {
            throw failure(e);
        }
    }

    private static FailureException failure(RuntimeException e) {
        return new FailureException(
                new Failure.InvalidPlan(
                        Place.UNKNOWN,
                        "the server cannot start: " + e.getMessage(),
                        "change that and start it again"),
                e);
    }

    private void announce(Server server) {
        String url = url(server);
        terminal.out().printf("Tieout %s is ready at %s%n", server.version(), url);
        terminal.out().printf("API: %s/api/docs%n", url);
        server.firstLink().ifPresent(link -> announce(url, link));
        terminal.out().flush();
    }

    private void announce(String url, OneTimeLink link) {
        terminal.out()
                .printf(
                        """

                        There is no administrator yet. Whoever has this token can become the first, until %s:
                          curl %s/api/auth/accept -H 'Content-Type: application/json' \\
                            -d '{"token":"%s","email":"you@example.com","name":"You","password":"…"}'
                        """,
                        link.expiresAt(), url, link.token());
    }

    private String url(Server server) {
        String shown = host.orElse("127.0.0.1");
        return "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + server.port();
    }
}
