package io.tieout.engine.oracle;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Field.Columns;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Something to reconcile: passes over the fields `reference`, `amount` and `date`, and rows.
record Instance(List<Pass> passes, List<Row> left, List<Row> right) {
    static final List<Field> FIELDS =
            List.of(
                    field("reference", new FieldType.Text()),
                    field(
                            "amount",
                            new FieldType.Amount(
                                    new CurrencyOf.InColumn("currency"),
                                    new CurrencyOf.InColumn("currency"),
                                    DecimalNotation.DEFAULT,
                                    DecimalNotation.DEFAULT)),
                    field("date", new FieldType.Date(List.of(), List.of())));

    private static Field field(String name, FieldType type) {
        return new Field(name, type, new Columns.One(name), new Columns.One(name), List.of());
    }

    Plan plan() {
        return new Plan(SourceSpec.keyedBy("key"), SourceSpec.keyedBy("key"), FIELDS, passes);
    }

    Found run() {
        return run(1);
    }

    Found run(int threads) {
        return new Found(this, outcome(threads, true));
    }

    /// Runs with the records named by their keys, or by their row numbers.
    Outcome outcome(int threads, boolean keyed) {
        return new Reconciler(() -> 0)
                .run(
                        plan(),
                        table(left, keyed),
                        table(right, keyed),
                        RunLimits.threads(threads),
                        Progress.NONE);
    }

    Instance shuffled(long seed) {
        return new Instance(
                passes, shuffled(left, new Random(seed)), shuffled(right, new Random(~seed)));
    }

    private static List<Row> shuffled(List<Row> rows, Random random) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    Instance without(Row row) {
        return new Instance(passes, without(left, row), without(right, row));
    }

    private static List<Row> without(List<Row> rows, Row row) {
        return rows.stream().filter(other -> !other.equals(row)).toList();
    }

    /// Left becomes right, in rows and plan.
    Instance swapped() {
        return new Instance(passes.stream().map(Instance::swapped).toList(), right, left);
    }

    private static Pass swapped(Pass pass) {
        Cardinality cardinality =
                switch (pass.cardinality()) {
                    case ONE_TO_ONE -> Cardinality.ONE_TO_ONE;
                    case ONE_TO_MANY -> Cardinality.MANY_TO_ONE;
                    case MANY_TO_ONE -> Cardinality.ONE_TO_MANY;
                    case MANY_TO_MANY -> Cardinality.MANY_TO_MANY;
                };
        return new Pass(
                pass.name(),
                cardinality,
                pass.rightTogether(),
                pass.leftTogether(),
                pass.match().stream()
                        .map(
                                c ->
                                        new FieldComparison(
                                                c.field(), swapped(c.comparison()), c.weight()))
                        .toList(),
                pass.status());
    }

    private static Comparison swapped(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Within within -> swapped(within);
            case Comparison.Sum sum -> new Comparison.Sum(swapped(sum.limit()));
            case Comparison.Exact _,
                    Comparison.Similar _,
                    Comparison.Contains _,
                    Comparison.StartsWith _,
                    Comparison.EndsWith _ ->
                    comparison;
        };
    }

    private static Comparison.Within swapped(Comparison.Within within) {
        return new Comparison.Within(within.above(), within.below());
    }

    static Table table(List<Row> rows, boolean keyed) {
        TextColumn.Builder keys = new TextColumn.Builder(rows.size(), 16);
        TextColumn.Builder references = new TextColumn.Builder(rows.size(), 16);
        TextColumn.Builder batches = new TextColumn.Builder(rows.size(), 16);
        AmountColumn.Builder amounts = new AmountColumn.Builder(rows.size());
        DateColumn.Builder dates = new DateColumn.Builder(rows.size());
        for (Row row : rows) {
            keys.append(row.key());
            references.append(row.reference());
            batches.append(row.batch());
            BigDecimal amount = row.amount();
            if (amount == null) {
                amounts.appendAbsent();
            } else {
                amounts.append(
                        amount.unscaledValue().longValueExact(), amount.scale(), row.currency());
            }
            LocalDate date = row.date();
            dates.append(date == null ? DateColumn.ABSENT : (int) date.toEpochDay());
        }
        Map<String, Column> fields =
                Map.of(
                        "reference", references.build(),
                        "amount", amounts.build(),
                        "date", dates.build());
        return new Table(
                rows.size(),
                keyed ? keys.build() : null,
                null,
                fields,
                Map.of("batch", batches.build()));
    }

    @Override
    public String toString() {
        return "\npasses "
                + passes.stream().map(Object::toString).collect(Collectors.joining("\n       "))
                + "\nleft   "
                + left
                + "\nright  "
                + right
                + "\n";
    }
}
