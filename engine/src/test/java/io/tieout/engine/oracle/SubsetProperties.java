package io.tieout.engine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Subset search against trying every subset.
final class SubsetProperties {
    private static final int TRIES = 300;

    @Provide
    Arbitrary<Instance> instances() {
        Arbitrary<Pass> pass =
                Combinators.combine(
                                Arbitraries.of(Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_MANY),
                                GroupInstances.sumLimits(),
                                Arbitraries.<Comparison>of(new Comparison.Exact()).optional(0.5),
                                Instances.ofDate().optional(0.5))
                        .as(SubsetProperties::pass);
        return Instances.instances(pass.list().ofSize(1), rows());
    }

    /// Amounts that often add up: one record of 80, 98 or 100, others of parts of it.
    private static Arbitrary<List<Row>> rows() {
        return Combinators.combine(
                        Instances.rows(6),
                        Arbitraries.of("20", "30", "50", "60", "80", "98", "100", "-20")
                                .list()
                                .ofSize(6))
                .as(
                        (rows, amounts) -> {
                            List<Row> changed = new ArrayList<>();
                            for (Row row : rows) {
                                String amount = amounts.get(changed.size());
                                changed.add(
                                        new Row(
                                                "",
                                                row.reference(),
                                                row.amount() == null
                                                        ? null
                                                        : new BigDecimal(amount),
                                                row.currency(),
                                                row.date(),
                                                ""));
                            }
                            return changed;
                        });
    }

    private static Pass pass(
            Cardinality cardinality,
            Comparison sum,
            Optional<Comparison> reference,
            Optional<Comparison> date) {
        List<FieldComparison> match = new ArrayList<>();
        match.add(new FieldComparison("amount", sum));
        reference.ifPresent(c -> match.add(new FieldComparison("reference", c)));
        date.ifPresent(c -> match.add(new FieldComparison("date", c)));
        return new Pass("pass", cardinality, List.of(), List.of(), match, Status.CONFIRMED);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void everyMatchAddsUpAndMeetsTheOtherComparisons(@ForAll("instances") Instance instance) {
        for (Found.Match match : instance.run().matches) {
            Pass pass = instance.passes().getFirst();
            assertThat(Oracle.score(pass, match.left(), match.right()))
                    .as("%s is a candidate", match.pair())
                    .isNotNull();
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theScoreIsTheWeightedMeanOfAllComparisons(@ForAll("instances") Instance instance) {
        for (Found.Match match : instance.run().matches) {
            Fraction score =
                    Objects.requireNonNull(
                            Oracle.score(
                                    instance.passes().getFirst(), match.left(), match.right()));
            assertThat(Math.round(match.score() * Matches.FULL_SCORE))
                    .as("score of %s", match.pair())
                    .isEqualTo(score.units());
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noRecordStaysOpenBesideOpenOnesThatAddUpToIt(@ForAll("instances") Instance instance) {
        Found found = instance.run();
        Instance open =
                new Instance(instance.passes(), found.open(Side.LEFT), found.open(Side.RIGHT));
        assertThat(Subset.all(open)).as("matches: %s", found.pairs()).isEmpty();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aSubsetIsSureWhereNoOtherDoesAsWellAndNobodyElseWantsItsRecords(
            @ForAll("instances") Instance instance) {
        List<Subset> all = Subset.all(instance);
        List<Found.Match> matches = instance.run().matches;
        List<Subset> found =
                matches.stream()
                        .map(match -> Subset.of(instance.passes().getFirst(), match))
                        .toList();
        for (Found.Match match : matches) {
            Subset mine = Subset.of(instance.passes().getFirst(), match);
            boolean rivalled =
                    all.stream()
                            .anyMatch(
                                    other ->
                                            other.rivals(mine)
                                                    && found.stream().noneMatch(other::isTwinOf));
            boolean contested = all.stream().anyMatch(other -> other.contests(mine));
            if (match.ambiguous()) {
                assertThat(rivalled || contested).as("%s is in doubt", match.pair()).isTrue();
            } else {
                assertThat(rivalled).as("%s has a rival", match.pair()).isFalse();
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void everyRecordEndsInExactlyOneMatchOrBreakAndAmountsTieOut(
            @ForAll("instances") Instance instance) {
        Found found = instance.run();
        Invariants.everyRecordEndsInOnePlace(instance, found);
        Invariants.amountsTieOut(instance, found);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRowsDoesNotShow(@ForAll("instances") Instance instance, @ForAll long seed) {
        Invariants.shufflingChangesNothing(instance, seed);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void theNumberOfThreadsDoesNotShow(@ForAll("instances") Instance instance) {
        Invariants.threadsDoNotShow(instance);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void swappingTheSidesMirrorsTheOutcome(@ForAll("instances") Instance instance) {
        assertThat(instance.swapped().run().toldMirrored()).isEqualTo(instance.run().told());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void takingAwayAnUnmatchedRecordLeavesTheMatches(@ForAll("instances") Instance instance) {
        Invariants.unmatchedRecordsDoNotShow(instance);
    }

    /// A record and others that add up to it.
    private record Subset(Row one, Set<Row> many, Fraction score) {
        static List<Subset> all(Instance instance) {
            Pass pass = instance.passes().getFirst();
            boolean manyLeft = pass.cardinality().isMany(Side.LEFT);
            List<Row> parts = manyLeft ? instance.left() : instance.right();
            List<Subset> all = new ArrayList<>();
            for (Row one : manyLeft ? instance.right() : instance.left()) {
                for (int bits = 1; bits < 1 << parts.size(); bits++) {
                    List<Row> many = new ArrayList<>();
                    for (int i = 0; i < parts.size(); i++) {
                        if ((bits & 1 << i) != 0) {
                            many.add(parts.get(i));
                        }
                    }
                    Fraction score =
                            manyLeft
                                    ? Oracle.score(pass, many, List.of(one))
                                    : Oracle.score(pass, List.of(one), many);
                    if (score != null) {
                        all.add(new Subset(one, new HashSet<>(many), score));
                    }
                }
            }
            return all;
        }

        static Subset of(Pass pass, Found.Match match) {
            boolean manyLeft = pass.cardinality().isMany(Side.LEFT);
            return new Subset(
                    (manyLeft ? match.right() : match.left()).getFirst(),
                    new HashSet<>(manyLeft ? match.left() : match.right()),
                    Objects.requireNonNull(Oracle.score(pass, match.left(), match.right())));
        }

        /// Whether this one does as well for the same record with other records, not merely with
        /// ones that are alike.
        boolean rivals(Subset other) {
            return one.equals(other.one)
                    && score.compareTo(other.score) >= 0
                    && !contents(many).equals(contents(other.many));
        }

        /// Whether a record alike has records alike: exchanging the two makes no other assignment.
        boolean isTwinOf(Subset other) {
            return !one.equals(other.one)
                    && one.content().equals(other.one.content())
                    && contents(many).equals(contents(other.many));
        }

        /// Whether another record could have some of the same records.
        boolean contests(Subset other) {
            return !one.equals(other.one) && many.stream().anyMatch(other.many::contains);
        }

        private static List<String> contents(Set<Row> rows) {
            return rows.stream()
                    .map(row -> row.content().toString())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
