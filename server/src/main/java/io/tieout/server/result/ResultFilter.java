package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/// Which results of a job are meant: those that meet everything that is said.
public record ResultFilter(
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
                Optional<String> assignee) {
    /// All results.
    public static final ResultFilter ALL =
            new ResultFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
