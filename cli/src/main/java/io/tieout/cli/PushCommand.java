package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.plan.PlanFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tieout push`.
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reconciles on a platform: uploads both sources, runs the plan there, waits, and says what"
                    + " did not tie out.",
            "Shows the token of TIEOUT_TOKEN, a service token of the project."
        })
final class PushCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "LEFT", description = "As for reconcile.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "RIGHT", description = "As for reconcile.")
    private String right = "";

    @Option(
            names = {"-p", "--plan"},
            required = true,
            paramLabel = "PLAN",
            description = "The plan file; `tieout schema` describes it.")
    private Path plan = Path.of("");

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Where the platform is; TIEOUT_SERVER or http://127.0.0.1:2000 unless said.")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--project",
            required = true,
            paramLabel = "ID",
            description = "The project that it belongs to.")
    private UUID project = new UUID(0, 0);

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The reconciliation, made if missing; the plan file's name unless said.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--max-rejects",
            paramLabel = "N",
            description = "Rows of a source that may be unreadable; 0 unless said.")
    private int maxRejects;

    @Option(names = "--json", description = "Print the job as JSON.")
    private boolean json;

    @Option(names = "--quiet", description = "Draw no progress.")
    private boolean quiet;

    PushCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String planText = planText();
        PlatformClient client = new PlatformClient(address(), token());
        try (ProgressLine progress =
                new ProgressLine(
                        terminal.err(), !quiet && Terminal.isWatched(), System::nanoTime)) {
            PlatformRun run = new PlatformRun(client, project, progress);
            String leftId = run.upload(RunOptions.input(left, terminal), label(left), maxRejects);
            String rightId =
                    run.upload(RunOptions.input(right, terminal), label(right), maxRejects);
            run.await(leftId);
            run.await(rightId);
            String reconciliation =
                    run.reconciliation(
                            name.orElse(label(plan.toString())),
                            leftId,
                            rightId,
                            planText,
                            maxRejects);
            JobOutcome outcome = run.job(reconciliation);
            outcome.print(terminal.out(), json);
            return outcome.isTiedOut() ? ExitStatus.TIED_OUT : ExitStatus.OPEN;
        }
    }

    /// The plan's text, once it is known to be a plan: its mistakes are told with their places.
    private String planText() {
        PlanFile.read(plan);
        try {
            return Files.readString(plan, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(plan.toString()),
                            "cannot be read",
                            "check the file and its disk"),
                    e);
        }
    }

    private URI address() {
        String said =
                server.or(() -> Optional.ofNullable(System.getenv("TIEOUT_SERVER")))
                        .orElse("http://127.0.0.1:2000");
        try {
            URI address = URI.create(said);
            if (address.getHost() != null && said.matches("https?://.*")) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Told below, as for what is no address of a server.
        }
        throw new FailureException(
                new Failure.UnreadableSource(
                        Place.of("--server"),
                        "is no http or https URL",
                        "give one such as http://127.0.0.1:2000"));
    }

    private static String token() {
        String token = System.getenv("TIEOUT_TOKEN");
        if (token == null || token.isBlank()) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of("TIEOUT_TOKEN"),
                            "is not set",
                            "set it to a service token of the project, made by one of its owners"));
        }
        return token.strip();
    }

    /// What a source or plan is called on the platform: its file's name without what is behind it.
    private static String label(String file) {
        if (file.equals("-")) {
            return "standard input";
        }
        String base = Path.of(file).getFileName().toString();
        int dot = base.indexOf('.');
        return dot > 0 ? base.substring(0, dot) : base;
    }
}
