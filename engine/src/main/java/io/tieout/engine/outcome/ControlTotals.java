package io.tieout.engine.outcome;

import io.tieout.engine.plan.Side;
import java.math.BigDecimal;
import java.util.List;

/// What went in and where it ended, in records and in amounts. Nothing was lost when every line
/// ties out.
///
/// @param leftRecords records of the left table
/// @param rightRecords records of the right table
/// @param leftMatched left records in matches
/// @param rightMatched right records in matches
/// @param lines a line for each amount field, currency and side that has a value, in that order
public record ControlTotals(
        int leftRecords, int rightRecords, int leftMatched, int rightMatched, List<Line> lines) {
    public ControlTotals {
        lines = List.copyOf(lines);
    }

    /// The total of one amount field in one currency on one side: `in` equals `matched` plus
    /// `open`.
    ///
    /// @param currency ISO 4217 code, `XXX` where none is known
    /// @param in of all records
    /// @param matched of the records in matches
    /// @param open of the breaks
    public record Line(
            String field,
            String currency,
            Side side,
            BigDecimal in,
            BigDecimal matched,
            BigDecimal open) {}
}
