package io.tieout.engine.run;

import static io.tieout.engine.run.TestingTables.FIELDS;
import static io.tieout.engine.run.TestingTables.exact;
import static io.tieout.engine.run.TestingTables.table;
import static io.tieout.engine.run.TestingTables.withinAmount;
import static io.tieout.engine.run.TestingTables.withinDays;
import static io.tieout.engine.run.TestingTables.withinPercent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Check.Finding;
import io.tieout.engine.outcome.Check.Unit;
import io.tieout.engine.outcome.Explanation;
import io.tieout.engine.outcome.Matches;
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
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private static final FieldComparison SUM =
            new FieldComparison("amount", new Comparison.Sum(withinAmount("0")));

    private static Pass pass(String name, FieldComparison... match) {
        return new Pass(
                name,
                Cardinality.ONE_TO_ONE,
                List.of(),
                List.of(),
                List.of(match),
                Status.CONFIRMED);
    }

    private static Plan plan(Pass... passes) {
        return new Plan(
                SourceSpec.keyedBy("key"), SourceSpec.keyedBy("key"), FIELDS, List.of(passes));
    }

    private static Explanation explain(
            Plan plan, List<Row> left, List<Row> right, Side side, int row) {
        Table leftTable = table(left);
        Table rightTable = table(right);
        Outcome outcome =
                new Reconciler(() -> 0)
                        .run(plan, leftTable, rightTable, RunLimits.threads(1), Progress.NONE);
        Breaks breaks = outcome.breaks(side);
        int nearest = Breaks.NONE;
        for (int b = 0; b < breaks.size(); b++) {
            nearest = breaks.row(b) == row ? breaks.nearest(b) : nearest;
        }
        return new Explainer(plan, leftTable, rightTable, outcome.matches())
                .explain(side, row, nearest);
    }

    private static Explanation.Open open(Plan plan, List<Row> left, List<Row> right) {
        return (Explanation.Open) explain(plan, left, right, Side.LEFT, 0);
    }

    private static Explanation.Matched matched(Plan plan, List<Row> left, List<Row> right) {
        return (Explanation.Matched) explain(plan, left, right, Side.LEFT, 0);
    }

    private static Check check(Trial trial, String field) {
        return trial.checks().stream()
                .filter(check -> check.comparison().field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMatchIsToldComparisonByComparison() {
        Explanation.Matched found =
                matched(
                        plan(pass("all", exact("reference"), withinDays(4))),
                        List.of(new Row("L1", "A", "10", "2026-01-01")),
                        List.of(new Row("R1", "A", "10", "2026-01-02")));

        assertThat(found.made().verdict()).isEqualTo(new Verdict.Matched());
        assertThat(found.made().checks()).hasSize(2).allMatch(Check::isMet);
        Check date = check(found.made(), "date");
        assertThat(date.left()).isEqualTo("2026-01-01");
        assertThat(date.right()).isEqualTo("2026-01-02");
        assertThat(date.finding())
                .isEqualTo(
                        new Finding.Apart(BigDecimal.valueOf(1), BigDecimal.valueOf(4), Unit.DAYS));
        assertThat(date.score()).isEqualTo(0.875);
        assertThat(found.made().score()).isEqualTo(0.9375);
        assertThat(found.earlier()).isEmpty();
    }

    @Test
    void earlierPassesSayWhatTheyMissed() {
        Explanation.Matched found =
                matched(
                        plan(
                                pass("same day", exact("reference"), exact("date")),
                                pass("days", exact("reference"), withinDays(4))),
                        List.of(new Row("L1", "A", "10", "2026-01-01")),
                        List.of(new Row("R1", "A", "10", "2026-01-02")));

        assertThat(found.earlier()).hasSize(1);
        Trial missed = found.earlier().getFirst();
        assertThat(missed.verdict()).isEqualTo(new Verdict.Failed());
        assertThat(check(missed, "reference").isMet()).isTrue();
        assertThat(check(missed, "date").isMet()).isFalse();
    }

    @Test
    void aBreakSaysByHowMuchAnAmountMissesItsTolerance() {
        Explanation.Open found =
                open(
                        plan(pass("fee", exact("reference"), withinPercent("0.5"))),
                        List.of(new Row("L1", "A", "100.00", "2026-01-01")),
                        List.of(new Row("R1", "A", "101.20", "2026-01-01")));

        assertThat(found.nearest()).hasSize(1);
        NearRecord near = found.nearest().getFirst();
        assertThat(near.agreeing()).isEqualTo(2);
        assertThat(near.match()).isEqualTo(Breaks.NONE);
        Check amount = check(near.trials().getFirst(), "amount");
        assertThat(amount.left()).isEqualTo("100.00 EUR");
        assertThat(amount.right()).isEqualTo("101.20 EUR");
        assertThat(amount.isMet()).isFalse();
        // 0.5 % of the larger amount is 0.506, of which amounts of two decimals can be 0.50 apart.
        assertThat(amount.finding())
                .isEqualTo(
                        new Finding.Apart(
                                new BigDecimal("1.20"), new BigDecimal("0.50"), Unit.OWN));
    }

    @Test
    void aTextSaysHowAlikeItIs() {
        FieldComparison similar =
                new FieldComparison(
                        "reference", new Comparison.Similar(Similarity.LEVENSHTEIN, 0.9));
        Explanation.Open found =
                open(
                        plan(pass("similar", exact("amount"), similar)),
                        List.of(new Row("L1", "ABCD", "10", "2026-01-01")),
                        List.of(new Row("R1", "ABCE", "10", "2026-01-01")));

        Check reference = check(found.nearest().getFirst().trials().getFirst(), "reference");
        assertThat(reference.isMet()).isFalse();
        assertThat(reference.finding()).isEqualTo(new Finding.Alike(0.75));
    }

    @Test
    void anAbsentValueIsSaidToAgreeWithNothing() {
        Explanation.Open found =
                open(
                        plan(pass("all", exact("reference"), exact("amount"))),
                        List.of(new Row("L1", "", "10", "2026-01-01")),
                        List.of(new Row("R1", "", "10", "2026-01-01")));

        Check reference = check(found.nearest().getFirst().trials().getFirst(), "reference");
        assertThat(reference.isMet()).isFalse();
        assertThat(reference.finding()).isEqualTo(new Finding.Absent());
    }

    @Test
    void aTakenRecordIsNotTriedByLaterPasses() {
        Explanation.Open found =
                open(
                        plan(
                                pass("all", exact("reference"), exact("amount")),
                                pass("reference", exact("reference"))),
                        List.of(
                                new Row("L1", "A", "11", "2026-01-01"),
                                new Row("L2", "A", "10", "2026-01-01")),
                        List.of(new Row("R1", "A", "10", "2026-01-01")));

        NearRecord near = found.nearest().getFirst();
        assertThat(near.match()).isEqualTo(0);
        assertThat(near.trials().get(0).verdict()).isEqualTo(new Verdict.Failed());
        assertThat(near.trials().get(1).verdict()).isEqualTo(new Verdict.Taken(Side.RIGHT, 0));
        assertThat(near.trials().get(1).checks()).isEmpty();
    }

    @Test
    void aDuplicateNamesItsMatchedTwin() {
        Explanation.Open found =
                (Explanation.Open)
                        explain(
                                plan(pass("all", exact("reference"), exact("amount"))),
                                List.of(
                                        new Row("L1", "A", "10", "2026-01-01"),
                                        new Row("L2", "A", "10", "2026-01-01")),
                                List.of(new Row("R1", "A", "10", "2026-01-01")),
                                Side.LEFT,
                                1);

        assertThat(found.twin()).isEqualTo(0);
        Trial trial = found.nearest().getFirst().trials().getFirst();
        assertThat(trial.verdict()).isEqualTo(new Verdict.Outbid());
        assertThat(trial.score()).isEqualTo(1);
    }

    @Test
    void anAmbiguousMatchNamesItsRivals() {
        Explanation.Matched found =
                matched(
                        plan(pass("amount", exact("amount"))),
                        List.of(
                                new Row("L1", "A", "10", "2026-01-01"),
                                new Row("L2", "B", "10", "2026-01-01")),
                        List.of(new Row("R1", "C", "10", "2026-01-01")));

        assertThat(found.rivals()).hasSize(1);
        NearRecord rival = found.rivals().getFirst();
        assertThat(rival.side()).isEqualTo(Side.LEFT);
        assertThat(rival.row()).isEqualTo(1);
        assertThat(rival.match()).isEqualTo(Breaks.NONE);
        assertThat(rival.trials().getFirst().verdict()).isEqualTo(new Verdict.Outbid());
    }

    @Test
    void aGroupIsToldByItsSum() {
        Explanation.Matched found =
                matched(
                        plan(batches()),
                        List.of(
                                new Row("L1", "A", "10.00", "2026-01-01", "x"),
                                new Row("L2", "B", "20.50", "2026-01-01", "x"),
                                new Row("L3", "C", "5.00", "2026-01-01", "y")),
                        List.of(new Row("R1", "D", "30.50", "2026-01-01")));

        assertThat(found.made().lefts()).containsExactly(0, 1);
        Check amount = check(found.made(), "amount");
        assertThat(amount.left()).isEqualTo("30.50 EUR");
        assertThat(amount.right()).isEqualTo("30.50 EUR");
        assertThat(amount.isMet()).isTrue();
    }

    @Test
    void aGroupThatDoesNotAddUpSaysByHowMuch() {
        Explanation.Open found =
                open(
                        plan(batches()),
                        List.of(
                                new Row("L1", "A", "10.00", "2026-01-01", "x"),
                                new Row("L2", "B", "20.50", "2026-01-01", "x")),
                        List.of(new Row("R1", "D", "31.00", "2026-01-01")));

        Trial trial = found.nearest().getFirst().trials().getFirst();
        assertThat(trial.lefts()).containsExactly(0, 1);
        assertThat(check(trial, "amount").finding())
                .isEqualTo(
                        new Finding.Apart(
                                new BigDecimal("0.50"), new BigDecimal("0.00"), Unit.OWN));
    }

    @Test
    void amountsOfTwoCurrenciesAreTwoGroups() {
        Table left = grouped(List.of("10.00", "20.00"), List.of("EUR", "USD"), List.of("x", "x"));
        Table right = grouped(List.of("30.00"), List.of("EUR"), List.of(""));
        Pass pass =
                new Pass(
                        "batches",
                        Cardinality.MANY_TO_ONE,
                        List.of("batch"),
                        List.of(),
                        List.of(SUM),
                        Status.CONFIRMED);
        Plan plan =
                new Plan(
                        SourceSpec.DEFAULT,
                        SourceSpec.DEFAULT,
                        List.of(FIELDS.get(1)),
                        List.of(pass));

        Explanation.Open found =
                (Explanation.Open)
                        new Explainer(plan, left, right, new Matches.Builder().build())
                                .explain(Side.LEFT, 0, 0);

        Trial trial = found.nearest().getFirst().trials().getFirst();
        assertThat(trial.lefts()).containsExactly(0);
        Check amount = check(trial, "amount");
        assertThat(amount.left()).isEqualTo("10.00 EUR");
        assertThat(amount.finding())
                .isEqualTo(
                        new Finding.Apart(
                                new BigDecimal("20.00"), new BigDecimal("0.00"), Unit.OWN));
    }

    private static Table grouped(
            List<String> amounts, List<String> currencies, List<String> batches) {
        AmountColumn.Builder amount = new AmountColumn.Builder(amounts.size());
        TextColumn.Builder batch = new TextColumn.Builder(amounts.size(), 16);
        for (int i = 0; i < amounts.size(); i++) {
            BigDecimal value = new BigDecimal(amounts.get(i));
            amount.append(value.unscaledValue().longValueExact(), value.scale(), currencies.get(i));
            batch.append(batches.get(i));
        }
        return new Table(
                amounts.size(),
                null,
                null,
                Map.of("amount", amount.build()),
                Map.of("batch", batch.build()));
    }

    @Test
    void aRecordOfNoGroupIsNotTried() {
        Explanation.Open found =
                open(
                        plan(batches()),
                        List.of(new Row("L1", "A", "10.00", "2026-01-01", "")),
                        List.of(new Row("R1", "A", "31.00", "2026-01-01")));

        assertThat(found.nearest().getFirst().trials().getFirst().verdict())
                .isEqualTo(new Verdict.Ungrouped(Side.LEFT));
    }

    @Test
    void aSearchForAGroupSaysWhatItHadToChooseFrom() {
        Pass parts =
                new Pass(
                        "parts",
                        Cardinality.ONE_TO_MANY,
                        List.of(),
                        List.of(),
                        List.of(exact("reference"), SUM),
                        Status.CONFIRMED);
        Explanation.Open found =
                open(
                        plan(parts),
                        List.of(new Row("L1", "A", "30.00", "2026-01-01")),
                        List.of(
                                new Row("R1", "A", "10.00", "2026-01-01"),
                                new Row("R2", "A", "10.00", "2026-01-01"),
                                new Row("R3", "B", "10.00", "2026-01-01")));

        Trial trial = found.nearest().getFirst().trials().getFirst();
        assertThat(trial.rights()).containsExactly(0, 1);
        Check amount = check(trial, "amount");
        assertThat(amount.left()).isEqualTo("30.00 EUR");
        assertThat(amount.right()).isEqualTo("20.00 EUR");
        assertThat(amount.finding())
                .isEqualTo(new Finding.Choices(2, Subsets.MOST, new BigDecimal("10.00")));
    }

    @Test
    void theNearestAgreesInMostFieldsAndOpenOnesComeFirst() {
        Explanation.Open found =
                open(
                        plan(
                                pass("all", exact("reference"), exact("amount"), exact("date")),
                                pass("never", exact("date"), withinPercent("0"))),
                        List.of(
                                new Row("L1", "A", "10.00", "2026-01-01"),
                                new Row("L2", "A", "11.00", "2026-01-01")),
                        List.of(
                                new Row("R1", "A", "11.00", "2026-01-01"),
                                new Row("R2", "A", "12.00", "2026-01-01"),
                                new Row("R3", "A", "10.50", "2026-01-01"),
                                new Row("R4", "B", "13.00", "2026-01-02")));

        // R2 and R3 are open, R1 is not; R3 is closer; R4 agrees in nothing. The run itself names
        // the first of its equals by key.
        assertThat(found.nearest()).extracting(NearRecord::row).containsExactly(1, 2, 0);
    }

    private static Pass batches() {
        return new Pass(
                "batches",
                Cardinality.MANY_TO_ONE,
                List.of("batch"),
                List.of(),
                List.of(SUM, withinDays(3)),
                Status.CONFIRMED);
    }
}
