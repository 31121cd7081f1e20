package io.tieout.benchmarks;

import java.nio.file.Path;

/// Somebody who can do the jobs.
interface Rival extends AutoCloseable {
    /// Matches `left.csv` and `right.csv` of a folder and writes the outcome into another.
    ///
    /// @return how many pairs matched
    long run(Job job, Path corpus, Path out);

    @Override
    void close();

    /// The rival of a name: `tieout` or `duckdb`.
    static Rival of(String name, int threads) {
        return switch (name) {
            case "tieout" -> new TieoutRival(threads);
            case "duckdb" -> new DuckDbRival(threads);
            default -> throw new IllegalArgumentException("no rival is called " + name);
        };
    }
}
