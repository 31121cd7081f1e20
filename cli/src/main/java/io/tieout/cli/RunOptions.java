package io.tieout.cli;

import io.tieout.engine.run.RunLimits;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What every command that reads sources and runs passes may be told.
final class RunOptions {
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
    void validate(picocli.CommandLine line) {
        if (threads < 1 || threads > 1024) {
            throw new picocli.CommandLine.ParameterException(
                    line, "--threads lies between 1 and 1024, not at " + threads);
        }
        if (maxRejects < 0) {
            throw new picocli.CommandLine.ParameterException(
                    line, "--max-rejects is not negative, as " + maxRejects + " is");
        }
        if (maxPairs < 1) {
            throw new picocli.CommandLine.ParameterException(
                    line, "--max-pairs is at least 1, not " + maxPairs);
        }
    }

    /// The input that an argument names: a file, or `-` for standard input.
    static io.tieout.formats.source.SourceInput input(String argument, Terminal terminal) {
        return argument.equals("-")
                ? io.tieout.formats.source.SourceInput.stream("standard input", terminal.in())
                : io.tieout.formats.source.SourceInput.file(Path.of(argument));
    }
}
