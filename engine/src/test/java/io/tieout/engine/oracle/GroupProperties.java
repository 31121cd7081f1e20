package io.tieout.engine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Matches;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/// Passes that match groups of records, against an oracle that tries every assignment of groups.
@Domain(GroupInstances.class)
@Domain(DomainContext.Global.class)
final class GroupProperties {
    private static final int TRIES = 300;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void everyMatchIsOfWholeGroupsWithTheScoreThatThePlanGivesThem(@ForAll Instance instance) {
        for (PassView pass : PassView.of(instance, instance.run())) {
            for (Found.Match match : pass.matches()) {
                PassView.unit(pass.lefts(), match.left());
                PassView.unit(pass.rights(), match.right());
                Fraction score = Oracle.score(pass.pass(), match.left(), match.right());
                assertThat(score).as("%s is a candidate", match.pair()).isNotNull();
                assertThat(Math.round(match.score() * Matches.FULL_SCORE)).isEqualTo(score.units());
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noAssignmentOfGroupsHasAGreaterTotal(@ForAll Instance instance) {
        for (PassView pass : PassView.of(instance, instance.run())) {
            long total =
                    pass.matches().stream()
                            .mapToLong(m -> Math.round(m.score() * Matches.FULL_SCORE))
                            .sum();
            assertThat(total).isEqualTo(pass.assignments().best().units());
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatEveryBestAssignmentHasIsSureAndWhatSomeLackIsAmbiguous(@ForAll Instance instance) {
        for (PassView pass : PassView.of(instance, instance.run())) {
            pass.requireStatuses();
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void everyRecordEndsInExactlyOneMatchOrBreakAndAmountsTieOut(@ForAll Instance instance) {
        Found found = instance.run();
        Invariants.everyRecordEndsInOnePlace(instance, found);
        Invariants.amountsTieOut(instance, found);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRowsDoesNotShow(@ForAll Instance instance, @ForAll long seed) {
        Invariants.shufflingChangesNothing(instance, seed);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void theNumberOfThreadsDoesNotShow(@ForAll Instance instance) {
        Invariants.threadsDoNotShow(instance);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void swappingTheSidesMirrorsTheOutcome(@ForAll Instance instance) {
        assertThat(instance.swapped().run().toldMirrored()).isEqualTo(instance.run().told());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void takingAwayAnUnmatchedGroupLeavesTheMatches(@ForAll Instance all) {
        Instance instance = new Instance(all.passes().subList(0, 1), all.left(), all.right());
        Found found = instance.run();
        PassView pass = PassView.of(instance, found).getFirst();
        List<List<Row>> groups = new ArrayList<>(pass.lefts());
        groups.addAll(pass.rights());
        for (List<Row> group : groups) {
            if (isOpen(found, group)) {
                Instance without = instance;
                for (Row row : group) {
                    without = without.without(row);
                }
                assertThat(without.run().pairs()).as("without %s", group).isEqualTo(found.pairs());
            }
        }
    }

    private static boolean isOpen(Found found, List<Row> group) {
        return found.matches.stream()
                .noneMatch(
                        m ->
                                m.left().contains(group.getFirst())
                                        || m.right().contains(group.getFirst()));
    }
}
