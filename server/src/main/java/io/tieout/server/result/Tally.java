package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.http.Items;
import io.tieout.server.http.Json;
import io.tieout.server.http.Text;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/// Where the records of a job are, in records and in amounts of the plan's first amount, and how
/// old its open breaks are. In every line `in` is `matched` plus `open` plus `writtenOff`, whatever
/// is decided.
///
/// @param lines one for each side and currency
/// @param open how many breaks are open
record Tally(@Items(max = MOST) List<Line> lines, @Items(max = MOST) List<OpenBreakCount> open) {
    static final int MOST = 10_000_000;

    Tally {
        lines = List.copyOf(lines);
        open = List.copyOf(open);
    }

    /// The records of one side whose amounts are in one currency.
    ///
    /// @param currency a code; empty for records without an amount, and for amounts without a
    /// currency
    record Line(
            Side side,
            @Text(min = 0) String currency,
            long in,
            long matched,
            long open,
            long writtenOff,
            BigDecimal amountIn,
            BigDecimal amountMatched,
            BigDecimal amountOpen,
            BigDecimal amountWrittenOff) {}

    /// Open breaks of one kind, of records that are known since one day.
    ///
    /// @param since the day of the first job that had the records
    record OpenBreakCount(BreakKind kind, LocalDate since, long count) {}

    String json() {
        return new String(Json.write(this), StandardCharsets.UTF_8);
    }

    static Tally of(String json) {
        return Json.read(Json.tree(json), Tally.class);
    }
}
