package io.tieout.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.clean.CleaningStep;
import io.tieout.engine.plan.Comparison.Within;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.Pass.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final FieldType TEXT = new FieldType.Text();
    private static final FieldType AMOUNT =
            new FieldType.Amount(
                    new CurrencyOf.None(),
                    new CurrencyOf.None(),
                    DecimalNotation.DEFAULT,
                    DecimalNotation.DEFAULT);
    private static final FieldType NUMBER =
            new FieldType.Quantity(DecimalNotation.DEFAULT, DecimalNotation.DEFAULT);
    private static final FieldType DATE = new FieldType.Date(List.of(), List.of());
    private static final FieldType MOMENT = new FieldType.DateTime(List.of(), List.of());
    private static final Within CENT = new Within(new Tolerance.Absolute(new BigDecimal("0.01")));
    private static final Within DAY = new Within(new Tolerance.Elapsed(Duration.ofDays(1)));

    private static Field field(String name, FieldType type) {
        return new Field(
                name, type, new Field.Columns.One(name), new Field.Columns.One(name), List.of());
    }

    private static FieldComparison exact(String field) {
        return new FieldComparison(field, new Comparison.Exact());
    }

    private static FieldComparison sum(String field) {
        return new FieldComparison(field, new Comparison.Sum(CENT));
    }

    private static Pass pass(
            Cardinality cardinality,
            List<String> left,
            List<String> right,
            FieldComparison... match) {
        return new Pass("p", cardinality, left, right, List.of(match), Status.CONFIRMED);
    }

    private static Plan plan(List<Field> fields, Pass... passes) {
        return new Plan(SourceSpec.DEFAULT, SourceSpec.DEFAULT, fields, List.of(passes));
    }

    private static void refused(ThrowingCallable making, String... words) {
        assertThatThrownBy(making)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void aPassComparesFieldsOfThePlan() {
        Pass pass = pass(Cardinality.ONE_TO_ONE, List.of(), List.of(), exact("b"));
        refused(() -> plan(List.of(field("a", TEXT)), pass), "compares b", "no field of the plan");
        assertThat(plan(List.of(field("b", TEXT)), pass).field("b")).isPresent();
        assertThat(plan(List.of(field("b", TEXT)), pass).field("c")).isEmpty();
    }

    @Test
    void namesAreDistinct() {
        Pass pass = pass(Cardinality.ONE_TO_ONE, List.of(), List.of(), exact("a"));
        List<Field> twice = List.of(field("a", TEXT), field("a", DATE));
        refused(() -> plan(twice, pass), "two fields are named a");
        refused(() -> plan(List.of(field("a", TEXT)), pass, pass), "two passes are named p");
    }

    @Test
    void aPlanHasFieldsAndPassesButNotTooMany() {
        Pass pass = pass(Cardinality.ONE_TO_ONE, List.of(), List.of(), exact("f0"));
        List<Field> most =
                IntStream.range(0, Plan.MAX_FIELDS).mapToObj(i -> field("f" + i, TEXT)).toList();
        List<Field> more = new ArrayList<>(most);
        more.add(field("more", TEXT));
        assertThat(plan(most, pass).fields()).hasSize(64);
        refused(() -> plan(more, pass), "at most 64 fields, not 65");
        refused(() -> plan(List.of(), pass), "needs fields");
        refused(() -> plan(most), "needs passes");
    }

    @Test
    void onlyTextIsCleaned() {
        Field.Columns column = new Field.Columns.One("c");
        List<CleaningStep> steps = List.of(CleaningStep.UPPER);
        refused(() -> new Field("d", DATE, column, column, steps), "only text is cleaned");
        refused(() -> new Field(" ", TEXT, column, column, List.of()), "needs a name");
        assertThat(new Field("t", TEXT, column, column, steps).clean()).isEqualTo(steps);
    }

    @Test
    void aPassSaysWhatItComparesOnce() {
        refused(() -> pass(Cardinality.ONE_TO_ONE, List.of(), List.of()), "compares nothing");
        refused(
                () -> pass(Cardinality.ONE_TO_ONE, List.of(), List.of(), exact("a"), exact("a")),
                "compares a twice");
    }

    @Test
    void onlyPassesOfManyRecordsGroupAndSum() {
        List<String> batch = List.of("batch");
        List<String> none = List.of();
        refused(() -> pass(Cardinality.ONE_TO_ONE, batch, none, exact("a")), "one-to-one");
        refused(() -> pass(Cardinality.ONE_TO_ONE, none, none, sum("a")), "sums a field");
        refused(() -> pass(Cardinality.MANY_TO_ONE, batch, batch, sum("a")), "groups right");
        refused(() -> pass(Cardinality.ONE_TO_MANY, batch, none, sum("a")), "groups left");
        refused(
                () -> pass(Cardinality.MANY_TO_ONE, batch, none, sum("a"), sum("b")),
                "more than one");
        refused(() -> pass(Cardinality.MANY_TO_MANY, batch, none, sum("a")), "both sides");
        refused(() -> pass(Cardinality.MANY_TO_ONE, none, none, exact("a")), "`together`");
    }

    @Test
    void withoutTogetherASumSearchesSubsets() {
        List<String> none = List.of();
        assertThat(pass(Cardinality.ONE_TO_MANY, none, none, sum("a")).searchesSubsets()).isTrue();
        Pass grouped = pass(Cardinality.ONE_TO_MANY, none, List.of("b"), sum("a"));
        assertThat(grouped.searchesSubsets()).isFalse();
        assertThat(grouped.together(Side.RIGHT)).containsExactly("b");
        assertThat(pass(Cardinality.ONE_TO_ONE, none, none, exact("a")).searchesSubsets())
                .isFalse();
    }

    @Test
    void aComparisonSuitsTheTypeOrSaysWhyNot() {
        Comparison similar = new Comparison.Similar(Similarity.COSINE, 0.5);
        for (FieldType type : List.of(AMOUNT, NUMBER, DATE, MOMENT)) {
            assertThat(new Comparison.Exact().objectionTo(type)).isEmpty();
            assertThat(similar.objectionTo(type)).contains("similar", type.word());
            assertThat(new Comparison.Contains().objectionTo(type)).contains("contains");
            assertThat(new Comparison.StartsWith().objectionTo(type)).contains("starts-with");
            assertThat(new Comparison.EndsWith().objectionTo(type)).contains("ends-with");
        }
        assertThat(similar.objectionTo(TEXT)).isEmpty();
        assertThat(CENT.objectionTo(AMOUNT)).isEmpty();
        assertThat(CENT.objectionTo(NUMBER)).isEmpty();
        assertThat(CENT.objectionTo(DATE)).contains("within days");
        assertThat(CENT.objectionTo(TEXT)).contains("not text");
        assertThat(DAY.objectionTo(DATE)).isEmpty();
        assertThat(DAY.objectionTo(MOMENT)).isEmpty();
        assertThat(DAY.objectionTo(AMOUNT)).contains("not within a time");
        assertThat(new Comparison.Sum(CENT).objectionTo(AMOUNT)).isEmpty();
        assertThat(new Comparison.Sum(CENT).objectionTo(DATE)).contains("`sum`");
        assertThat(new Comparison.Sum(DAY).objectionTo(AMOUNT)).isNotEmpty();
    }

    @Test
    void dateLimitsAreWholeDays() {
        Within hours = new Within(new Tolerance.Elapsed(Duration.ofHours(36)));
        assertThat(hours.objectionTo(DATE)).contains("whole days");
        assertThat(hours.objectionTo(MOMENT)).isEmpty();
        assertThat(new Within(DAY.below(), hours.above()).objectionTo(DATE)).contains("whole");
    }

    @Test
    void limitsWeightsAndSimilaritiesLieInTheirRanges() {
        refused(() -> new Tolerance.Absolute(new BigDecimal("-0.01")), "not negative");
        refused(() -> new Tolerance.Relative(new BigDecimal("100.01")), "between 0 and 100");
        refused(() -> new Tolerance.Relative(new BigDecimal("0.0000001")), "six decimals");
        refused(() -> new Tolerance.Elapsed(Duration.ofDays(-1)), "not negative");
        assertThat(new Tolerance.Relative(new BigDecimal("0.1000000000"))).isNotNull();
        for (double wrong : new double[] {0, -1, 1.000001, Double.NaN}) {
            refused(() -> new Comparison.Similar(Similarity.COSINE, wrong), "above 0");
        }
        Comparison exact = new Comparison.Exact();
        for (double wrong : new double[] {0, -1, 1_000_001, Double.NaN}) {
            refused(() -> new FieldComparison("a", exact, wrong), "weight");
        }
        assertThat(new FieldComparison("a", exact).weight()).isEqualTo(1);
    }

    @Test
    void whatThePlanHoldsCannotBeChangedAfterwards() {
        List<Field> fields = new ArrayList<>(List.of(field("a", TEXT)));
        Plan plan = plan(fields, pass(Cardinality.ONE_TO_ONE, List.of(), List.of(), exact("a")));
        fields.clear();
        assertThat(plan.fields()).hasSize(1);
        assertThatThrownBy(() -> plan.passes().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
