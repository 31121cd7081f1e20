package io.tieout.engine.oracle;

import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/// Small instances of few distinct values, so that ties, twins and connected candidates are common.
/// Limits are such that every score is a finite decimal: nine decimals hold it exactly.
final class Instances extends DomainContextBase {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    /// Passes of one record a side.
    @Provide
    Arbitrary<Instance> oneToOne() {
        return instances(oneToOnePass().list().ofMinSize(1).ofMaxSize(3), rows(5));
    }

    static Arbitrary<Instance> instances(Arbitrary<List<Pass>> passes, Arbitrary<List<Row>> rows) {
        return Combinators.combine(passes, rows, rows, keys())
                .as(
                        (all, left, right, keys) ->
                                new Instance(
                                        named(all),
                                        keyed(left, keys.subList(0, 8)),
                                        keyed(right, keys.subList(8, 16))));
    }

    private static List<Pass> named(List<Pass> passes) {
        return IntStream.range(0, passes.size())
                .mapToObj(
                        i -> {
                            Pass pass = passes.get(i);
                            return new Pass(
                                    "pass " + i,
                                    pass.cardinality(),
                                    pass.leftTogether(),
                                    pass.rightTogether(),
                                    pass.match(),
                                    pass.status());
                        })
                .toList();
    }

    private static List<Row> keyed(List<Row> rows, List<String> keys) {
        return IntStream.range(0, rows.size())
                .mapToObj(
                        i -> {
                            Row row = rows.get(i);
                            return new Row(
                                    keys.get(i),
                                    row.reference(),
                                    row.amount(),
                                    row.currency(),
                                    row.date(),
                                    row.batch());
                        })
                .toList();
    }

    /// Keys that are distinct across the sides and mixed between them.
    private static Arbitrary<List<String>> keys() {
        return Arbitraries.shuffle(
                Arrays.stream("a b c d e f g h i j k l m n o p".split(" ", -1)).toList());
    }

    static Arbitrary<List<Row>> rows(int most) {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(8, Arbitraries.of("ABCD", "ABCE", "ABCDABCE", "ABCDE")),
                                Tuple.of(1, Arbitraries.of("", "XABCD"))),
                        Arbitraries.of(
                                        Optional.of("100"),
                                        Optional.of("100.00"),
                                        Optional.of("98"),
                                        Optional.of("80"),
                                        Optional.of("-100"),
                                        Optional.of("-98"),
                                        Optional.<String>empty())
                                .map(text -> text.map(BigDecimal::new)),
                        Arbitraries.frequency(Tuple.of(5, "EUR"), Tuple.of(1, "USD")),
                        Arbitraries.frequency(
                                Tuple.of(3, 0),
                                Tuple.of(3, 1),
                                Tuple.of(3, 2),
                                Tuple.of(3, 4),
                                Tuple.of(1, -1)),
                        Arbitraries.of("P", "Q", ""))
                .as(
                        (reference, amount, currency, day, batch) ->
                                new Row(
                                        "",
                                        reference,
                                        amount.orElse(null),
                                        currency,
                                        day < 0 ? null : DAY.plusDays(day),
                                        batch))
                .list()
                .ofMaxSize(most);
    }

    /// One to three fields compared; with three the first counts twice, so that the weights add up
    /// to a divisor of a power of ten.
    static Arbitrary<Pass> oneToOnePass() {
        return Combinators.combine(
                        ofReference().optional(0.7),
                        ofAmount().optional(0.7),
                        ofDate().optional(0.7),
                        Arbitraries.frequency(
                                Tuple.of(4, Status.CONFIRMED), Tuple.of(1, Status.SUGGESTED)))
                .as(
                        (reference, amount, date, status) ->
                                new Pass(
                                        "pass",
                                        Cardinality.ONE_TO_ONE,
                                        List.of(),
                                        List.of(),
                                        match(reference, amount, date),
                                        status));
    }

    private static List<FieldComparison> match(
            Optional<Comparison> reference,
            Optional<Comparison> amount,
            Optional<Comparison> date) {
        List<FieldComparison> match = new ArrayList<>();
        boolean all = reference.isPresent() && amount.isPresent() && date.isPresent();
        reference.ifPresent(c -> match.add(new FieldComparison("reference", c, all ? 2 : 1)));
        amount.ifPresent(c -> match.add(new FieldComparison("amount", c)));
        date.ifPresent(c -> match.add(new FieldComparison("date", c)));
        if (match.isEmpty()) {
            match.add(new FieldComparison("reference", new Comparison.Exact()));
        }
        return match;
    }

    static Arbitrary<Comparison> ofReference() {
        return Arbitraries.of(
                new Comparison.Exact(),
                new Comparison.Exact(),
                new Comparison.Similar(Similarity.LEVENSHTEIN, 0.5),
                new Comparison.Similar(Similarity.LEVENSHTEIN, 0.75),
                new Comparison.Contains(),
                new Comparison.StartsWith(),
                new Comparison.EndsWith());
    }

    static Arbitrary<Comparison> ofAmount() {
        return Arbitraries.of(
                new Comparison.Exact(),
                new Comparison.Exact(),
                new Comparison.Within(TestingPasses.absolute("4")),
                new Comparison.Within(TestingPasses.absolute("20")),
                new Comparison.Within(TestingPasses.percent("2.5")),
                new Comparison.Within(TestingPasses.percent("20")),
                new Comparison.Within(TestingPasses.absolute("2"), TestingPasses.percent("25")));
    }

    static Arbitrary<Comparison> ofDate() {
        return Arbitraries.of(
                within(1, 1), within(2, 2), within(4, 4), within(1, 4), within(0, 2), within(4, 0));
    }

    static Comparison within(int before, int after) {
        Tolerance below = TestingPasses.days(before);
        return new Comparison.Within(below, TestingPasses.days(after));
    }
}
