package io.tieout.server.result;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Side;
import io.tieout.server.http.Says;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A result as lists show it.
record ResultItem(
        UUID id,
        ResultKind kind,
        ResultStatus status,
        @Says("Of a break.") Optional<Side> side,
        @Says("Of a break.") Optional<BreakKind> breakKind,
        @Says("Of a match, the name of the pass; null for one made by hand.") Optional<String> pass,
        @Says("Of a match: `1:1`, `1:N`, `N:1` or `N:M`.") Optional<String> cardinality,
        @Says("Whether another match would have been as good.") boolean ambiguous,
        @Says("Of a match, 0 to 1; null for one made by hand.") Optional<Double> score,
        @Says("Of a match of several left records the first; at most 512 bytes.")
                Optional<String> leftKey,
        @Says("As `left_key`.") Optional<String> rightKey,
        @Says("Of a break, the nearest record of the other side.") Optional<String> nearestKey,
        @Says("Of a break its own, of a match the total of its left records.")
                Optional<BigDecimal> amount,
        Optional<String> currency,
        @Says("Of a break the nearest record's, of a match the total of its right records.")
                Optional<BigDecimal> otherAmount,
        Optional<String> otherCurrency,
        @Says("Of a break its own, of a match the first left record's.") Optional<LocalDate> date,
        @Says("As `other_amount`.") Optional<LocalDate> otherDate,
        @Says("The fields in which left and right, or a break and its nearest record, differ.")
                List<String> fields,
        Optional<UUID> assigneeId,
        int commentCount,
        @Says("Whether a decision on it waits for somebody's approval.") boolean pending,
        @Says(
                        "Of a break that was reopened, the match that it was in; of one matched by hand, that match.")
                Optional<UUID> linkedResultId,
        @Says("The `ETag`, which a decision on it names in `If-Match`.") int version) {
    private static final int SCORE_DECIMALS = 4;

    ResultItem {
        fields = List.copyOf(fields);
    }

    static ResultItem of(KeptOutcome outcome, Shelves shelves, ResultRow row) {
        Traits traits = shelves.traits(row.shelf());
        return switch (traits.resultKind()) {
            case BREAK -> ofBreak(outcome, traits, row);
            case MATCH -> ofMatch(outcome, traits, row);
        };
    }

    private static ResultItem ofBreak(KeptOutcome outcome, Traits traits, ResultRow row) {
        boolean left = traits.requiredSide() == Side.LEFT;
        Optional<BigDecimal> nearestAmount = units(outcome, row.otherAmount());
        return new ResultItem(
                outcome.id(row.place()),
                ResultKind.BREAK,
                traits.status(),
                traits.sideIfAny(),
                Optional.ofNullable(traits.breakKind()),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                left ? Optional.of(row.key()) : Optional.empty(),
                left ? Optional.empty() : Optional.of(row.key()),
                Optional.ofNullable(row.otherKey()),
                outcome.amount(row.weight(), traits.sign()),
                currency(traits.currency()),
                nearestAmount,
                nearestAmount.flatMap(_ -> currency(traits.currency())),
                date(row.day()),
                Optional.ofNullable(row.otherDay()).flatMap(ResultItem::date),
                outcome.fields(row.differing()),
                Optional.ofNullable(row.assigneeId()),
                row.commentCount(),
                row.pending() != null,
                Optional.ofNullable(row.linked()).map(outcome::id),
                row.version());
    }

    private static ResultItem ofMatch(KeptOutcome outcome, Traits traits, ResultRow row) {
        return new ResultItem(
                outcome.id(row.place()),
                ResultKind.MATCH,
                traits.status(),
                Optional.empty(),
                Optional.empty(),
                outcome.pass(traits.pass()),
                Optional.ofNullable(traits.cardinality()).map(Cardinality::word),
                traits.ambiguous(),
                traits.pass() == Traits.BY_HAND
                        ? Optional.empty()
                        : Optional.ofNullable(row.score()).map(ResultItem::score),
                Optional.of(row.key()),
                Optional.ofNullable(row.otherKey()),
                Optional.empty(),
                outcome.amount(row.weight(), traits.sign()),
                currency(traits.currency()),
                units(outcome, row.otherAmount()),
                currency(traits.otherCurrency()),
                date(row.day()),
                Optional.ofNullable(row.otherDay()).flatMap(ResultItem::date),
                outcome.fields(row.differing()),
                Optional.ofNullable(row.assigneeId()),
                row.commentCount(),
                row.pending() != null,
                Optional.ofNullable(row.linked()).map(outcome::id),
                row.version());
    }

    private static Optional<BigDecimal> units(KeptOutcome outcome, @Nullable Long units) {
        return Optional.ofNullable(units).map(outcome::amount);
    }

    private static Optional<String> currency(String code) {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }

    private static Optional<LocalDate> date(int day) {
        return day == HeadlineDays.ABSENT
                ? Optional.empty()
                : Optional.of(LocalDate.ofEpochDay(day));
    }

    /// Rounded down, so that 1 is said only of a whole agreement; as outcome files have it.
    static double score(int units) {
        return BigDecimal.valueOf(units)
                .divide(BigDecimal.valueOf(Matches.FULL_SCORE), SCORE_DECIMALS, RoundingMode.DOWN)
                .doubleValue();
    }
}
