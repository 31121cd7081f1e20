package io.tieout.server.reconciliation;

import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.NearestName;
import io.tieout.server.problem.InputError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the columns that a plan names are there.
final class PlanColumns {
    private static final int NAMES_SHOWN = 12;

    private PlanColumns() {}

    /// A column that a plan names, and where in the plan it does.
    private record Use(String pointer, String column) {}

    /// Every column that one side of a plan names and its data source does not have.
    static List<InputError> missing(Plan plan, Side side, SourceFacts source) {
        List<InputError> errors = new ArrayList<>();
        for (Use use : uses(plan, side)) {
            if (!source.columns().contains(use.column())) {
                errors.add(new InputError(use.pointer(), problem(use, side, source.columns())));
            } else if (source.columns().indexOf(use.column())
                    != source.columns().lastIndexOf(use.column())) {
                errors.add(
                        new InputError(
                                use.pointer(),
                                "two columns of the "
                                        + side.word()
                                        + " data source are named `"
                                        + use.column()
                                        + "`; rename one of them"));
            }
        }
        return errors;
    }

    private static String problem(Use use, Side side, List<String> columns) {
        String shown =
                columns.stream()
                        .limit(NAMES_SHOWN)
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", "));
        String remedy =
                NearestName.of(use.column(), columns)
                        .map(name -> "did you mean `" + name + "`?")
                        .orElse("it has " + shown + (columns.size() > NAMES_SHOWN ? ", …" : ""));
        return "the "
                + side.word()
                + " data source has no column `"
                + use.column()
                + "`; "
                + remedy;
    }

    private static Set<Use> uses(Plan plan, Side side) {
        Set<Use> uses = new LinkedHashSet<>();
        plan.source(side)
                .key()
                .ifPresent(key -> uses.add(new Use("/plan/" + side.word() + "/key", key)));
        for (Field field : plan.fields()) {
            String pointer = "/plan/fields/" + escaped(field.name());
            switch (field.columns(side)) {
                case Field.Columns.One one -> uses.add(new Use(pointer, one.column()));
                case Field.Columns.DebitCredit both -> {
                    uses.add(new Use(pointer, both.debit()));
                    uses.add(new Use(pointer, both.credit()));
                }
            }
            if (field.type() instanceof FieldType.Amount amount
                    && amount.currency(side) instanceof CurrencyOf.InColumn in) {
                uses.add(new Use(pointer + "/currency", in.column()));
            }
        }
        for (int p = 0; p < plan.passes().size(); p++) {
            Pass pass = plan.passes().get(p);
            for (String name : pass.together(side)) {
                if (plan.field(name).isEmpty()) {
                    uses.add(new Use("/plan/passes/" + p + "/together", name));
                }
            }
        }
        return uses;
    }

    private static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }
}
