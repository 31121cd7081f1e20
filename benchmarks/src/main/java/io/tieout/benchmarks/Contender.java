package io.tieout.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// One rival in a process of its own. Runs its job once for each line that it is told, and answers
/// with wall seconds, CPU seconds, matched pairs and the most memory it ever had in MiB.
///
/// Arguments: rival, job, folder of the corpus, folder for the outcome, threads.
final class Contender {
    private Contender() {}

    public static void main(String[] arguments) throws IOException {
        Job job = Job.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        Path corpus = Path.of(arguments[2]);
        Path out = Files.createDirectories(Path.of(arguments[3]));
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (Rival rival = Rival.of(arguments[0], Integer.parseInt(arguments[4]));
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (in.readLine() != null) {
                long cpu = process.getProcessCpuTime();
                long start = System.nanoTime();
                long pairs = rival.run(job, corpus, out);
                double wall = (System.nanoTime() - start) / 1e9;
                double used = (process.getProcessCpuTime() - cpu) / 1e9;
                System.out.printf(
                        Locale.ROOT, "%.4f %.4f %d %d%n", wall, used, pairs, peakMebibytes());
                System.out.flush();
            }
        }
    }

    private static long peakMebibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
