package io.tieout.server.reliability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was killed, what was found, and what was lost or doubled.
final class KillTable {
    private static final String HEAD =
            "%-22s %-7s %7s %8s %11s %9s %6s %6s %8s%n"
                    .formatted(
                            "operation",
                            "took",
                            "kills",
                            "nothing",
                            "unanswered",
                            "answered",
                            "done",
                            "lost",
                            "doubled");

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /// What a restarted server finds of an operation.
    enum Found {
        /// Nothing of it.
        NOTHING,
        /// It was done, or accepted, and nobody was told.
        UNANSWERED,
        /// It was accepted and told, and went on.
        ANSWERED,
        /// It was over before the kill.
        DONE
    }

    private static final class Line {
        private long nanos;
        private final int[] found = new int[Found.values().length];
        private int lost;
        private int doubled;
    }

    private Line line(String name) {
        return lines.computeIfAbsent(name, _ -> new Line());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    void undisturbed(Operation operation, long nanos, Findings findings) {
        line(word(operation)).nanos = nanos;
        note(word(operation) + ", undisturbed", line(word(operation)), findings);
    }

    void killed(
            Operation operation,
            KillDrill.Victim victim,
            Found found,
            long delayNanos,
            Findings findings) {
        Line line = line(word(operation));
        line.found[found.ordinal()]++;
        String when =
                "%s, %s killed after %.1f ms, %s"
                        .formatted(word(operation), word(victim), delayNanos / 1e6, word(found));
        note(when, line, findings);
    }

    void atTheEnd(Findings findings) {
        note("at the end", line("rows at the end"), findings);
    }

    private void note(String when, Line line, Findings findings) {
        line.lost += findings.lost().size();
        line.doubled += findings.doubled().size();
        findings.lost().forEach(text -> problems.add(when + ": " + text));
        findings.doubled().forEach(text -> problems.add(when + ": " + text));
    }

    /// What is not as it should be.
    List<String> problems() {
        return problems;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        lines.forEach(
                (name, line) -> {
                    int kills = 0;
                    for (int count : line.found) {
                        kills += count;
                    }
                    text.append(
                            "%-22s %4d ms %7d %8d %11d %9d %6d %6d %8d%n"
                                    .formatted(
                                            name,
                                            line.nanos / 1_000_000,
                                            kills,
                                            line.found[0],
                                            line.found[1],
                                            line.found[2],
                                            line.found[3],
                                            line.lost,
                                            line.doubled));
                });
        problems.forEach(problem -> text.append(problem).append('\n'));
        return text.toString();
    }
}
