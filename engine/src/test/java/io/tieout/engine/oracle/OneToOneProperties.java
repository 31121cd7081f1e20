package io.tieout.engine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Breaks.Kind;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/// One-to-one passes against an oracle that tries every assignment.
@Domain(Instances.class)
@Domain(DomainContext.Global.class)
final class OneToOneProperties {
    private static final int TRIES = 300;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void everyMatchIsACandidateWithTheScoreThatThePlanGivesIt(@ForAll Instance instance) {
        for (Found.Match match : instance.run().matches) {
            Pass pass = instance.passes().get(match.pass());
            Fraction score = Oracle.score(pass, match.left(), match.right());
            assertThat(score).as("%s is a candidate", match.pair()).isNotNull();
            assertThat(Math.round(match.score() * Matches.FULL_SCORE)).isEqualTo(score.units());
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noAssignmentOfAPassHasAGreaterTotal(@ForAll Instance instance) {
        Found found = instance.run();
        for (PassView pass : PassView.of(instance, found)) {
            Fraction total = Fraction.ZERO;
            for (Found.Match match : pass.matches()) {
                total = total.plus(Oracle.score(pass.pass(), match.left(), match.right()));
            }
            assertThat(total).as("total of %s", pass.pass()).isEqualTo(pass.assignments().best());
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatEveryBestAssignmentHasIsSureAndWhatSomeLackIsAmbiguous(@ForAll Instance instance) {
        for (PassView pass : PassView.of(instance, instance.run())) {
            pass.requireStatuses();
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theOneMatchedOtherwiseByABestAssignmentIsAnAmbiguousBreakAndTheTwinADuplicate(
            @ForAll Instance instance) {
        Found found = instance.run();
        List<PassView> passes = PassView.of(instance, found);
        for (Side side : Side.values()) {
            for (Found.Break open : side == Side.LEFT ? found.leftBreaks : found.rightBreaks) {
                boolean tied = passes.stream().anyMatch(pass -> pass.couldHold(side, open.row()));
                boolean twin = isTwinMatched(found, side, open.row());
                Kind kind = open.kind();
                assertThat(kind == Kind.AMBIGUOUS).as("%s tied", open).isEqualTo(tied);
                assertThat(kind == Kind.DUPLICATE)
                        .as("%s is a twin", open)
                        .isEqualTo(!tied && twin);
            }
        }
    }

    private static boolean isTwinMatched(Found found, Side side, Row row) {
        return found.matches.stream()
                .flatMap(m -> (side == Side.LEFT ? m.left() : m.right()).stream())
                .anyMatch(row::isAlike);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void amongEquallyGoodAssignmentsTheOrderOfPairsDecides(@ForAll Instance instance) {
        for (PassView pass : PassView.of(instance, instance.run())) {
            int[] expected = pass.assignments().first(canonicalOrder(pass.lefts(), pass.rights()));
            List<String> pairs = new ArrayList<>();
            for (int l = 0; l < expected.length; l++) {
                if (expected[l] != Assignments.NONE) {
                    pairs.add(key(pass.lefts(), l) + "=" + key(pass.rights(), expected[l]));
                }
            }
            assertThat(pass.matches())
                    .extracting(m -> m.left().getFirst().key() + "=" + m.right().getFirst().key())
                    .containsExactlyInAnyOrderElementsOf(pairs);
        }
    }

    /// Records alike in every field first, then the lesser of the two keys, then the other.
    private static List<int[]> canonicalOrder(List<List<Row>> lefts, List<List<Row>> rights) {
        return IntStream.range(0, lefts.size())
                .boxed()
                .flatMap(l -> IntStream.range(0, rights.size()).mapToObj(r -> new int[] {l, r}))
                .sorted(
                        Comparator.<int[], Boolean>comparing(
                                        p ->
                                                !lefts.get(p[0])
                                                        .getFirst()
                                                        .isAlike(rights.get(p[1]).getFirst()))
                                .thenComparing(
                                        p -> lesser(key(lefts, p[0]), key(rights, p[1]), true))
                                .thenComparing(
                                        p -> lesser(key(lefts, p[0]), key(rights, p[1]), false)))
                .toList();
    }

    private static String lesser(String one, String other, boolean lesser) {
        return one.compareTo(other) < 0 == lesser ? one : other;
    }

    private static String key(List<List<Row>> units, int unit) {
        return units.get(unit).getFirst().key();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void everyRecordEndsInExactlyOneMatchOrBreak(@ForAll Instance instance) {
        Invariants.everyRecordEndsInOnePlace(instance, instance.run());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void amountsInAreAmountsMatchedAndOpen(@ForAll Instance instance) {
        Invariants.amountsTieOut(instance, instance.run());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRowsDoesNotShow(@ForAll Instance instance, @ForAll long seed) {
        Invariants.shufflingChangesNothing(instance, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRowsDoesNotShowWhereRecordsHaveNoKeys(
            @ForAll Instance instance, @ForAll long seed) {
        assertThat(instance.shuffled(seed).outcome(1, false).digest())
                .isEqualTo(instance.outcome(1, false).digest());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theNumberOfThreadsDoesNotShow(@ForAll Instance instance) {
        Invariants.threadsDoNotShow(instance);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void swappingTheSidesMirrorsTheOutcome(@ForAll Instance instance) {
        assertThat(instance.swapped().run().toldMirrored()).isEqualTo(instance.run().told());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void takingAwayAnUnmatchedRecordLeavesTheMatches(@ForAll Instance instance) {
        Invariants.unmatchedRecordsDoNotShow(instance);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aConfirmedMatchIsOfAConfirmedPass(@ForAll Instance instance) {
        for (Found.Match match : instance.run().matches) {
            Status wanted = instance.passes().get(match.pass()).status();
            assertThat(match.status()).isEqualTo(match.ambiguous() ? Status.SUGGESTED : wanted);
        }
    }
}
