package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.result.ResultStatus.Holding;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Counts and adds up the results of one decision, where they lie now. What a decision does to the
/// tally of its job is what is counted after it less what was counted before, whatever it does.
final class Census {
    private static final String RESULTS =
            """
            select r.shelf, coalesce(r.record >> 32, 0) as ordinal, r.record is null as grouped, count(*) as results,
                   coalesce(sum(r.weight) filter (where r.weight <= 0), 0) as weight,
                   coalesce(sum(r.other_amount), 0) as other_amount
              from reconciliation_decision_results d
              join reconciliation_results r on r.segment = :segment and r.place = d.place and r.shelf = any(:shelves)
             where d.decision = :decision
             group by 1, 2, 3
            """;
    private static final String MEMBERS =
            """
            select m.shelf, count(*) as results, coalesce(sum(m.weight) filter (where m.weight <= 0), 0) as weight
              from reconciliation_decision_results d
              join reconciliation_results r
                on r.segment = :segment and r.place = d.place and r.shelf = any(:shelves) and r.record is null
              join reconciliation_results m
                on m.segment = :segment and m.place = d.place and m.shelf = any(:members)
             where d.decision = :decision
             group by 1
            """;

    /// Results that are alike.
    private record Line(
            Traits traits,
            long shelf,
            int ordinal,
            boolean grouped,
            long count,
            BigDecimal weight,
            BigDecimal otherAmount) {}

    private final KeptOutcome outcome;
    private final List<Line> lines = new ArrayList<>();

    private Census(KeptOutcome outcome) {
        this.outcome = outcome;
    }

    static Census of(Handle handle, KeptOutcome outcome, Shelves shelves, long decision) {
        Census census = new Census(outcome);
        List<Shelf> results = shelves.results();
        List<Shelf> members = shelves.members();
        query(handle, RESULTS, outcome, decision)
                .bind("shelves", Shelves.numbers(results))
                .map((row, _) -> line(shelves, row))
                .forEach(census.lines::add);
        if (!members.isEmpty()) {
            List<Shelf> holding =
                    results.stream()
                            .filter(s -> s.traits().kind() == Traits.Kind.MATCH)
                            .filter(s -> s.traits().holding() != Holding.NONE)
                            .toList();
            query(handle, MEMBERS, outcome, decision)
                    .bind("shelves", Shelves.numbers(holding))
                    .bind("members", Shelves.numbers(members))
                    .map((row, _) -> member(shelves, row))
                    .forEach(census.lines::add);
        }
        return census;
    }

    private static Query query(Handle handle, String sql, KeptOutcome outcome, long decision) {
        return handle.createQuery(sql)
                .bind("segment", outcome.segment())
                .bind("decision", decision);
    }

    private static Line line(Shelves shelves, ResultSet row) throws SQLException {
        long shelf = row.getLong("shelf");
        return new Line(
                shelves.traits(shelf),
                shelf,
                row.getInt("ordinal"),
                row.getBoolean("grouped"),
                row.getLong("results"),
                row.getBigDecimal("weight"),
                row.getBigDecimal("other_amount"));
    }

    private static Line member(Shelves shelves, ResultSet row) throws SQLException {
        long shelf = row.getLong("shelf");
        return new Line(
                shelves.traits(shelf),
                shelf,
                0,
                true,
                row.getLong("results"),
                row.getBigDecimal("weight"),
                BigDecimal.ZERO);
    }

    /// Adds what was counted to a tally, or takes it away.
    ///
    /// @param factor 1 or -1
    void addTo(TallySheet sheet, int factor) {
        for (Line line : lines) {
            Traits traits = line.traits();
            long count = factor * line.count();
            BigDecimal amount = amount(line.weight().negate(), factor * traits.sign());
            switch (traits.kind()) {
                case BREAK -> {
                    Side side = traits.requiredSide();
                    sheet.add(side, traits.currency(), traits.holding(), count, amount);
                    if (traits.holding() == Holding.OPEN && traits.breakKind() != null) {
                        sheet.addOpen(
                                traits.breakKind(), outcome.since(side, line.ordinal()), count);
                    }
                }
                case MATCH -> {
                    if (!line.grouped()) {
                        Holding holding = traits.holding();
                        sheet.add(Side.LEFT, traits.currency(), holding, count, amount);
                        sheet.add(
                                Side.RIGHT,
                                traits.otherCurrency(),
                                holding,
                                count,
                                amount(line.otherAmount(), factor));
                    }
                }
                case MEMBER ->
                        sheet.add(
                                traits.requiredSide(),
                                traits.currency(),
                                Holding.MATCHED,
                                count,
                                amount);
            }
        }
    }

    private BigDecimal amount(BigDecimal units, int factor) {
        return units.multiply(BigDecimal.valueOf(factor))
                .scaleByPowerOfTen(-outcome.amountScale())
                .setScale(outcome.amountScale());
    }

    /// Adds how many results lie on each shelf, or takes them away. Records of matches stay where
    /// they are.
    void addTo(Map<Long, Long> counts, int factor) {
        for (Line line : lines) {
            if (!line.traits().isMember()) {
                counts.merge(line.shelf(), factor * line.count(), Long::sum);
            }
        }
    }

    /// Numbers by shelf, in the order of the shelves.
    static Map<Long, Long> counts() {
        return new TreeMap<>();
    }
}
