package io.tieout.cli;

import io.tieout.engine.run.RunLimits;
import io.tieout.formats.source.SourceInput;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What every command that reads sources for a plan may be told.
final class RunOptions {
    private static final String STREAM = "-";
    private static final int MOST_THREADS = 1024;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads to use; all cores unless said. The outcome does not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--max-rejects",
            paramLabel = "N",
            description =
                    "Most rows that may be rejected instead of being an error; 0 unless said.")
    private int maxRejects;

    @Option(
            names = "--max-pairs",
            paramLabel = "N",
            description =
                    "Most pairs that one pass may compare; a pass above it is an error before it"
                            + " starts. 2000000000 unless said.")
    private long maxPairs = RunLimits.DEFAULT_MAX_PAIRS;

    @Option(names = "--quiet", description = "Draw no progress, even on a terminal.")
    private boolean quiet;

    RunOptions() {}

    int threads() {
        return threads;
    }

    int maxRejects() {
        return maxRejects;
    }

    long maxPairs() {
        return maxPairs;
    }

    boolean isWatched() {
        return !quiet && Terminal.isWatched();
    }

    /// Checks what the option parser cannot.
    void validate(CommandLine line, String left, String right) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(
                    line, "--threads lies between 1 and " + MOST_THREADS + ", not at " + threads);
        }
        if (maxRejects < 0) {
            throw new ParameterException(
                    line, "--max-rejects is not negative, as " + maxRejects + " is");
        }
        if (maxPairs < 1) {
            throw new ParameterException(line, "--max-pairs is at least 1, not " + maxPairs);
        }
        if (left.equals(STREAM) && right.equals(STREAM)) {
            throw new ParameterException(line, "only one side can come from standard input");
        }
    }

    /// The input that an argument names: a file, or `-` for standard input.
    static SourceInput input(String argument, Terminal terminal) {
        return argument.equals(STREAM)
                ? SourceInput.stream("standard input", new InterruptibleInput(terminal.in()))
                : SourceInput.file(Path.of(argument));
    }
}
