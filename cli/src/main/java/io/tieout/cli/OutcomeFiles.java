package io.tieout.cli;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables in the folder of an outcome, read back. Memory: columns, no object a row.
final class OutcomeFiles {
    static final String MATCHES = "matches.csv";
    static final String BREAKS = "breaks.csv";
    private static final List<String> MATCH_COLUMNS =
            List.of("match_id", "left_key", "right_key", "pass", "status", "score", "differences");
    private static final List<String> BREAK_COLUMNS =
            List.of("side", "key", "kind", "fields", "nearest_key", "reason");

    private final Path dir;

    OutcomeFiles(Path dir) {
        this.dir = dir;
    }

    /// A break as `breaks.csv` has it.
    record BreakRow(String kind, String fields, String nearestKey, String reason) {}

    /// The matches as `matches.csv` has them.
    static final class MatchTable {
        private final Matches matches;
        private final TextTable table;

        private MatchTable(Matches matches, TextTable table) {
            this.matches = matches;
            this.table = table;
        }

        Matches matches() {
            return matches;
        }

        /// The number of the match of a left record.
        String id(String leftKey) {
            return value("match_id", leftKey);
        }

        /// What the match of a left record differs in.
        String differences(String leftKey) {
            return value("differences", leftKey);
        }

        private String value(String column, String leftKey) {
            int row = find(table.column("left_key"), leftKey, 0);
            if (row == table.rows()) {
                throw new IllegalArgumentException("no match holds that left record");
            }
            return table.column(column).text(row);
        }
    }

    /// The failure to find a file that every outcome has.
    static FailureException missing(Path dir, String name) {
        String problem =
                Files.isDirectory(dir)
                        ? "holds no " + name
                        : Files.exists(dir) ? "is no folder" : "there is no such folder";
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(dir.toString()),
                        problem,
                        "name the folder that `tieout reconcile --out` wrote"));
    }

    private TextTable table(String name, List<String> columns) {
        Path file = dir.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw missing(dir, name);
        }
        return TextTable.ofOutcome(file, columns);
    }

    /// The matches. The rows of one stand together, and name every pair of its records.
    MatchTable matches(Plan plan, KeyRows left, KeyRows right) {
        TextTable table = table(MATCHES, MATCH_COLUMNS);
        TextColumn ids = table.column("match_id");
        Map<String, Integer> passes = new HashMap<>();
        for (int pass = 0; pass < plan.passes().size(); pass++) {
            passes.put(plan.passes().get(pass).name(), pass);
        }
        Matches.Builder matches = new Matches.Builder();
        int from = 0;
        while (from < table.rows()) {
            int to = from + 1;
            while (to < table.rows() && ids.same(from, ids, to)) {
                to++;
            }
            @Nullable Integer pass = passes.get(table.column("pass").text(from));
            if (pass == null) {
                throw foreign("names a pass that the plan in summary.json has not");
            }
            String told = table.column("differences").text(from);
            boolean suggested = table.column("status").text(from).equals("suggested");
            matches.add(
                    rows(table.column("left_key"), from, to, left, Side.LEFT),
                    rows(table.column("right_key"), from, to, right, Side.RIGHT),
                    pass,
                    suggested ? Pass.Status.SUGGESTED : Pass.Status.CONFIRMED,
                    suggested && (told.equals("ambiguous") || told.startsWith("ambiguous;")),
                    score(table.column("score").text(from)),
                    0);
            from = to;
        }
        return new MatchTable(matches.build(), table);
    }

    /// A score as it is counted. Files have it rounded down, so this rounds up.
    private static int score(String written) {
        return new BigDecimal(written)
                .multiply(BigDecimal.valueOf(Matches.FULL_SCORE))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    private int[] rows(TextColumn keys, int from, int to, KeyRows known, Side side) {
        int[] rows = new int[to - from];
        for (int at = from; at < to; at++) {
            rows[at - from] = known.row(keys, at);
            if (rows[at - from] == KeyRows.NONE) {
                throw foreign("names a record that the " + side.word() + " source has not");
            }
        }
        return Arrays.stream(rows).sorted().distinct().toArray();
    }

    private FailureException foreign(String problem) {
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(dir.resolve(MATCHES).toString()),
                        problem,
                        "run `tieout reconcile --out` again"));
    }

    /// The break of a record, if it is one.
    Optional<BreakRow> breakOf(Side side, String key) {
        TextTable table = table(BREAKS, BREAK_COLUMNS);
        TextColumn sides = table.column("side");
        TextColumn keys = table.column("key");
        for (int row = find(keys, key, 0); row < table.rows(); row = find(keys, key, row + 1)) {
            if (sides.text(row).equals(side.word())) {
                return Optional.of(
                        new BreakRow(
                                table.column("kind").text(row),
                                table.column("fields").text(row),
                                table.column("nearest_key").text(row),
                                table.column("reason").text(row)));
            }
        }
        return Optional.empty();
    }

    /// The first row from `from` on that holds a text; the number of rows where none does.
    private static int find(TextColumn column, String text, int from) {
        TextColumn.Builder one = new TextColumn.Builder(1, text.length());
        one.append(text);
        TextColumn wanted = one.build();
        int row = from;
        while (row < column.rows() && !column.same(row, wanted, 0)) {
            row++;
        }
        return row;
    }
}
