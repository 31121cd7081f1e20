package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.http.Says;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// What the results of a job come to, at its end and now.
record SummaryView(
        UUID jobId,
        @Says("The field of the plan whose amounts are added up.") Optional<String> amountField,
        @Says("At the end of the job, before any decision.") Standing atEnd,
        Standing now) {
    /// One of the two.
    record Standing(
            @Says("The part of the records that are in matches, rounded down.") MatchRate matchRate,
            BreakCounts breaks,
            MatchCounts matches,
            @Says("In each, `in` is `matched` plus `open` plus `written_off`.")
                    List<ControlTotal> controlTotals) {
        Standing {
            controlTotals = List.copyOf(controlTotals);
        }
    }

    record MatchRate(double left, double right) {}

    record BreakCounts(
            @Says("Open ones.") long total,
            @Says("All of them, by their status.") Map<String, Long> byStatus,
            @Says("Open ones, by their kind.") Map<String, Long> byKind) {
        BreakCounts {
            byStatus = Collections.unmodifiableMap(new TreeMap<>(byStatus));
            byKind = Collections.unmodifiableMap(new TreeMap<>(byKind));
        }
    }

    record MatchCounts(
            @Says("Those that stand: confirmed or suggested.") long total,
            @Says("All of them, by their status.") Map<String, Long> byStatus,
            @Says("Those that stand, by the pass that made them.") List<PassCount> byPass) {
        MatchCounts {
            byStatus = Collections.unmodifiableMap(new TreeMap<>(byStatus));
            byPass = List.copyOf(byPass);
        }
    }

    record PassCount(
            @Says("Null for matches made by hand.") Optional<String> pass,
            long confirmed,
            long suggested) {}

    /// Records of one side and one currency, in number and in amount.
    record ControlTotal(
            Side side,
            @Says("Null for records without an amount, and for amounts without a currency.")
                    Optional<String> currency,
            RecordCounts records,
            Amounts amounts) {}

    record RecordCounts(long in, long matched, long open, long writtenOff) {}

    record Amounts(BigDecimal in, BigDecimal matched, BigDecimal open, BigDecimal writtenOff) {}
}
