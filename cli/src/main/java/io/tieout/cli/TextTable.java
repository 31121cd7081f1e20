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
import io.tieout.engine.run.Progress;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Columns of a file as text, read by the reader that reads sources.
final class TextTable {
    private static final SourceSpec OUTCOME_FILE =
            new SourceSpec(
                    Optional.empty(),
                    Optional.of("UTF-8"),
                    Optional.of(','),
                    Optional.empty(),
                    Optional.of(true));

    private final Table table;

    private TextTable(Table table) {
        this.table = table;
    }

    /// A file that an outcome consists of, which is written in one way only.
    static TextTable ofOutcome(Path file, List<String> columns) {
        return read(file, OUTCOME_FILE, columns);
    }

    /// A file in any format that sources have.
    static TextTable of(Path file, List<String> columns) {
        return read(file, SourceSpec.DEFAULT, columns);
    }

    private static TextTable read(Path file, SourceSpec spec, List<String> columns) {
        List<Field> fields = columns.stream().map(TextTable::field).toList();
        Pass unused =
                new Pass(
                        "none",
                        Cardinality.ONE_TO_ONE,
                        List.of(),
                        List.of(),
                        List.of(new FieldComparison(columns.getFirst(), new Comparison.Exact())),
                        Pass.Status.CONFIRMED);
        Plan plan = new Plan(spec, spec, fields, List.of(unused));
        ReadOptions options =
                new ReadOptions(
                        Runtime.getRuntime().availableProcessors(),
                        0,
                        ReadOptions.Limits.DEFAULT,
                        Progress.NONE);
        return new TextTable(
                SourceReader.read(SourceInput.file(file), plan, Side.LEFT, options).table());
    }

    private static Field field(String column) {
        Field.Columns one = new Field.Columns.One(column);
        return new Field(column, new FieldType.Text(), one, one, List.of());
    }

    int rows() {
        return table.rows();
    }

    TextColumn column(String name) {
        return (TextColumn) table.field(name);
    }
}
