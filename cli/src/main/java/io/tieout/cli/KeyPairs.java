package io.tieout.cli;

import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.Table;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Pairs of a left and a right key, from a table that has a column for each.
final class KeyPairs {
    private KeyPairs() {}

    /// One left key and one right key.
    record Pair(String left, String right) implements Comparable<Pair> {
        private static final Comparator<Pair> ORDER =
                Comparator.comparing(Pair::left).thenComparing(Pair::right);

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }
    }

    /// The pairs of an outcome's matches.
    ///
    /// @param confirmedOnly whether suggested matches are left out
    static List<Pair> ofMatches(Path matches, boolean confirmedOnly) {
        Table table = table(matches, "left_key", "right_key", "status");
        Column status = table.field("status");
        return pairs(table, "left_key", "right_key").entrySet().stream()
                .filter(entry -> !confirmedOnly || status.text(entry.getKey()).equals("confirmed"))
                .map(java.util.Map.Entry::getValue)
                .toList();
    }

    /// The pairs that two columns of a file hold.
    static List<Pair> read(Path file, String leftColumn, String rightColumn) {
        Table table = table(file, leftColumn, rightColumn);
        return new ArrayList<>(pairs(table, leftColumn, rightColumn).values());
    }

    private static java.util.SortedMap<Integer, Pair> pairs(
            Table table, String leftColumn, String rightColumn) {
        Column left = table.field(leftColumn);
        Column right = table.field(rightColumn);
        java.util.TreeMap<Integer, Pair> pairs = new java.util.TreeMap<>();
        for (int row = 0; row < table.rows(); row++) {
            pairs.put(row, new Pair(left.text(row), right.text(row)));
        }
        return pairs;
    }

    /// Reads columns as text, by the same reader that reads sources.
    private static Table table(Path file, String... columns) {
        List<Field> fields =
                Arrays.stream(columns)
                        .map(
                                name ->
                                        new Field(
                                                name,
                                                new FieldType.Text(),
                                                new Field.Columns.One(name),
                                                new Field.Columns.One(name),
                                                List.of()))
                        .toList();
        Pass pass =
                new Pass(
                        "none",
                        Cardinality.ONE_TO_ONE,
                        List.of(),
                        List.of(),
                        List.of(new FieldComparison(columns[0], new Comparison.Exact())),
                        Pass.Status.CONFIRMED);
        Plan plan = new Plan(SourceSpec.DEFAULT, SourceSpec.DEFAULT, fields, List.of(pass));
        return SourceReader.read(SourceInput.file(file), plan, Side.LEFT, ReadOptions.DEFAULT)
                .table();
    }
}
