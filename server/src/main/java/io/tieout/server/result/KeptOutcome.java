package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is kept of the outcome of a job beside its results.
///
/// @param segment the part of the table in which its results are
/// @param nextPosition where the next result that a decision makes will be
/// @param passes the names of the plan's passes
/// @param fields the names of the plan's fields
/// @param amountScale digits after the decimal mark of the amounts of results
/// @param leftSince for each input of the left side, since when its records are known
/// @param atEnd what it came to at the end of the job
/// @param now what it comes to now
record KeptOutcome(
        long jobNumber,
        UUID jobId,
        UUID projectId,
        UUID reconciliationId,
        int segment,
        Instant storedAt,
        long nextPosition,
        List<String> passes,
        List<String> fields,
        Optional<String> amountField,
        int amountScale,
        Optional<String> dateField,
        List<LocalDate> leftSince,
        List<LocalDate> rightSince,
        Tally atEnd,
        Tally now) {
    KeptOutcome {
        passes = List.copyOf(passes);
        fields = List.copyOf(fields);
        leftSince = List.copyOf(leftSince);
        rightSince = List.copyOf(rightSince);
    }

    /// An amount of its results.
    BigDecimal amount(long units) {
        return BigDecimal.valueOf(units, amountScale);
    }

    /// The amount that a weight and a sign are made of; empty where there is none.
    Optional<BigDecimal> amount(long weight, int sign) {
        return sign == 0 ? Optional.empty() : Optional.of(amount(-sign * weight));
    }

    /// The id of the result at a place.
    UUID id(long place) {
        return ResultId.of(jobId, place);
    }

    /// The names of the fields that bits stand for.
    List<String> fields(long bits) {
        List<String> named = new ArrayList<>();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            named.add(fields.get(Long.numberOfTrailingZeros(rest)));
        }
        return named;
    }

    /// The name of a pass; empty for what was made by hand.
    Optional<String> pass(int index) {
        return index == Traits.BY_HAND ? Optional.empty() : Optional.of(passes.get(index));
    }

    /// Since when the records of an input are known.
    LocalDate since(Side side, int ordinal) {
        return (side == Side.LEFT ? leftSince : rightSince).get(ordinal);
    }
}
