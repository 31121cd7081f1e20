package io.tieout.engine.run;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Field.Columns;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.Tolerance;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Small tables of key, reference, amount, date and batch, for tests.
final class TestingTables {
    /// One record; empty texts and null are absent.
    record Row(String key, String reference, String amount, String date, String batch) {
        Row(String key, String reference, String amount, String date) {
            this(key, reference, amount, date, "");
        }
    }

    static final List<Field> FIELDS =
            List.of(
                    new Field(
                            "reference",
                            new FieldType.Text(),
                            new Columns.One("reference"),
                            new Columns.One("reference"),
                            List.of()),
                    new Field(
                            "amount",
                            new FieldType.Amount(
                                    new CurrencyOf.Fixed("EUR"),
                                    new CurrencyOf.Fixed("EUR"),
                                    DecimalNotation.DEFAULT,
                                    DecimalNotation.DEFAULT),
                            new Columns.One("amount"),
                            new Columns.One("amount"),
                            List.of()),
                    new Field(
                            "date",
                            new FieldType.Date(List.of(), List.of()),
                            new Columns.One("date"),
                            new Columns.One("date"),
                            List.of()));

    private TestingTables() {}

    static Table table(List<Row> rows) {
        TextColumn.Builder keys = new TextColumn.Builder(rows.size(), 16);
        TextColumn.Builder references = new TextColumn.Builder(rows.size(), 16);
        TextColumn.Builder batches = new TextColumn.Builder(rows.size(), 16);
        AmountColumn.Builder amounts = new AmountColumn.Builder(rows.size());
        DateColumn.Builder dates = new DateColumn.Builder(rows.size());
        for (Row row : rows) {
            keys.append(row.key());
            references.append(row.reference());
            batches.append(row.batch());
            if (row.amount().isEmpty()) {
                amounts.appendAbsent();
            } else {
                BigDecimal amount = new BigDecimal(row.amount());
                amounts.append(amount.unscaledValue().longValueExact(), amount.scale(), "EUR");
            }
            dates.append(
                    row.date().isEmpty()
                            ? DateColumn.ABSENT
                            : (int) LocalDate.parse(row.date()).toEpochDay());
        }
        Map<String, Column> fields =
                Map.of(
                        "reference",
                        references.build(),
                        "amount",
                        amounts.build(),
                        "date",
                        dates.build());
        return new Table(rows.size(), keys.build(), null, fields, Map.of("batch", batches.build()));
    }

    static FieldComparison exact(String field) {
        return new FieldComparison(field, new Comparison.Exact());
    }

    static FieldComparison withinDays(int days) {
        return new FieldComparison(
                "date", new Comparison.Within(new Tolerance.Elapsed(Duration.ofDays(days))));
    }

    static FieldComparison withinPercent(String percent) {
        return new FieldComparison(
                "amount", new Comparison.Within(new Tolerance.Relative(new BigDecimal(percent))));
    }

    static Comparison.Within withinAmount(String limit) {
        return new Comparison.Within(new Tolerance.Absolute(new BigDecimal(limit)));
    }
}
