package io.tieout.formats.plan;

import io.tieout.engine.clean.CleaningStep;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Writes a plan in its one canonical form: long forms only, keys in a fixed order, fields, passes
/// and comparisons in the plan's order, defaults spelled out where they are values, and left out
/// where they mean that nothing is said.
final class CanonicalPlan {
    private final JsonText json = new JsonText();

    private CanonicalPlan() {}

    static String json(Plan plan) {
        CanonicalPlan form = new CanonicalPlan();
        form.plan(plan);
        return form.json.toString();
    }

    private void plan(Plan plan) {
        json.open('{').key("version").raw(PlanReader.VERSION);
        for (Side side : Side.values()) {
            json.key(side.word());
            source(plan.source(side));
        }
        json.key("fields").open('{');
        plan.fields().forEach(this::field);
        json.close('}').key("passes").open('[');
        plan.passes().forEach(this::pass);
        json.close(']').close('}');
    }

    private void source(SourceSpec source) {
        json.open('{');
        source.key().ifPresent(column -> json.key("key").text(column));
        source.encoding().ifPresent(name -> json.key("encoding").text(name));
        source.delimiter().ifPresent(mark -> json.key("delimiter").text(delimiter(mark)));
        source.sheet().ifPresent(name -> json.key("sheet").text(name));
        source.header().ifPresent(there -> json.key("header").raw(Boolean.toString(there)));
        json.close('}');
    }

    private static String delimiter(char mark) {
        return mark == '\t' ? SourceSpecReader.TAB : String.valueOf(mark);
    }

    private void field(Field field) {
        json.key(field.name()).open('{');
        for (Side side : Side.values()) {
            json.key(side.word());
            columns(field.columns(side));
        }
        json.key("type").text(field.type().word());
        if (!field.clean().isEmpty()) {
            json.key("clean").texts(field.clean().stream().map(CleaningStep::word).toList());
        }
        switch (field.type()) {
            case FieldType.Text _ -> {}
            case FieldType.Amount amount -> {
                currency(amount);
                notation(amount::notation);
            }
            case FieldType.Quantity quantity -> notation(quantity::notation);
            case FieldType.Date date -> format(date::patterns);
            case FieldType.DateTime moment -> format(moment::patterns);
        }
        json.close('}');
    }

    private void columns(Field.Columns columns) {
        switch (columns) {
            case Field.Columns.One one -> json.text(one.column());
            case Field.Columns.DebitCredit pair ->
                    json.open('{')
                            .key("debit")
                            .text(pair.debit())
                            .key("credit")
                            .text(pair.credit())
                            .close('}');
        }
    }

    private void currency(FieldType.Amount amount) {
        boolean none = amount.left() instanceof CurrencyOf.None;
        if (!none) {
            json.key("currency");
            sides(side -> currency(amount.currency(side)));
        }
    }

    private void currency(CurrencyOf currency) {
        json.open('{');
        switch (currency) {
            case CurrencyOf.None _ -> {}
            case CurrencyOf.Fixed fixed -> json.key("code").text(fixed.code());
            case CurrencyOf.InColumn in -> json.key("column").text(in.column());
        }
        json.close('}');
    }

    private void notation(Function<Side, DecimalNotation> of) {
        json.key("decimal");
        sides(side -> json.text(NotationReader.DECIMALS.wordOf(of.apply(side).decimal())));
        json.key("grouping");
        sides(side -> json.text(NotationReader.GROUPINGS.wordOf(of.apply(side).grouping())));
        json.key("sign");
        sides(side -> json.text(NotationReader.SIGNS.wordOf(of.apply(side).negated())));
    }

    private void format(Function<Side, List<String>> patterns) {
        named("format", patterns);
    }

    /// Lists by side; an empty one is left out, and so are both.
    private void named(String key, Function<Side, List<String>> lists) {
        if (lists.apply(Side.LEFT).isEmpty() && lists.apply(Side.RIGHT).isEmpty()) {
            return;
        }
        json.key(key).open('{');
        for (Side side : Side.values()) {
            if (!lists.apply(side).isEmpty()) {
                json.key(side.word()).texts(lists.apply(side));
            }
        }
        json.close('}');
    }

    private void sides(Consumer<Side> value) {
        json.open('{');
        for (Side side : Side.values()) {
            json.key(side.word());
            value.accept(side);
        }
        json.close('}');
    }

    private void pass(Pass pass) {
        json.open('{').key("name").text(pass.name());
        json.key("cardinality").text(pass.cardinality().word());
        named("together", pass::together);
        json.key("match").open('{');
        pass.match().forEach(this::comparison);
        json.close('}').key("status").text(pass.status().word()).close('}');
    }

    private void comparison(FieldComparison written) {
        json.key(written.field()).open('{');
        switch (written.comparison()) {
            case Comparison.Within within -> within(within);
            case Comparison.Similar similar ->
                    json.key("similar")
                            .text(similar.similarity().word())
                            .key("at-least")
                            .raw(plain(similar.atLeast()));
            case Comparison.Sum sum -> {
                json.key("sum").open('{');
                within(sum.limit());
                json.close('}');
            }
            case Comparison.Exact _,
                    Comparison.Contains _,
                    Comparison.StartsWith _,
                    Comparison.EndsWith _ ->
                    json.key("compare").text(ComparisonReader.WORDS.wordOf(written.comparison()));
        }
        json.key("weight").raw(plain(written.weight())).close('}');
    }

    private void within(Comparison.Within within) {
        boolean time = within.below() instanceof Tolerance.Elapsed;
        json.key("within").open('{');
        json.key(time ? "before" : "below").text(limit(within.below()));
        json.key(time ? "after" : "above").text(limit(within.above()));
        json.close('}');
    }

    private static String limit(Tolerance tolerance) {
        return switch (tolerance) {
            case Tolerance.Absolute absolute -> absolute.limit().toPlainString();
            case Tolerance.Relative relative -> relative.percent().toPlainString() + "%";
            case Tolerance.Elapsed elapsed -> time(elapsed.limit());
        };
    }

    /// In the longest unit that needs no fraction; not weeks, for `7 days` is plainer.
    private static String time(Duration time) {
        for (String unit : List.of("day", "hour", "minute")) {
            Duration length = ToleranceReader.UNITS.byWord().getOrDefault(unit, Duration.ZERO);
            long count = time.dividedBy(length);
            if (length.multipliedBy(count).equals(time)) {
                return count + " " + (count == 1 ? unit : unit + "s");
            }
        }
        long seconds = time.toSeconds();
        return seconds + (seconds == 1 ? " second" : " seconds");
    }

    /// The decimal that the plan wrote: the shortest that gives this double.
    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
