package io.tieout.formats.source;

import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.SourceSpec;
import java.util.List;
import java.util.Optional;

/// Plans for tests of reading: what matters is which columns are read and as what.
final class TestingPlans {
    private TestingPlans() {}

    static final FieldType TEXT = new FieldType.Text();

    static FieldType amount(CurrencyOf currency, DecimalNotation notation) {
        return new FieldType.Amount(currency, currency, notation, notation);
    }

    static FieldType plainAmount() {
        return amount(new CurrencyOf.None(), DecimalNotation.DEFAULT);
    }

    static FieldType date(String... patterns) {
        return new FieldType.Date(List.of(patterns), List.of(patterns));
    }

    static FieldType dateTime(String... patterns) {
        return new FieldType.DateTime(List.of(patterns), List.of(patterns));
    }

    static DecimalNotation notation(char decimal, char grouping) {
        return new DecimalNotation(decimal, Optional.of(grouping), false);
    }

    static Field field(String name, FieldType type) {
        Field.Columns column = new Field.Columns.One(name);
        return new Field(name, type, column, column, List.of());
    }

    /// A source in an encoding.
    static SourceSpec encoded(String charset) {
        return new SourceSpec(
                Optional.empty(),
                Optional.of(charset),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Plan plan(Field... fields) {
        return plan(SourceSpec.DEFAULT, fields);
    }

    static Plan plan(SourceSpec source, Field... fields) {
        FieldComparison first = new FieldComparison(fields[0].name(), new Comparison.Exact());
        Pass pass =
                new Pass(
                        "all",
                        Cardinality.ONE_TO_ONE,
                        List.of(),
                        List.of(),
                        List.of(first),
                        Pass.Status.CONFIRMED);
        return new Plan(source, source, List.of(fields), List.of(pass));
    }

    static Plan texts(String... names) {
        Field[] fields = new Field[names.length];
        for (int i = 0; i < names.length; i++) {
            fields[i] = field(names[i], TEXT);
        }
        return plan(fields);
    }
}
