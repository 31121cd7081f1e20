package io.tieout.cli;

import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What a job on a platform came to.
record JobOutcome(JsonNode job) {
    /// Whether every record is in a confirmed match.
    boolean isTiedOut() {
        return breaks() == 0 && suggested() == 0;
    }

    private long breaks() {
        return sum(job.path("counts").path("breaks"));
    }

    private long suggested() {
        return sum(job.path("counts").path("matches"), "suggested");
    }

    private static long sum(JsonNode counts) {
        if (counts.isNumber()) {
            return counts.longValue();
        }
        long sum = 0;
        for (JsonNode count : counts) {
            sum += sum(count);
        }
        return sum;
    }

    /// All numbers under members of that name.
    private static long sum(JsonNode counts, String name) {
        long sum = 0;
        for (var member : counts.properties()) {
            sum +=
                    member.getKey().equals(name)
                            ? sum(member.getValue())
                            : sum(member.getValue(), name);
        }
        return sum;
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(job);
            return;
        }
        JsonNode counts = job.path("counts");
        out.printf(
                Locale.ROOT,
                "Left %,d records, right %,d; %,d suggested matches, %,d breaks.%n",
                counts.path("records").path("left").asLong(0),
                counts.path("records").path("right").asLong(0),
                suggested(),
                breaks());
        out.println("Digest " + job.path("digest").asString());
        out.println("Job " + job.path("id").asString());
    }
}
