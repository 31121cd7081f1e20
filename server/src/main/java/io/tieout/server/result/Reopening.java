package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// Makes open breaks of the records of matches that are taken apart: new results, at the end of
/// those of their job, each linked to its match.
final class Reopening {
    private static final String OF_PAIRS =
            """
            with chosen as (
              select r.*, m.left_shelf, m.below_shelf, m.above_shelf, m.without_shelf, m.sign, m.one_currency
                from reconciliation_decision_results d
                join unnest(:from::bigint[], :lefts::bigint[], :belows::bigint[], :aboves::bigint[],
                            :withouts::bigint[], :signs::int[], :one_currency::boolean[])
                     as m(from_shelf, left_shelf, below_shelf, above_shelf, without_shelf, sign, one_currency)
                  on m.from_shelf = d.from_shelf
                join reconciliation_results r
                  on r.segment = :segment and r.place = d.place and r.shelf = d.from_shelf and r.record is not null
               where d.decision = :decision
            ), made as (
              select place, 0 as side, left_shelf as shelf, weight, case when one_currency then other_amount end as other,
                     record, other_record, differing, day, other_day, key, other_key
                from chosen
              union all
              select place, 1,
                     case when other_amount is null then without_shelf when other_amount < 0 then below_shelf
                          else above_shelf end,
                     case when other_amount is null then 1 else -abs(other_amount) end,
                     case when one_currency and sign <> 0 then -sign * weight end,
                     other_record, record, differing, coalesce(other_day, :no_day), nullif(day, :no_day), other_key, key
                from chosen
            )
            insert into reconciliation_results
              (segment, place, shelf, project_id, weight, other_amount, record, other_record, differing, day, other_day,
               key, other_key, linked, last_decision)
            select :segment, :first + row_number() over (order by place, side) - 1, shelf, :project_id, weight, other,
                   record, other_record, differing, day, other_day, key, other_key, place, :decision
              from made
            """;
    private static final String OF_GROUPS =
            """
            insert into reconciliation_results
              (segment, place, shelf, project_id, weight, record, day, key, linked, last_decision)
            select :segment, :first + row_number() over (order by r.place, m.record, s.to_shelf) - 1, s.to_shelf,
                   :project_id, m.weight, m.record, m.day, m.key, r.place, :decision
              from reconciliation_decision_results d
              join reconciliation_results r
                on r.segment = :segment and r.place = d.place and r.shelf = d.from_shelf and r.record is null
              join reconciliation_results m on m.segment = :segment and m.place = d.place
              join unnest(:from::bigint[], :to::bigint[]) as s(from_shelf, to_shelf) on s.from_shelf = m.shelf
             where d.decision = :decision
            """;
    private static final String CHOOSE =
            """
            insert into reconciliation_decision_results (decision, place, project_id)
            select :decision, place, :project_id from generate_series(:first, :last) place
            """;

    private final Handle handle;
    private final KeptOutcome outcome;
    private final Shelves shelves;

    Reopening(Handle handle, KeptOutcome outcome, Shelves shelves) {
        this.handle = handle;
        this.outcome = outcome;
        this.shelves = shelves;
    }

    /// Makes the breaks of the matches that a decision has chosen.
    ///
    /// @param from the shelves on which these lie
    /// @param position of the first
    /// @return how many there are
    long reopen(long decision, List<Long> from, long position) {
        long made = pairs(decision, from, position);
        made += groups(decision, position + made);
        if (made > 0) {
            handle.createUpdate(CHOOSE)
                    .bind("decision", decision)
                    .bind("project_id", outcome.projectId())
                    .bind("first", Places.place(outcome.jobNumber(), position))
                    .bind("last", Places.place(outcome.jobNumber(), position + made - 1))
                    .execute();
        }
        return made;
    }

    private long pairs(long decision, List<Long> all, long position) {
        List<Long> from =
                all.stream()
                        .filter(s -> shelves.traits(s).cardinality() == Cardinality.ONE_TO_ONE)
                        .toList();
        List<Long> lefts = new ArrayList<>();
        List<Long> belows = new ArrayList<>();
        List<Long> aboves = new ArrayList<>();
        List<Long> withouts = new ArrayList<>();
        List<Integer> signs = new ArrayList<>();
        List<Boolean> oneCurrency = new ArrayList<>();
        for (long shelf : from) {
            Traits traits = shelves.traits(shelf);
            lefts.add(shelf(Side.LEFT, traits.currency(), traits.sign()));
            belows.add(shelf(Side.RIGHT, traits.otherCurrency(), -1));
            aboves.add(shelf(Side.RIGHT, traits.otherCurrency(), 1));
            withouts.add(shelf(Side.RIGHT, "", 0));
            signs.add(traits.sign());
            oneCurrency.add(traits.currency().equals(traits.otherCurrency()));
        }
        return update(OF_PAIRS, decision, position)
                .bind("from", from.toArray(Long[]::new))
                .bind("lefts", lefts.toArray(Long[]::new))
                .bind("belows", belows.toArray(Long[]::new))
                .bind("aboves", aboves.toArray(Long[]::new))
                .bind("withouts", withouts.toArray(Long[]::new))
                .bind("signs", signs.toArray(Integer[]::new))
                .bind("one_currency", oneCurrency.toArray(Boolean[]::new))
                .bind("no_day", HeadlineDays.ABSENT)
                .execute();
    }

    private long groups(long decision, long position) {
        List<Shelf> members = shelves.members();
        if (members.isEmpty()) {
            return 0;
        }
        List<Long> into = new ArrayList<>();
        for (Shelf shelf : members) {
            Traits traits = shelf.traits();
            into.add(shelf(traits.requiredSide(), traits.currency(), traits.sign()));
        }
        return update(OF_GROUPS, decision, position)
                .bind("from", Shelves.numbers(members))
                .bind("to", into.toArray(Long[]::new))
                .execute();
    }

    private Update update(String sql, long decision, long position) {
        return handle.createUpdate(sql)
                .bind("decision", decision)
                .bind("segment", outcome.segment())
                .bind("project_id", outcome.projectId())
                .bind("first", Places.place(outcome.jobNumber(), position));
    }

    private long shelf(Side side, String currency, int sign) {
        return shelves.numberOf(
                handle,
                Traits.ofBreak(ResultStatus.OPEN, side, BreakKind.REOPENED, currency, sign));
    }
}
