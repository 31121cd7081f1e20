package io.tieout.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.clean.CleaningStep;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Comparison.Exact;
import io.tieout.engine.plan.Comparison.Within;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Field.Columns;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What plan files mean, and that what means the same has the same digest.
final class PlanFileTest {
    static final List<String> VALID = TestingPlanFiles.VALID;

    private static PlanFile parse(String text) {
        return PlanFile.parse("plan.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    /// A plan of one field, compared exactly.
    private static Field field(String written) {
        return parse(
                        "version: 1\nfields:\n  f: "
                                + written
                                + "\npasses: [{name: p, match: {f: exact}}]")
                .plan()
                .fields()
                .getFirst();
    }

    /// How a field of a type is compared, in a pass that may sum.
    private static FieldComparison comparison(String type, String written) {
        return parse(
                        "version: 1\nfields: {f: {type: "
                                + type
                                + "}, batch: batch}\n"
                                + "passes: [{name: p, cardinality: many-to-one, together: batch,"
                                + " match: {f: "
                                + written
                                + "}}]")
                .plan()
                .passes()
                .getFirst()
                .match()
                .getFirst();
    }

    private static Within within(Tolerance below, Tolerance above) {
        return new Within(below, above);
    }

    private static Tolerance gap(String limit) {
        return new Tolerance.Absolute(new BigDecimal(limit));
    }

    private static Tolerance percent(String limit) {
        return new Tolerance.Relative(new BigDecimal(limit));
    }

    private static Tolerance days(int days) {
        return new Tolerance.Elapsed(Duration.ofDays(days));
    }

    @ParameterizedTest
    @FieldSource("VALID")
    void canonicalFormIsAsRecorded(String name) {
        PlanFile plan = PlanFile.parse(name, TestingPlanFiles.valid(name));
        assertThat(plan.canonicalJson()).isEqualTo(TestingPlanFiles.canonical(name));
    }

    @ParameterizedTest
    @FieldSource("VALID")
    void canonicalFormIsAPlanThatMeansTheSame(String name) {
        PlanFile plan = PlanFile.parse(name, TestingPlanFiles.valid(name));
        PlanFile again = parse(plan.canonicalJson());
        assertThat(again.plan()).isEqualTo(plan.plan());
        assertThat(again.canonicalJson()).isEqualTo(plan.canonicalJson());
        assertThat(again.digest()).isEqualTo(plan.digest());
    }

    @Test
    void digestIsTheSha256OfTheCanonicalForm() {
        // By sha256sum over the recorded form.
        assertThat(PlanFile.parse("p", TestingPlanFiles.valid("product.yaml")).digest())
                .isEqualTo("050433473a9a5743a4a9b371e61008acfc25251b1215f91f3cf822e603e4ea01");
    }

    @Test
    void exampleMeansThisPlan() {
        CurrencyOf currency = new CurrencyOf.InColumn("currency");
        DecimalNotation notation = DecimalNotation.DEFAULT;
        List<String> patterns = List.of("yyyy-MM-dd", "dd/MM/yyyy");
        List<CleaningStep> steps = List.of(CleaningStep.UPPER, CleaningStep.LETTERS_AND_DIGITS);
        List<Field> fields =
                List.of(
                        field("reference", new FieldType.Text(), "ref", "remittance_info", steps),
                        field(
                                "amount",
                                new FieldType.Amount(currency, currency, notation, notation),
                                "amount",
                                "amt",
                                List.of()),
                        field(
                                "date",
                                new FieldType.Date(patterns, patterns),
                                "booking_date",
                                "value_date",
                                List.of()));
        FieldComparison reference = new FieldComparison("reference", new Exact());
        FieldComparison amount = new FieldComparison("amount", new Exact());
        FieldComparison similar =
                new FieldComparison(
                        "reference", new Comparison.Similar(Similarity.JARO_WINKLER, 0.85));
        FieldComparison fee = new FieldComparison("amount", new Within(percent("0.5")));
        FieldComparison sum =
                new FieldComparison("amount", new Comparison.Sum(new Within(gap("0"))));
        List<Pass> passes =
                List.of(
                        pass("reference", Status.CONFIRMED, reference, amount),
                        pass("mistyped reference", Status.CONFIRMED, amount, near(2), similar),
                        pass("fee deducted", Status.SUGGESTED, reference, fee, near(5)),
                        new Pass(
                                "payout batch",
                                Cardinality.MANY_TO_ONE,
                                List.of("payout_id"),
                                List.of(),
                                List.of(sum, near(3)),
                                Status.CONFIRMED));
        SourceSpec byId = SourceSpec.keyedBy("id");
        assertThat(PlanFile.parse("p", TestingPlanFiles.valid("product.yaml")).plan())
                .isEqualTo(new Plan(byId, byId, fields, passes));
    }

    private static Field field(
            String name, FieldType type, String left, String right, List<CleaningStep> clean) {
        return new Field(name, type, new Columns.One(left), new Columns.One(right), clean);
    }

    private static FieldComparison near(int days) {
        return new FieldComparison("date", new Within(days(days)));
    }

    private static Pass pass(String name, Status status, FieldComparison... match) {
        return new Pass(name, Cardinality.ONE_TO_ONE, List.of(), List.of(), List.of(match), status);
    }

    @Test
    void aWordIsAColumnOfTextOnBothSides() {
        assertThat(field("ref"))
                .isEqualTo(field("f", new FieldType.Text(), "ref", "ref", List.of()));
        assertThat(field("{left: a}"))
                .isEqualTo(field("f", new FieldType.Text(), "a", "f", List.of()));
        assertThat(field("{}")).isEqualTo(field("f", new FieldType.Text(), "f", "f", List.of()));
    }

    @Test
    void valuesWithoutQuotesAreTakenAsWritten() {
        assertThat(field("{left: 007, right: true}"))
                .isEqualTo(field("f", new FieldType.Text(), "007", "true", List.of()));
        assertThat(field("{left: \"null\", right: no}"))
                .isEqualTo(field("f", new FieldType.Text(), "null", "no", List.of()));
    }

    @Test
    void decimalCommaMakesThePointTheThousandsMark() {
        assertThat(field("{type: number, decimal: comma}").type())
                .isEqualTo(field("{type: number, decimal: comma, grouping: point}").type())
                .isEqualTo(
                        new FieldType.Quantity(
                                new DecimalNotation(',', Optional.of('.'), false),
                                new DecimalNotation(',', Optional.of('.'), false)));
    }

    @Test
    void aSideThatIsNotNamedKeepsTheDefault() {
        assertThat(field("{type: number, sign: {right: reversed}, grouping: {left: none}}").type())
                .isEqualTo(
                        new FieldType.Quantity(
                                new DecimalNotation('.', Optional.empty(), false),
                                new DecimalNotation('.', Optional.of(','), true)));
        assertThat(field("{type: date, format: {right: [dd.MM.yy, excel]}}").type())
                .isEqualTo(new FieldType.Date(List.of(), List.of("dd.MM.yy", "excel")));
    }

    @Test
    void currencyIsACodeOrAColumn() {
        CurrencyOf euro = new CurrencyOf.Fixed("EUR");
        assertThat(field("{type: amount, currency: EUR}").type()).isEqualTo(amount(euro, euro));
        CurrencyOf column = new CurrencyOf.InColumn("eur");
        assertThat(field("{type: amount, currency: eur}").type()).isEqualTo(amount(column, column));
        assertThat(
                        field("{type: amount, currency: {left: {column: EUR}, right: {code: ZZZ}}}")
                                .type())
                .isEqualTo(amount(new CurrencyOf.InColumn("EUR"), new CurrencyOf.Fixed("ZZZ")));
        assertThat(field("{type: amount}").type())
                .isEqualTo(amount(new CurrencyOf.None(), new CurrencyOf.None()));
    }

    private static FieldType amount(CurrencyOf left, CurrencyOf right) {
        return new FieldType.Amount(left, right, DecimalNotation.DEFAULT, DecimalNotation.DEFAULT);
    }

    @Test
    void beforeIsBelowAndAfterIsAbove() {
        assertThat(comparison("date", "{within: {before: 1 day, after: 3 days}}").comparison())
                .isEqualTo(within(days(1), days(3)));
        assertThat(comparison("amount", "{within: {below: 0.10, above: 2%}}").comparison())
                .isEqualTo(within(gap("0.1"), percent("2")));
    }

    @Test
    void aDirectionLeftOutAllowsNoGap() {
        assertThat(comparison("date", "{within: {after: 3 days}}").comparison())
                .isEqualTo(within(days(0), days(3)));
        assertThat(comparison("amount", "{within: {below: 1%}}").comparison())
                .isEqualTo(within(percent("1"), gap("0")));
    }

    @Test
    void limitsAreExact() {
        assertThat(comparison("number", "{within: 0.000000000000000001}").comparison())
                .isEqualTo(new Within(gap("0.000000000000000001")));
        assertThat(comparison("number", "{within: 123456789012345678.10}").comparison())
                .isEqualTo(new Within(gap("123456789012345678.1")));
        assertThat(comparison("number", "{within: 0.000001 %}").comparison())
                .isEqualTo(new Within(percent("0.000001")));
        assertThat(comparison("number", "{within: 100%}").comparison())
                .isEqualTo(new Within(new Tolerance.Relative(new BigDecimal("1E+2"))));
    }

    @Test
    void everyUnitOfTimeIsUnderstood() {
        assertThat(comparison("date-time", "{within: 1 second}").comparison())
                .isEqualTo(new Within(new Tolerance.Elapsed(Duration.ofSeconds(1))));
        assertThat(comparison("date-time", "{within: 30minutes}").comparison())
                .isEqualTo(new Within(new Tolerance.Elapsed(Duration.ofMinutes(30))));
        assertThat(comparison("date-time", "{within: 3 hours}").comparison())
                .isEqualTo(new Within(new Tolerance.Elapsed(Duration.ofHours(3))));
        assertThat(comparison("date", "{within: 48 hours}").comparison())
                .isEqualTo(new Within(days(2)));
        assertThat(comparison("date", "{within: 2 weeks}").comparison())
                .isEqualTo(new Within(days(14)));
        assertThat(comparison("date", "{within: 100000 days}").comparison())
                .isEqualTo(new Within(days(100_000)));
    }

    @Test
    void sumsAreWrittenInManyWays() {
        Comparison exact = new Comparison.Sum(new Within(gap("0")));
        for (String word :
                List.of(
                        "sum",
                        "{sum: exact}",
                        "{sum}",
                        "{sum: }",
                        "{compare: sum}",
                        "{sum: {within: 0}}")) {
            assertThat(comparison("amount", word).comparison()).isEqualTo(exact);
        }
        Comparison near = new Comparison.Sum(new Within(gap("0.05")));
        for (String word : List.of("{sum, within: 0.05}", "{sum: {within: 0.050}}")) {
            assertThat(comparison("amount", word).comparison()).isEqualTo(near);
        }
    }

    @Test
    void everyMappingMayHaveAWeight() {
        for (String rest :
                List.of("compare: exact", "within: 2", "sum: exact", "sum, within: 1%")) {
            assertThat(comparison("amount", "{" + rest + ", weight: 2.5}").weight()).isEqualTo(2.5);
            assertThat(comparison("amount", "{" + rest + "}").weight()).isEqualTo(1);
        }
        assertThat(comparison("text", "{similar: cosine, at-least: 1, weight: 0.000001}").weight())
                .isEqualTo(0.000001);
        assertThat(comparison("text", "{compare: contains, weight: 1000000}").weight())
                .isEqualTo(1_000_000);
    }

    @Test
    void togetherGroupsTheSidesThatMayBeMany() {
        assertThat(together("many-to-one", "batch"))
                .isEqualTo(List.of(List.of("batch"), List.of()));
        assertThat(together("one-to-many", "[batch, day]"))
                .isEqualTo(List.of(List.of(), List.of("batch", "day")));
        assertThat(together("many-to-many", "batch"))
                .isEqualTo(List.of(List.of("batch"), List.of("batch")));
        assertThat(together("many-to-many", "{left: a, right: [b]}"))
                .isEqualTo(List.of(List.of("a"), List.of("b")));
    }

    private static List<List<String>> together(String cardinality, String together) {
        Pass pass =
                parse(
                                "version: 1\nfields: {f: f}\npasses: [{name: p, match: {f: exact},"
                                        + " cardinality: "
                                        + cardinality
                                        + ", together: "
                                        + together
                                        + "}]")
                        .plan()
                        .passes()
                        .getFirst();
        return List.of(pass.leftTogether(), pass.rightTogether());
    }

    @Test
    void aPlanThatMeansSomethingElseHasAnotherDigest() {
        String plan = new String(TestingPlanFiles.valid("every-key.yaml"), StandardCharsets.UTF_8);
        String digest = parse(plan).digest();
        List<String> changes =
                List.of(
                        "key: id>key: no",
                        "utf8>utf-16",
                        "delimiter: tab>delimiter: \"|\"",
                        "header: true>header: false",
                        "Kontoauszug>Umsatz",
                        "paid_out>paid_off",
                        "left: EUR>left: USD",
                        "right: comma>left: comma, right: comma",
                        "left: apostrophe>left: space",
                        "right: reversed>left: reversed",
                        "dd.MM.yyyy>d.M.yyyy",
                        "weight: 2.50>weight: 2.51",
                        "at-least: 0.80>at-least: 0.81",
                        "token-set>cosine",
                        "above: 1%>above: 1",
                        "before: 1 day>before: 2 days",
                        "90 minutes>91 minutes",
                        "status: suggested>status: confirmed",
                        "together: batch>together: quantity",
                        "starts-with>ends-with",
                        "name: parts>name: part",
                        "[batch, region]>[region, batch]");
        for (String change : changes) {
            String[] parts = change.split(">", 2);
            assertThat(plan).contains(parts[0]);
            assertThat(parse(plan.replace(parts[0], parts[1])).digest())
                    .as(change)
                    .isNotEqualTo(digest);
        }
    }
}
