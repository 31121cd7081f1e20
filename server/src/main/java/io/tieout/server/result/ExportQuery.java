package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/// Which results are exported, and as what.
record ExportQuery(
        @Says("`csv` unless said.") Optional<Format> format,
        Optional<ResultKind> kind,
        Optional<ResultStatus> status,
        Optional<Side> side,
        Optional<BreakKind> breakKind,
        @Text(max = 200) Optional<String> pass,
        @Text(max = 20) Optional<String> currency,
        Optional<BigDecimal> amountFrom,
        Optional<BigDecimal> amountTo,
        Optional<LocalDate> dateFrom,
        Optional<LocalDate> dateTo,
        @Text(max = 100) Optional<String> text,
        @Text(pattern = "me|none|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                Optional<String> assignee) {
    /// What a file is.
    enum Format {
        CSV,
        XLSX
    }

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
}
