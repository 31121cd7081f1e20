package io.tieout.engine.oracle;

import static io.tieout.engine.oracle.TestingPasses.absolute;
import static io.tieout.engine.oracle.TestingPasses.amount;
import static io.tieout.engine.oracle.TestingPasses.date;
import static io.tieout.engine.oracle.TestingPasses.exact;
import static io.tieout.engine.oracle.TestingPasses.oneToOne;
import static io.tieout.engine.oracle.TestingPasses.percent;
import static io.tieout.engine.oracle.TestingPasses.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tieout.engine.outcome.Breaks.Kind;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Cases that random rows seldom hit, each of which would lose or make money.
final class EdgeCaseTest {
    private static Row row(String key, String reference, String amount, String currency, int day) {
        return new Row(
                key, reference, new BigDecimal(amount), currency, LocalDate.of(2026, 1, day), "P");
    }

    private static Pass many(Cardinality cardinality, List<String> left, FieldComparison... match) {
        return new Pass("many", cardinality, left, List.of(), List.of(match), Status.CONFIRMED);
    }

    @Test
    void euroAndDollarsOfOneBatchAreNeverAddedUp() {
        Pass pass = many(Cardinality.MANY_TO_ONE, List.of("batch"), sum(absolute("0")));
        Instance instance =
                new Instance(
                        List.of(pass),
                        List.of(row("l1", "A", "10", "EUR", 1), row("l2", "B", "20", "USD", 1)),
                        List.of(row("r1", "C", "30", "EUR", 1)));
        assertThat(instance.run().matches).isEmpty();
    }

    @Test
    void theEuroPartOfABatchMatchesThoughTheBatchHasDollarsToo() {
        Pass pass = many(Cardinality.MANY_TO_ONE, List.of("batch"), sum(absolute("0")));
        Instance instance =
                new Instance(
                        List.of(pass),
                        List.of(
                                row("l1", "A", "10", "EUR", 1),
                                row("l2", "B", "20", "EUR", 1),
                                row("l3", "B", "5", "USD", 1)),
                        List.of(row("r1", "C", "30", "EUR", 1)));
        assertThat(instance.run().pairs()).containsExactly("0:[l1, l2]=[r1]");
    }

    @Test
    void batchesAlikeInEveryRecordAreInterchangeableAndTheOneTooManyIsADuplicate() {
        Pass pass = many(Cardinality.MANY_TO_ONE, List.of("batch"), sum(absolute("0")));
        Row first = row("l1", "A", "10", "EUR", 1);
        Row second = new Row("l2", "A", first.amount(), first.currency(), first.date(), "another");
        Instance instance =
                new Instance(
                        List.of(pass),
                        List.of(second, first),
                        List.of(row("r1", "C", "10", "EUR", 1)));
        Found found = instance.run();
        assertThat(found.pairs()).containsExactly("0:[l1]=[r1]");
        assertThat(found.matches).noneMatch(Found.Match::ambiguous);
        assertThat(found.leftBreaks).extracting(Found.Break::kind).containsExactly(Kind.DUPLICATE);
    }

    /// Both ways the gaps add up to four days of three allowed, so both total 4/3. Rounded to nine
    /// decimals one way has 0.666666667 twice, the other 0.5 and 0.833333333.
    @Test
    void aTieThatRoundingWouldBreakIsATie() {
        Instance instance =
                new Instance(
                        List.of(oneToOne("days", date(3, 3))),
                        List.of(row("l1", "A", "1", "EUR", 1), row("l2", "B", "1", "EUR", 2)),
                        List.of(row("r1", "C", "1", "EUR", 3), row("r2", "D", "1", "EUR", 4)));
        assertThat(instance.run().matches).hasSize(2).allMatch(Found.Match::ambiguous);
    }

    @Test
    void withoutKeysRecordsOfDifferentCurrenciesHaveAnOrderOfTheirOwn() {
        Instance instance =
                new Instance(
                        List.of(oneToOne("reference", exact("reference"))),
                        List.of(row("l1", "A", "10", "EUR", 1), row("l2", "A", "10", "USD", 1)),
                        List.of(row("r1", "A", "10", "CHF", 1)));
        Instance reversed =
                new Instance(instance.passes(), instance.left().reversed(), instance.right());
        assertThat(reversed.outcome(1, false).digest())
                .isEqualTo(instance.outcome(1, false).digest());
    }

    /// 5e18 + 5e18 is -8446744073709551616 in 64 bits.
    @Test
    void sumsOfSubsetsThatDoNotFitMatchNothingAndBreakNothing() {
        Pass pass = many(Cardinality.MANY_TO_ONE, List.of(), sum(absolute("0")));
        for (String target : List.of("-8446744073709551616", "7", "1000000000000000000")) {
            Instance instance =
                    new Instance(
                            List.of(pass),
                            List.of(
                                    row("l1", "A", "5000000000000000000", "EUR", 1),
                                    row("l2", "B", "5000000000000000000", "EUR", 1),
                                    row("l3", "B", "5000000000000000000", "EUR", 1),
                                    row("l4", "B", "5000000000000000000", "EUR", 1)),
                            List.of(row("r1", "C", target, "EUR", 1)));
            assertThat(instance.run().matches).as("target %s", target).isEmpty();
        }
    }

    @Test
    void sumsOfBatchesThatDoNotFitMatchNothing() {
        Pass pass = many(Cardinality.MANY_TO_ONE, List.of("batch"), sum(absolute("0")));
        Instance instance =
                new Instance(
                        List.of(pass),
                        List.of(
                                row("l1", "A", "5000000000000000000", "EUR", 1),
                                row("l2", "B", "5000000000000000000", "EUR", 1)),
                        List.of(row("r1", "C", "-8446744073709551616", "EUR", 1)));
        Found found = instance.run();
        assertThat(found.matches).isEmpty();
        Invariants.amountsTieOut(instance, found);
    }

    @Test
    void theDecimalsOfAnotherRowDoNotMoveAScore() {
        Pass pass = oneToOne("percent", exact("reference"), amount(percent("0.5")));
        Row left = row("l1", "A", "10.13", "EUR", 1);
        Row right = row("r1", "A", "10.10", "EUR", 1);
        Row fine = row("l2", "B", "1.23456789", "EUR", 1);
        Found alone = new Instance(List.of(pass), List.of(left), List.of(right)).run();
        Found beside = new Instance(List.of(pass), List.of(left, fine), List.of(right)).run();
        assertThat(beside.matches)
                .extracting(Found.Match::score)
                .isEqualTo(alone.matches.stream().map(Found.Match::score).toList());
        assertThat(alone.matches.getFirst().score())
                .isEqualTo((1 + 1 - 0.5 * 0.03 / (10.13 * 0.005)) / 2, withinNineDecimals());
    }

    private static Offset<Double> withinNineDecimals() {
        return within(1e-9);
    }
}
