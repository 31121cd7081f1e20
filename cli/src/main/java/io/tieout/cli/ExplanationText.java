package io.tieout.cli;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Explanation;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.NearRecord;
import io.tieout.engine.outcome.Trial;
import io.tieout.engine.outcome.Trial.Verdict;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Side;
import io.tieout.formats.outcome.PlanWords;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An explanation for people.
final class ExplanationText {
    /// A group longer than this is told by its size.
    private static final int KEYS_SHOWN = 12;

    private final ExplainedRun run;
    private final PrintStream out;

    ExplanationText(ExplainedRun run, PrintStream out) {
        this.run = run;
        this.out = out;
    }

    void print(List<ExplainedRun.Found> found) {
        if (!run.engineVersion().equals(Version.engine())) {
            out.println(
                    "The outcome is of engine "
                            + run.engineVersion()
                            + "; this is "
                            + Version.engine()
                            + ".");
            out.println();
        }
        boolean first = true;
        for (ExplainedRun.Found each : found) {
            if (!first) {
                out.println();
            }
            first = false;
            switch (each.explanation()) {
                case Explanation.Matched matched -> print(each, matched);
                case Explanation.Open open -> print(each, open);
            }
        }
    }

    private void print(ExplainedRun.Found found, Explanation.Matched matched) {
        Matches matches = run.matches();
        int match = matched.match();
        out.println(
                found.key() + " (" + matched.side().word() + ") is in match " + run.matchId(match));
        printValues(matched.side(), matched.row());
        out.println();
        out.println(
                "pass \""
                        + run.passName(matches.pass(match))
                        + "\": "
                        + matches.status(match).word()
                        + ", "
                        + matches.cardinality(match)
                        + ", score "
                        + JsonPage.score(matches.score(match)).toPlainString());
        String differences = run.differences(match);
        if (!differences.isEmpty()) {
            out.println("  differences: " + differences);
        }
        out.println("  left   " + keys(Side.LEFT, matched.made().lefts()));
        out.println("  right  " + keys(Side.RIGHT, matched.made().rights()));
        printChecks(matched.made(), "  ");
        if (matches.isAmbiguous(match)) {
            printRivals(matched);
        }
        if (!matched.earlier().isEmpty()) {
            out.println();
            out.println("earlier passes did not match it");
            matched.earlier().forEach(trial -> out.println("  " + inShort(trial)));
        }
    }

    private void printRivals(Explanation.Matched matched) {
        out.println();
        out.println(
                "ambiguous: another choice is as good in total"
                        + (matched.rivals().isEmpty() ? "" : "; this pass could also take"));
        for (NearRecord rival : matched.rivals()) {
            Trial trial = rival.trials().getFirst();
            Side other = rival.side().opposite();
            int with = other == Side.LEFT ? trial.lefts().getFirst() : trial.rights().getFirst();
            out.println(
                    "  "
                            + run.key(rival.side(), rival.row())
                            + " with "
                            + run.key(other, with)
                            + ", score "
                            + JsonPage.score(trial.score()).toPlainString()
                            + "; "
                            + state(rival));
        }
    }

    private void print(ExplainedRun.Found found, Explanation.Open open) {
        Side other = open.side().opposite();
        out.println(
                found.key()
                        + " ("
                        + open.side().word()
                        + ") is a break"
                        + found.written().map(row -> ": " + row.kind()).orElse(""));
        printValues(open.side(), open.row());
        found.written().ifPresent(row -> out.println("  " + row.reason()));
        if (open.twin() != Breaks.NONE) {
            out.println(
                    "  its twin "
                            + run.key(open.side(), open.twin())
                            + " is in "
                            + match(run.match(open.side(), open.twin())));
        }
        out.println();
        if (open.nearest().isEmpty()) {
            out.println("no record of the " + other.word() + " agrees with it in any field");
            return;
        }
        NearRecord first = open.nearest().getFirst();
        boolean isNear = first.agreeing() * 2 >= run.plan().fields().size();
        out.println(
                "nearest on the "
                        + other.word()
                        + (isNear ? "" : ", though it agrees in less than half of the fields"));
        int number = 0;
        for (NearRecord near : open.nearest()) {
            number++;
            out.println();
            out.println(
                    number
                            + ". "
                            + run.key(other, near.row())
                            + ", which agrees in "
                            + near.agreeing()
                            + " of "
                            + run.plan().fields().size()
                            + " fields; "
                            + state(near));
            printTrials(near.trials());
        }
    }

    /// Passes that did not try the pair for one reason share a line.
    private void printTrials(List<Trial> trials) {
        List<String> untried = new ArrayList<>();
        for (int t = 0; t < trials.size(); t++) {
            Trial trial = trials.get(t);
            if (!trial.checks().isEmpty()) {
                out.println("   pass " + name(trial) + ": " + verdict(trial));
                printGroup(Side.LEFT, trial.lefts());
                printGroup(Side.RIGHT, trial.rights());
                printChecks(trial, "     ");
                continue;
            }
            untried.add(name(trial));
            boolean more =
                    t + 1 < trials.size()
                            && trials.get(t + 1).checks().isEmpty()
                            && verdict(trials.get(t + 1)).equals(verdict(trial));
            if (!more) {
                String pass = untried.size() == 1 ? "pass " : "passes ";
                out.println("   " + pass + String.join(", ", untried) + ": " + verdict(trial));
                untried.clear();
            }
        }
    }

    private String name(Trial trial) {
        return "\"" + run.passName(trial.pass()) + "\"";
    }

    private void printGroup(Side side, List<Integer> rows) {
        if (rows.size() > 1) {
            out.println("     " + side.word() + ", taken together: " + keys(side, rows));
        }
    }

    private void printChecks(Trial trial, String indent) {
        for (Check check : trial.checks()) {
            out.println(indent + (check.isMet() ? "met   " : "fails ") + told(check));
        }
    }

    private static String told(Check check) {
        String told =
                check.comparison().field()
                        + ": "
                        + PlanWords.of(check.comparison().comparison())
                        + ": "
                        + PlanWords.of(check);
        return check.isMet() && check.score() < 1
                ? told + " (score " + JsonPage.score(check.score()).toPlainString() + ")"
                : told;
    }

    /// A trial in one line: the comparisons that fail, or why there were none.
    private String inShort(Trial trial) {
        String failed =
                trial.checks().stream()
                        .filter(check -> !check.isMet())
                        .map(ExplanationText::told)
                        .collect(Collectors.joining("; "));
        return name(trial) + ": " + (failed.isEmpty() ? verdict(trial) : failed);
    }

    private String verdict(Trial trial) {
        return switch (trial.verdict()) {
            case Verdict.Matched _ -> "matched";
            case Verdict.Failed _ ->
                    trial.failures()
                            + " of "
                            + trial.checks().size()
                            + (trial.failures() == 1 ? " comparisons fails" : " comparisons fail");
            case Verdict.Outbid _ ->
                    "every comparison is met, score "
                            + JsonPage.score(trial.score()).toPlainString()
                            + ", but another choice was as good or better in total";
            case Verdict.Taken taken -> {
                int row =
                        taken.side() == Side.LEFT
                                ? trial.lefts().getFirst()
                                : trial.rights().getFirst();
                yield "not tried, as "
                        + run.key(taken.side(), row)
                        + " was in match "
                        + run.matchId(taken.match())
                        + " by then";
            }
            case Verdict.Ungrouped ungrouped ->
                    "not tried, as the "
                            + ungrouped.side().word()
                            + " record has no value to be grouped by";
        };
    }

    private String state(NearRecord near) {
        return near.match() == Breaks.NONE ? "open" : "in " + match(near.match());
    }

    private String match(int match) {
        Matches matches = run.matches();
        return "match "
                + run.matchId(match)
                + " of "
                + keys(Side.LEFT, rows(matches.leftCount(match), i -> matches.left(match, i)))
                + " with "
                + keys(Side.RIGHT, rows(matches.rightCount(match), i -> matches.right(match, i)))
                + " by pass \""
                + run.passName(matches.pass(match))
                + "\"";
    }

    private static List<Integer> rows(int count, IntUnaryOperator row) {
        return IntStream.range(0, count).map(row).boxed().toList();
    }

    private String keys(Side side, List<Integer> rows) {
        String shown =
                rows.stream()
                        .limit(KEYS_SHOWN)
                        .map(row -> run.key(side, row))
                        .collect(Collectors.joining(", "));
        return rows.size() > KEYS_SHOWN
                ? shown + ", … (" + rows.size() + " " + side.word() + " records)"
                : shown;
    }

    private void printValues(Side side, int row) {
        int width = run.plan().fields().stream().mapToInt(f -> f.name().length()).max().orElse(0);
        for (Field field : run.plan().fields()) {
            String value = run.value(side, field.name(), row);
            String name = field.name() + " ".repeat(width - field.name().length());
            out.println("  " + name + "  " + (value.isEmpty() ? "(absent)" : value));
        }
    }
}
