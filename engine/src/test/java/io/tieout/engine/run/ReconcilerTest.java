package io.tieout.engine.run;

import static io.tieout.engine.run.TestingTables.FIELDS;
import static io.tieout.engine.run.TestingTables.exact;
import static io.tieout.engine.run.TestingTables.table;
import static io.tieout.engine.run.TestingTables.withinAmount;
import static io.tieout.engine.run.TestingTables.withinDays;
import static io.tieout.engine.run.TestingTables.withinPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.outcome.Breaks.Kind;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.TestingTables.Row;
import io.tieout.engine.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
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

    private static Outcome run(Plan plan, List<Row> left, List<Row> right) {
        return new Reconciler(() -> 0)
                .run(plan, table(left), table(right), RunLimits.threads(2), Progress.NONE);
    }

    /// Each match as `L1+L2=R1 pass status`, sorted.
    private static List<String> matches(Outcome outcome, List<Row> left, List<Row> right) {
        List<String> found = new ArrayList<>();
        for (int m = 0; m < outcome.matches().size(); m++) {
            List<String> lefts = new ArrayList<>();
            for (int i = 0; i < outcome.matches().leftCount(m); i++) {
                lefts.add(left.get(outcome.matches().left(m, i)).key());
            }
            List<String> rights = new ArrayList<>();
            for (int i = 0; i < outcome.matches().rightCount(m); i++) {
                rights.add(right.get(outcome.matches().right(m, i)).key());
            }
            found.add(
                    String.join("+", lefts)
                            + "="
                            + String.join("+", rights)
                            + " "
                            + outcome.matches().status(m).word()
                            + (outcome.matches().isAmbiguous(m) ? " ambiguous" : ""));
        }
        return found.stream().sorted().toList();
    }

    @Test
    void equalRecordsMatch() {
        List<Row> left =
                List.of(
                        new Row("L1", "A", "10.00", "2026-01-01"),
                        new Row("L2", "B", "20", "2026-01-02"));
        List<Row> right =
                List.of(
                        new Row("R1", "B", "20.0", "2026-01-02"),
                        new Row("R2", "A", "10", "2026-01-01"));
        Outcome outcome =
                run(plan(pass("exact", exact("reference"), exact("amount"))), left, right);
        assertThat(matches(outcome, left, right))
                .containsExactly("L1=R2 confirmed", "L2=R1 confirmed");
        assertThat(outcome.matches().differences(0)).isZero();
        assertThat(outcome.leftBreaks().size()).isZero();
    }

    @Test
    void absentValuesNeverAgree() {
        List<Row> left = List.of(new Row("L1", "", "10.00", "2026-01-01"));
        List<Row> right = List.of(new Row("R1", "", "10.00", "2026-01-01"));
        Outcome outcome =
                run(plan(pass("exact", exact("reference"), exact("amount"))), left, right);
        assertThat(outcome.matches().size()).isZero();
        assertThat(outcome.leftBreaks().kind(0)).isEqualTo(Kind.DIFFERS);
    }

    @Test
    void recordsAlikeInEveryFieldAreInterchangeableAndTheOneTooManyIsADuplicate() {
        List<Row> left =
                List.of(
                        new Row("L2", "A", "10", "2026-01-01"),
                        new Row("L1", "A", "10", "2026-01-01"));
        List<Row> right = List.of(new Row("R1", "A", "10", "2026-01-01"));
        Outcome outcome =
                run(plan(pass("exact", exact("reference"), exact("amount"))), left, right);
        assertThat(matches(outcome, left, right)).containsExactly("L1=R1 confirmed");
        assertThat(outcome.leftBreaks().kind(0)).isEqualTo(Kind.DUPLICATE);
        assertThat(outcome.leftBreaks().row(0)).isZero();
        assertThat(outcome.leftBreaks().nearest(0)).isZero();
    }

    @Test
    void aTieBetweenDifferentRecordsIsSuggestedAndTheOtherIsAnAmbiguousBreak() {
        List<Row> left =
                List.of(
                        new Row("L1", "A", "10", "2026-01-01"),
                        new Row("L2", "A", "10", "2026-01-05"));
        List<Row> right = List.of(new Row("R1", "A", "10", "2026-01-03"));
        Plan exactPlan = plan(pass("exact", exact("reference"), exact("amount")));
        Outcome outcome = run(exactPlan, left, right);
        assertThat(matches(outcome, left, right)).containsExactly("L1=R1 suggested ambiguous");
        assertThat(outcome.leftBreaks().kind(0)).isEqualTo(Kind.AMBIGUOUS);
        Outcome byDate = run(plan(pass("near", exact("reference"), withinDays(4))), left, right);
        assertThat(matches(byDate, left, right)).containsExactly("L1=R1 suggested ambiguous");
    }

    @Test
    void laterPassesSeeOnlyWhatIsLeft() {
        List<Row> left =
                List.of(
                        new Row("L1", "A", "10", "2026-01-01"),
                        new Row("L2", "A", "10.04", "2026-01-01"));
        List<Row> right =
                List.of(
                        new Row("R1", "A", "10", "2026-01-01"),
                        new Row("R2", "A", "10.05", "2026-01-02"));
        Outcome outcome =
                run(
                        plan(
                                pass("exact", exact("reference"), exact("amount")),
                                pass(
                                        "tolerance",
                                        exact("reference"),
                                        withinPercent("0.5"),
                                        withinDays(2))),
                        left,
                        right);
        assertThat(matches(outcome, left, right))
                .containsExactly("L1=R1 confirmed", "L2=R2 confirmed");
        assertThat(outcome.matches().pass(1)).isEqualTo(1);
        assertThat(outcome.matches().differences(1)).isEqualTo(0b110);
    }

    @Test
    void aBatchIsSummed() {
        List<Row> left =
                List.of(
                        new Row("L1", "A", "10", "2026-01-01", "P1"),
                        new Row("L2", "B", "20", "2026-01-02", "P1"),
                        new Row("L3", "C", "7", "2026-01-02", "P2"));
        List<Row> right = List.of(new Row("R1", "X", "30.00", "2026-01-03"));
        Pass batch =
                new Pass(
                        "batch",
                        Cardinality.MANY_TO_ONE,
                        List.of("batch"),
                        List.of(),
                        List.of(
                                new FieldComparison(
                                        "amount", new Comparison.Sum(withinAmount("0"))),
                                withinDays(3)),
                        Status.CONFIRMED);
        Outcome outcome = run(plan(batch), left, right);
        assertThat(matches(outcome, left, right)).containsExactly("L1+L2=R1 confirmed");
        assertThat(outcome.matches().cardinality(0)).isEqualTo("N:1");
        assertThat(outcome.leftBreaks().kind(0)).isEqualTo(Kind.MISSING);
    }

    @Test
    void aSubsetThatAddsUpIsFound() {
        List<Row> left = List.of(new Row("L1", "A", "100", "2026-01-01"));
        List<Row> right =
                List.of(
                        new Row("R1", "A", "60", "2026-01-01"),
                        new Row("R2", "A", "40", "2026-01-01"),
                        new Row("R3", "A", "33", "2026-01-01"));
        Pass split =
                new Pass(
                        "split",
                        Cardinality.ONE_TO_MANY,
                        List.of(),
                        List.of(),
                        List.of(
                                exact("reference"),
                                new FieldComparison(
                                        "amount", new Comparison.Sum(withinAmount("0")))),
                        Status.CONFIRMED);
        assertThat(matches(run(plan(split), left, right), left, right))
                .containsExactly("L1=R1+R2 confirmed");
    }

    @Test
    void textWithoutAKeyIsFoundBySharedPieces() {
        List<Row> left = new ArrayList<>();
        List<Row> right = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String name = "customer number " + (i * 7919 + 100_003);
            left.add(new Row("L" + i, name, "1", "2026-01-01"));
            right.add(new Row("R" + i, name + "x", "2", "2026-01-01"));
        }
        Pass similar =
                pass(
                        "similar",
                        new FieldComparison(
                                "reference", new Comparison.Similar(Similarity.LEVENSHTEIN, 0.95)));
        Outcome outcome = run(plan(similar), left, right);
        assertThat(outcome.matches().size()).isEqualTo(300);
        assertThat(outcome.passes().getFirst().estimatedPairs()).isLessThanOrEqualTo(90_000);
    }

    @Test
    void aPassOverTheLimitOfPairsFailsBeforeItStarts() {
        List<Row> left = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            left.add(new Row("K" + i, "R" + i, "1", "2026-01-01"));
        }
        Table table = table(left);
        Plan plan = plan(pass("any day", withinDays(1)));
        assertThatThrownBy(
                        () ->
                                new Reconciler(() -> 0)
                                        .run(
                                                plan,
                                                table,
                                                table,
                                                new RunLimits(2, 1_000),
                                                Progress.NONE))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> {
                            assertThat(e.failure()).isInstanceOf(Failure.LimitExceeded.class);
                            assertThat(e)
                                    .hasMessageContaining("any day")
                                    .hasMessageContaining("10,000");
                        });
    }

    @Test
    void aLongScanEndsSoonAfterItIsCancelled() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(new Row("K" + i, "r" + i, "1", "2026-01-01"));
        }
        Table table = table(rows);
        Plan plan =
                plan(
                        pass(
                                "similar",
                                new FieldComparison(
                                        "reference",
                                        new Comparison.Similar(Similarity.LEVENSHTEIN, 0.2))));
        AtomicInteger chunks = new AtomicInteger();
        Progress impatient =
                new Progress() {
                    @Override
                    public void advance(long units) {
                        chunks.incrementAndGet();
                    }

                    @Override
                    public boolean isCancelled() {
                        return chunks.get() >= 4;
                    }
                };
        Reconciler reconciler = new Reconciler(() -> 0);
        assertThatThrownBy(
                        () -> reconciler.run(plan, table, table, RunLimits.threads(2), impatient))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.Cancelled.class));
        assertThat(chunks.get()).isLessThan(8);
    }
}
