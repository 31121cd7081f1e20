package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/// Which results, in which order, and which page of them.
record ResultQuery(
        Optional<ResultKind> kind,
        @Says("`undone` shows what lists leave out otherwise.") Optional<ResultStatus> status,
        Optional<Side> side,
        Optional<BreakKind> breakKind,
        @Says("The name of a pass.") @Text(max = 200) Optional<String> pass,
        @Text(max = 20) Optional<String> currency,
        @Says("Inclusive.") Optional<BigDecimal> amountFrom,
        @Says("Inclusive.") Optional<BigDecimal> amountTo,
        @Says("Inclusive.") Optional<LocalDate> dateFrom,
        @Says("Inclusive.") Optional<LocalDate> dateTo,
        @Says("The beginning of the key of one of the records.") @Text(max = 100)
                Optional<String> text,
        @Says("The id of a user, `me`, or `none` for nobody.")
                @Text(pattern = "me|none|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                Optional<String> assignee,
        @Says("`position`: breaks, suggested matches, confirmed ones, the largest amounts first.")
                @Text(pattern = "position|-?amount|-?date|key")
                Optional<String> sort,
        @Says("A page may have fewer, and more may follow all the same: see `next_cursor`.")
                @Whole(min = 1, max = 200)
                Optional<Integer> limit,
        @Text(max = 4000) Optional<String> cursor) {
    private static final int USUAL_LIMIT = 50;

    ResultFilter filter() {
        return new ResultFilter(
                kind,
                status,
                side,
                breakKind,
                pass,
                currency,
                amountFrom,
                amountTo,
                dateFrom,
                dateTo,
                text,
                assignee);
    }

    Sort order() {
        return Sort.of(sort.orElse("position"));
    }

    int shown() {
        return limit.orElse(USUAL_LIMIT);
    }
}
