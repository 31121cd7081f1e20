package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes a match of breaks that somebody says belong together.
final class ManualMatch {
    private static final String INSERT =
            """
            insert into reconciliation_results
              (segment, place, shelf, project_id, weight, other_amount, record, other_record, day, other_day, score, key,
               other_key, last_decision)
            values (:segment, :place, :shelf, :project_id, :weight, :other_amount, :record, :other_record, :day, :other_day,
                    :score, :key, :other_key, :decision)
            """;
    private static final String CHOOSE =
            """
            insert into reconciliation_decision_results (decision, place, project_id)
            values (:decision, :place, :project_id)
            """;

    private final Handle handle;
    private final KeptOutcome outcome;
    private final Shelves shelves;

    ManualMatch(Handle handle, KeptOutcome outcome, Shelves shelves) {
        this.handle = handle;
        this.outcome = outcome;
        this.shelves = shelves;
    }

    /// What the records of a side add up to: nothing in several currencies, or beyond 18 digits.
    private record Total(long units, String currency) {
        static final Total NONE = new Total(HeadlineAmounts.ABSENT, "");

        boolean isNone() {
            return units == HeadlineAmounts.ABSENT;
        }
    }

    /// Makes it.
    ///
    /// @param breaks of both sides, in the order of their places
    void make(long decision, long place, List<ResultRow> breaks) {
        List<ResultRow> lefts = ofSide(breaks, Side.LEFT);
        List<ResultRow> rights = ofSide(breaks, Side.RIGHT);
        Total left = total(lefts);
        Total right = total(rights);
        Cardinality cardinality = Cardinality.of(lefts.size(), rights.size());
        boolean pair = cardinality == Cardinality.ONE_TO_ONE;
        Traits traits =
                Traits.ofMatch(
                        ResultStatus.CONFIRMED,
                        Traits.BY_HAND,
                        cardinality,
                        false,
                        left.currency(),
                        right.currency(),
                        HeadlineAmounts.sign(left.units()));
        ResultRow first = lefts.getFirst();
        ResultRow other = rights.getFirst();
        insert(
                decision,
                new Row(
                        place,
                        shelves.numberOf(handle, traits),
                        HeadlineAmounts.weight(left.units()),
                        right.isNone() ? null : (Long) right.units(),
                        pair ? first.record() : null,
                        pair ? other.record() : null,
                        first.day(),
                        other.day() == HeadlineDays.ABSENT ? null : (Integer) other.day(),
                        0,
                        first.key(),
                        other.key()));
        if (!pair) {
            breaks.forEach(each -> insert(decision, member(place, each)));
        }
        handle.createUpdate(CHOOSE)
                .bind("decision", decision)
                .bind("place", place)
                .bind("project_id", outcome.projectId())
                .execute();
    }

    private List<ResultRow> ofSide(List<ResultRow> breaks, Side side) {
        return breaks.stream().filter(row -> shelves.traits(row.shelf()).side() == side).toList();
    }

    private Total total(List<ResultRow> rows) {
        List<Total> parts = new ArrayList<>();
        for (ResultRow row : rows) {
            Traits traits = shelves.traits(row.shelf());
            if (traits.sign() != 0) {
                parts.add(new Total(-traits.sign() * row.weight(), traits.currency()));
            }
        }
        return parts.stream().reduce(ManualMatch::plus).orElse(Total.NONE);
    }

    private static Total plus(Total one, Total other) {
        if (one.isNone() || other.isNone() || !one.currency().equals(other.currency())) {
            return Total.NONE;
        }
        try {
            return new Total(Math.addExact(one.units(), other.units()), one.currency());
        } catch (ArithmeticException _) {
            return Total.NONE;
        }
    }

    private Row member(long place, ResultRow row) {
        Traits of = shelves.traits(row.shelf());
        Traits traits = Traits.ofMember(of.requiredSide(), of.currency(), of.sign());
        return new Row(
                place,
                shelves.numberOf(handle, traits),
                row.weight(),
                null,
                row.record(),
                null,
                row.day(),
                null,
                null,
                row.key(),
                null);
    }

    /// A row of the table.
    private record Row(
            long place,
            long shelf,
            long weight,
            @Nullable Long otherAmount,
            @Nullable Long record,
            @Nullable Long otherRecord,
            int day,
            @Nullable Integer otherDay,
            @Nullable Integer score,
            String key,
            @Nullable String otherKey) {}

    private void insert(long decision, Row row) {
        handle.createUpdate(INSERT)
                .bind("segment", outcome.segment())
                .bind("project_id", outcome.projectId())
                .bind("decision", decision)
                .bind("place", row.place())
                .bind("shelf", row.shelf())
                .bind("weight", row.weight())
                .bindByType("other_amount", row.otherAmount(), Long.class)
                .bindByType("record", row.record(), Long.class)
                .bindByType("other_record", row.otherRecord(), Long.class)
                .bind("day", row.day())
                .bindByType("other_day", row.otherDay(), Integer.class)
                .bindByType("score", row.score(), Integer.class)
                .bind("key", row.key())
                .bind("other_key", row.otherKey())
                .execute();
    }
}
