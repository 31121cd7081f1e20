package io.tieout.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Times Tieout beside a rival on generated corpora and prints the table. Both run in processes of
/// their own and take turns, so that a machine whose speed drifts slows both; the first rounds warm
/// them up and do not count.
///
/// Arguments: rows of each side (several, by default 100000 and 1000000); `-Dthreads`, `-Drounds`
/// and `-Dheap` change what is said in the first line of the table.
public final class SideBySide {
    private static final int WARM_UPS = 2;

    private static final int THREADS =
            Integer.getInteger("threads", Runtime.getRuntime().availableProcessors());
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final String HEAP = System.getProperty("heap", "4g");

    private SideBySide() {}

    public static void main(String[] arguments) throws IOException {
        Path work = Path.of("benchmarks", "target", "side-by-side");
        String[] sizes = arguments.length > 0 ? arguments : new String[] {"100000", "1000000"};
        System.out.printf(
                Locale.ROOT,
                "%d threads, heap of %s, medians of %d rounds taken in turns%n%n"
                        + "| job | rows a side | Tieout s (CPU s) | DuckDB s (CPU s) | ratio |"
                        + " Tieout MiB | DuckDB MiB |%n|---|---|---|---|---|---|---|%n",
                THREADS,
                HEAP,
                ROUNDS);
        for (String size : sizes) {
            Path corpus = work.resolve("corpus-" + size);
            if (Files.notExists(corpus.resolve("truth.csv"))) {
                Corpus.main(new String[] {corpus.toString(), size});
            }
            for (Job job : Job.values()) {
                compare(job, size, corpus, work.resolve("out"));
            }
        }
    }

    private static void compare(Job job, String size, Path corpus, Path out) throws IOException {
        List<double[]> ours = new ArrayList<>();
        List<double[]> theirs = new ArrayList<>();
        try (Child tieout = new Child("tieout", job, corpus, out);
                Child duckDb = new Child("duckdb", job, corpus, out)) {
            for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
                double[] our = tieout.run();
                double[] their = duckDb.run();
                if (round >= WARM_UPS) {
                    ours.add(our);
                    theirs.add(their);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.3f (%.2f) | %.3f (%.2f) | %.2f | %.0f | %.0f |%n",
                job.name().toLowerCase(Locale.ROOT),
                Long.parseLong(size),
                median(ours, 0),
                median(ours, 1),
                median(theirs, 0),
                median(theirs, 1),
                median(theirs, 0) / median(ours, 0),
                median(ours, 3),
                median(theirs, 3));
    }

    private static double median(List<double[]> rounds, int figure) {
        double[] sorted = rounds.stream().mapToDouble(round -> round[figure]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /// A contender in a process of its own.
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedWriter in;
        private final BufferedReader out;

        Child(String rival, Job job, Path corpus, Path outcome) throws IOException {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx" + HEAP,
                            "-XX:+UseParallelGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Contender.class.getName(),
                            rival,
                            job.name(),
                            corpus.toString(),
                            outcome.resolve(rival).toString(),
                            Integer.toString(THREADS));
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            in = process.outputWriter(StandardCharsets.UTF_8);
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        /// Wall seconds, CPU seconds, pairs, peak MiB.
        double[] run() throws IOException {
            in.write("run\n");
            in.flush();
            String line = out.readLine();
            if (line == null) {
                throw new IOException("a contender ended; its error is above");
            }
            return Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
        }

        @Override
        public void close() throws IOException {
            in.close();
            out.close();
            process.destroy();
        }
    }
}
