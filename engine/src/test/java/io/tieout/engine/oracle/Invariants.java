package io.tieout.engine.oracle;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.ControlTotals;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What holds of every outcome, whatever the plan.
final class Invariants {
    private Invariants() {}

    static void everyRecordEndsInOnePlace(Instance instance, Found found) {
        List<Row> left = new ArrayList<>(found.open(Side.LEFT));
        List<Row> right = new ArrayList<>(found.open(Side.RIGHT));
        for (Found.Match match : found.matches) {
            assertThat(match.left()).isNotEmpty();
            assertThat(match.right()).isNotEmpty();
            left.addAll(match.left());
            right.addAll(match.right());
        }
        assertThat(left).containsExactlyInAnyOrderElementsOf(instance.left());
        assertThat(right).containsExactlyInAnyOrderElementsOf(instance.right());
    }

    static void amountsTieOut(Instance instance, Found found) {
        Outcome outcome = found.outcome;
        ControlTotals totals = outcome.totals();
        assertThat(totals.leftRecords()).isEqualTo(instance.left().size());
        assertThat(totals.rightRecords()).isEqualTo(instance.right().size());
        assertThat(totals.leftMatched())
                .isEqualTo(instance.left().size() - found.leftBreaks.size());
        assertThat(totals.rightMatched())
                .isEqualTo(instance.right().size() - found.rightBreaks.size());
        for (Side side : Side.values()) {
            List<Row> rows = side == Side.LEFT ? instance.left() : instance.right();
            Map<String, BigDecimal> in = byCurrency(rows);
            Map<String, BigDecimal> open = byCurrency(found.open(side));
            List<ControlTotals.Line> lines =
                    totals.lines().stream().filter(line -> line.side() == side).toList();
            assertThat(lines).extracting(ControlTotals.Line::currency).isEqualTo(keys(in));
            for (ControlTotals.Line line : lines) {
                assertThat(line.in()).isEqualByComparingTo(in.get(line.currency()));
                assertThat(line.open())
                        .isEqualByComparingTo(open.getOrDefault(line.currency(), BigDecimal.ZERO));
                assertThat(line.matched().add(line.open())).isEqualByComparingTo(line.in());
            }
        }
    }

    private static List<String> keys(Map<String, BigDecimal> sums) {
        return List.copyOf(sums.keySet());
    }

    private static Map<String, BigDecimal> byCurrency(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.amount() != null)
                .collect(toMap(Row::currency, Row::amount, BigDecimal::add, TreeMap::new));
    }

    static void shufflingChangesNothing(Instance instance, long seed) {
        Found found = instance.run();
        Found shuffled = instance.shuffled(seed).run();
        assertThat(shuffled.told()).isEqualTo(found.told());
        assertThat(shuffled.outcome.digest()).isEqualTo(found.outcome.digest());
    }

    static void threadsDoNotShow(Instance instance) {
        Found found = instance.run(1);
        for (int threads : new int[] {2, 16}) {
            Found again = instance.run(threads);
            assertThat(again.told()).isEqualTo(found.told());
            assertThat(again.outcome.digest()).isEqualTo(found.outcome.digest());
        }
    }

    /// Without a record that no match holds the same records match. Doubt may go with it, if it was
    /// what a match tied with; none may come.
    static void unmatchedRecordsDoNotShow(Instance instance) {
        Found found = instance.run();
        Map<String, Boolean> ambiguous =
                found.matches.stream().collect(toMap(Found.Match::pair, Found.Match::ambiguous));
        for (Found.Break open : found.breaks()) {
            Found without = instance.without(open.row()).run();
            assertThat(without.pairs()).as("without %s", open.row()).isEqualTo(found.pairs());
            for (Found.Match match : without.matches) {
                assertThat(!match.ambiguous() || ambiguous.get(match.pair()))
                        .as("%s is no less sure without %s", match.pair(), open.row())
                        .isTrue();
            }
        }
    }
}
