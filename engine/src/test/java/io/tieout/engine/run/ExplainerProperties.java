package io.tieout.engine.run;

import static io.tieout.engine.run.TestingTables.FIELDS;
import static io.tieout.engine.run.TestingTables.exact;
import static io.tieout.engine.run.TestingTables.table;
import static io.tieout.engine.run.TestingTables.withinAmount;
import static io.tieout.engine.run.TestingTables.withinDays;
import static io.tieout.engine.run.TestingTables.withinPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Explanation;
import io.tieout.engine.outcome.NearRecord;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.outcome.Trial;
import io.tieout.engine.outcome.Trial.Verdict;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.TestingTables.Row;
import io.tieout.engine.table.Table;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What is explained must be what was run: the two compare records by ways of their own.
class ExplainerProperties {
    private static final Plan PLAN =
            new Plan(
                    SourceSpec.keyedBy("key"),
                    SourceSpec.keyedBy("key"),
                    FIELDS,
                    List.of(
                            single("same", exact("reference"), exact("amount"), exact("date")),
                            single("days", exact("reference"), exact("amount"), withinDays(2)),
                            single(
                                    "similar",
                                    withinPercent("10"),
                                    withinDays(1),
                                    new FieldComparison(
                                            "reference",
                                            new Comparison.Similar(Similarity.LEVENSHTEIN, 0.6),
                                            3)),
                            grouped("batch", Cardinality.MANY_TO_ONE, List.of("batch")),
                            grouped("parts", Cardinality.ONE_TO_MANY, List.of())));

    private static Pass single(String name, FieldComparison... match) {
        return new Pass(
                name,
                Cardinality.ONE_TO_ONE,
                List.of(),
                List.of(),
                List.of(match),
                Status.CONFIRMED);
    }

    private static Pass grouped(String name, Cardinality cardinality, List<String> together) {
        FieldComparison sum =
                new FieldComparison("amount", new Comparison.Sum(withinAmount("0.50")));
        return new Pass(
                name,
                cardinality,
                together,
                List.of(),
                List.of(sum, withinDays(2)),
                Status.CONFIRMED);
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        return Combinators.combine(
                        Arbitraries.of("INV1", "INV2", "INV10", "X", ""),
                        Arbitraries.of("10.00", "10.50", "20.00", "20.50", "30.50", ""),
                        Arbitraries.of("2026-01-01", "2026-01-02", "2026-01-04", ""),
                        Arbitraries.of("x", "y", ""))
                .as((reference, amount, date, batch) -> new Row("", reference, amount, date, batch))
                .list()
                .ofMaxSize(7)
                .map(ExplainerProperties::numbered);
    }

    private static List<Row> numbered(List<Row> rows) {
        List<Row> all = new ArrayList<>();
        for (Row row : rows) {
            String key = "K" + all.size();
            all.add(new Row(key, row.reference(), row.amount(), row.date(), row.batch()));
        }
        return all;
    }

    private static Outcome run(Table left, Table right) {
        return new Reconciler(() -> 0).run(PLAN, left, right, RunLimits.threads(1), Progress.NONE);
    }

    @Property
    void everyMatchMeetsEveryComparisonWithItsScore(
            @ForAll("rows") List<Row> leftRows, @ForAll("rows") List<Row> rightRows) {
        Table left = table(leftRows);
        Table right = table(rightRows);
        Outcome outcome = run(left, right);
        Explainer explainer = new Explainer(PLAN, left, right, outcome.matches());
        for (int m = 0; m < outcome.matches().size(); m++) {
            int row = outcome.matches().right(m, 0);
            Explanation.Matched told =
                    (Explanation.Matched) explainer.explain(Side.RIGHT, row, Breaks.NONE);
            assertThat(told.match()).isEqualTo(m);
            assertThat(told.made().checks()).allMatch(Check::isMet);
            if (!PLAN.passes().get(outcome.matches().pass(m)).searchesSubsets()) {
                assertThat(Trials.mean(told.made().checks()))
                        .isCloseTo(outcome.matches().score(m), within(2e-9));
            }
        }
    }

    @Property
    void noPassOfSinglesLeftBothOpenThatItCouldHaveMatched(
            @ForAll("rows") List<Row> leftRows, @ForAll("rows") List<Row> rightRows) {
        Table left = table(leftRows);
        Table right = table(rightRows);
        Outcome outcome = run(left, right);
        Explainer explainer = new Explainer(PLAN, left, right, outcome.matches());
        for (Side side : Side.values()) {
            Breaks breaks = outcome.breaks(side);
            for (int b = 0; b < breaks.size(); b++) {
                Explanation.Open told =
                        (Explanation.Open)
                                explainer.explain(side, breaks.row(b), breaks.nearest(b));
                if (breaks.nearest(b) != Breaks.NONE) {
                    assertThat(told.nearest().getFirst().row()).isEqualTo(breaks.nearest(b));
                }
                told.nearest().forEach(near -> assertExplained(near));
            }
        }
    }

    private static void assertExplained(NearRecord near) {
        for (Trial trial : near.trials()) {
            boolean single =
                    PLAN.passes().get(trial.pass()).cardinality() == Cardinality.ONE_TO_ONE;
            if (single && near.match() == Breaks.NONE) {
                assertThat(trial.verdict()).isEqualTo(new Verdict.Failed());
            }
            boolean met = !trial.checks().isEmpty() && trial.failures() == 0;
            assertThat(trial.score() >= 0).isEqualTo(met);
        }
    }
}
